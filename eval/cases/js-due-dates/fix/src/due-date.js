/** The day that is `days` days after the given one. */
export function dueDate(invoiceDay, days) {
  const date = new Date(invoiceDay);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
