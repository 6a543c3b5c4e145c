import { lastDayOf, quarterOf } from './quarter.ts';
import type { Sale } from './sale.ts';

/** The sum of each quarter, in order. */
export function byQuarter(sales: readonly Sale[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { day, cents } of sales.toSorted((a, b) => a.day.localeCompare(b.day))) {
    const quarter = quarterOf(day);
    sums.set(quarter, (sums.get(quarter) ?? 0) + cents);
  }
  return sums;
}

export const report = (sales: readonly Sale[]): string =>
  [...byQuarter(sales)]
    .map(([quarter, cents]) => `${quarter} (to ${lastDayOf(quarter)}): ${(cents / 100).toFixed(2)}`)
    .join('\n');
