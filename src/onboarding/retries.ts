// An error of a look or an errand → when another try is worth it; and a wait that ends when its time is over.
import { SelfHealError } from '../errors.ts';

const retries = 6;
const firstRetryMs = 5_000;
const longestRetryMs = 15 * 60_000;

/** `failures`: errors in a row before this one. Undefined where another try is not worth it. */
export function retryAt(failures: number, error: SelfHealError, now: Date): Date | undefined {
  if (error.next !== 'retry' || failures >= retries) return undefined;
  const backoffMs = Math.min(firstRetryMs * 4 ** failures, longestRetryMs);
  return new Date(now.getTime() + Math.max(backoffMs, error.retryAfterMs ?? 0));
}

/** `what`: `the look at the repository`, `the errand`. */
export function interrupted(signal: AbortSignal, what: string): Promise<never> {
  return new Promise((_, reject) => {
    const leave = () => reject(new SelfHealError('step-timed-out', `${what} did not end in time`));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
