// A model's name → the policy its calls go through: three tries with waiting in between, a breaker, two calls at a time in all.
import {
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  type IPolicy,
  type IRetryBackoffContext,
  isBrokenCircuitError,
  retry,
  wrap,
} from 'cockatiel';
import type { Logger } from 'pino';
import { SelfHealError } from '../../errors.ts';

const retries = 2;
/** A longer wait is the job queue's business: it does not occupy a worker. */
const longestWaitMs = 30_000;
const callsAtATime = 2;
const callsWaiting = 100;
const failuresInARow = 5;
export const whenUpAgainMs = 30_000;

export const isDown = isBrokenCircuitError;

export function resilience(options: { log: Pick<Logger, 'warn'>; retryBaseMs: number }): (model: string) => IPolicy {
  const places = bulkhead(callsAtATime, callsWaiting);
  return (model) => {
    const tries = retry(handleWhen(isWorthAnotherTry), { maxAttempts: retries, backoff: waiting(options.retryBaseMs) });
    tries.onRetry(({ delay, ...failure }) => {
      const code = 'error' in failure && failure.error instanceof SelfHealError ? failure.error.code : undefined;
      options.log.warn({ model, code, waitMs: Math.round(delay) }, 'asking the model again');
    });
    const breaker = circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: whenUpAgainMs,
      breaker: new ConsecutiveBreaker(failuresInARow),
    });
    return wrap(tries, breaker, places);
  };
}

const isOutage = (error: unknown): error is SelfHealError =>
  error instanceof SelfHealError && (error.code === 'model-unavailable' || error.code === 'model-rate-limited');

const isWorthAnotherTry = (error: unknown) => isOutage(error) && (error.retryAfterMs ?? 0) <= longestWaitMs;

/** As long as the API asks for and a little more; otherwise 1 and 2 units, give or take a half, so that callers spread. */
function waiting(baseMs: number) {
  return new DelegateBackoff<IRetryBackoffContext<unknown>>(({ attempt, result }) => {
    const asked = 'error' in result && result.error instanceof SelfHealError ? result.error.retryAfterMs : undefined;
    const waitMs =
      asked === undefined ? baseMs * attempt * (0.5 + Math.random()) : asked + baseMs * 0.25 * Math.random();
    return Math.min(waitMs, longestWaitMs);
  });
}
