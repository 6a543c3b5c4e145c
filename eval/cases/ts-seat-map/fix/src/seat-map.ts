export type Seat = 'free' | 'booked';
export type SeatMap = Seat[][];

/** A hall in which every seat is free. */
export function emptyHall(rows: number, seatsPerRow: number): SeatMap {
  return Array.from({ length: rows }, () => new Array<Seat>(seatsPerRow).fill('free'));
}

export const freeSeats = (hall: SeatMap): number => hall.flat().filter((seat) => seat === 'free').length;
