import { formatCents, sumOf } from './money.js';

/** What was taken on a day, what was paid back, and what is in the drawer. */
export function dayReport({ opening, sales, refunds }) {
  const taken = sumOf(sales);
  const paidBack = sumOf(refunds);
  return [
    `Sales   ${formatCents(taken)} (${sales.length})`,
    `Refunds ${formatCents(-paidBack)} (${refunds.length})`,
    `Drawer  ${formatCents(opening + taken - paidBack)}`,
  ].join('\n');
}
