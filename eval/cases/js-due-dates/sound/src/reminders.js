import { dueDate } from './due-date.js';

/** The days on which to remind of an unpaid invoice: when it is due, a week later, and three weeks later. */
export function reminders(invoice) {
  const due = dueDate(invoice.day, invoice.daysToPay);
  return [due, dueDate(due, 7), dueDate(due, 21)];
}

export const isOverdue = (invoice, today) => today > dueDate(invoice.day, invoice.daysToPay);
