// A model's name → the policy its calls go through, a breaker and the places that all models share; and when a failed call is made again.
import { bulkhead, ConsecutiveBreaker, circuitBreaker, handleWhen, type IPolicy, wrap } from 'cockatiel';
import { SelfHealError } from '../../errors.ts';
import type { ModelFailure } from './model-failure.ts';

/** A longer wait is the job queue's business: it does not occupy a worker. */
const longestWaitMs = 30_000;
const callsWaiting = 100;
const failuresInARow = 5;
export const whenUpAgainMs = 30_000;

export function resilience(callsAtATime: number): (model: string) => IPolicy {
  const places = bulkhead(callsAtATime, callsWaiting);
  const policies = new Map<string, IPolicy>();
  return (model) => {
    const known = policies.get(model);
    if (known) return known;
    const breaker = circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: whenUpAgainMs,
      breaker: new ConsecutiveBreaker(failuresInARow),
    });
    const policy = wrap(breaker, places);
    policies.set(model, policy);
    return policy;
  };
}

const isOutage = (error: unknown): error is SelfHealError =>
  error instanceof SelfHealError && (error.code === 'model-unavailable' || error.code === 'model-rate-limited');

export interface AnotherTry {
  waitMs: number;
  /** All of the reply's tokens were thoughts. */
  lessThinking: boolean;
}

const retriesOfOutages = 2;

/** `times`: how often the model failed with this code for this question, this time included. */
export function anotherTry(error: ModelFailure, times: number, baseMs: number): AnotherTry | undefined {
  if (isOutage(error) && !error.elsewhere && times <= retriesOfOutages && (error.retryAfterMs ?? 0) <= longestWaitMs)
    return { waitMs: waitMs(error, times, baseMs), lessThinking: false };
  if (error.code === 'model-empty' && times === 1) return { waitMs: 0, lessThinking: false };
  if (error.code === 'model-cut-off' && times === 1) return { waitMs: 0, lessThinking: true };
  return undefined;
}

/** As long as the API asks for and a little more; otherwise 1 and 2 units, give or take a half, so that callers spread. */
function waitMs({ retryAfterMs }: SelfHealError, times: number, baseMs: number): number {
  const wished =
    retryAfterMs === undefined ? baseMs * times * (0.5 + Math.random()) : retryAfterMs + baseMs * 0.25 * Math.random();
  return Math.min(wished, longestWaitMs);
}
