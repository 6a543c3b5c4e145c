import { clockOf, minutesOf } from './clock.js';

/** When an appointment of `length` minutes may start: it has to end by closing time, and not touch those taken. */
export function freeSlots({ opens, closes, taken = [] }, length, step = 15) {
  const opening = minutesOf(opens);
  const busy = taken.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }));
  const count = Math.floor((minutesOf(closes) - opening - length) / step) + 1;
  const starts = Array.from({ length: Math.max(0, count) }, (_, i) => opening + i * step);
  return starts.filter((start) => busy.every(({ from, to }) => start + length <= from || start >= to)).map(clockOf);
}
