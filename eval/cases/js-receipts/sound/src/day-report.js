import { formatMoney, sumOf } from './money.js';

/** What was taken on a day, what was paid back, and what is in the drawer. */
export function dayReport({ opening, sales, refunds }) {
  const taken = sumOf(sales);
  const paidBack = sumOf(refunds);
  return [
    `Sales   ${formatMoney(taken)} (${sales.length})`,
    `Refunds ${formatMoney(-paidBack)} (${refunds.length})`,
    `Drawer  ${formatMoney(opening + taken - paidBack)}`,
  ].join('\n');
}
