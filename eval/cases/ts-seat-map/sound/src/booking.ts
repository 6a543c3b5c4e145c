import type { SeatMap } from './seat-map.ts';

/** Books seats that lie side by side, the leftmost first; false when the row has no such gap. */
export function book(hall: SeatMap, row: number, count: number): boolean {
  const seats = hall[row];
  if (!seats) throw new RangeError(`there is no row ${row}`);
  for (let first = 0; first + count <= seats.length; first++) {
    if (seats.slice(first, first + count).some((seat) => seat === 'booked')) continue;
    seats.fill('booked', first, first + count);
    return true;
  }
  return false;
}
