import { median, percentile } from './statistics.js';

/** 'bargain' in the lowest tenth, 'good' below the median, 'usual' otherwise; 'unknown' without any price before. */
export function judge(price, seenBefore) {
  const middle = median(seenBefore);
  if (middle === undefined) return 'unknown';
  if (price <= percentile(seenBefore, 10)) return 'bargain';
  return price < middle ? 'good' : 'usual';
}
