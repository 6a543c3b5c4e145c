// Shipping labels and costs for orders.

const zones = { DE: 4.9, AT: 6.9, CH: 9.9 };

/** The lines of an order's shipping label. */
export function shippingLabel(order) {
  const { customer } = order;
  const { street, zip, city, country } = customer.address;
  return [customer.name, street, `${zip} ${city}`, country];
}

/** What shipping costs, in euros; pick-up is free. */
export function shippingCost(order) {
  if (order.delivery === 'pickup') return 0;
  return zones[order.customer.address.country] ?? 19.9;
}
