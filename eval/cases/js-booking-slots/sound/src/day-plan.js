import { freeSlots } from './slots.js';

/** One line a day, as the receptionist sees it. */
export function dayPlan(day, length) {
  const free = freeSlots(day, length);
  if (free.length === 0) return `${day.name}: fully booked`;
  return `${day.name}: ${free.length} free, first ${free[0]}, last ${free.at(-1)}`;
}
