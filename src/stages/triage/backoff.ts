// How many re-runs there were → when the next one may start.

const longestMs = 60 * 60_000;

/** Doubled for each re-run, never more than an hour. */
export function rerunAt(now: Date, firstSeconds: number, rerunsSoFar: number): Date {
  return new Date(now.getTime() + Math.min(firstSeconds * 1_000 * 2 ** rerunsSoFar, longestMs));
}
