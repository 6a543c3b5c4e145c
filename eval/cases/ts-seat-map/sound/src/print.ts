import type { SeatMap } from './seat-map.ts';

/** One line a row: `.` is free, `x` is booked. */
export const printed = (hall: SeatMap): string =>
  hall.map((row) => row.map((seat) => (seat === 'free' ? '.' : 'x')).join('')).join('\n');
