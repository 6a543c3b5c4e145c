const dayOf = (date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** The day that is `days` days after the given one. */
export function dueDate(invoiceDay, days) {
  const date = new Date(invoiceDay);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}
