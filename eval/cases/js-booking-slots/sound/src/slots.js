import { clockOf, minutesOf } from './clock.js';

/** When an appointment of `length` minutes may start: it has to end by closing time, and not touch those taken. */
export function freeSlots({ opens, closes, taken = [] }, length, step = 15) {
  const closing = minutesOf(closes);
  const busy = taken.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }));
  const slots = [];
  for (let start = minutesOf(opens); start + length <= closing; start += step) {
    const end = start + length;
    if (busy.every(({ from, to }) => end <= from || start >= to)) slots.push(clockOf(start));
  }
  return slots;
}
