// POST /labels with an order answers with its shipping label and cost.
import { createServer } from 'node:http';
import { shippingCost, shippingLabel } from './shipping.js';

export function handleOrder(order) {
  return { label: shippingLabel(order), cost: shippingCost(order) };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(handleOrder(JSON.parse(body))));
  }).listen(8080);
}
