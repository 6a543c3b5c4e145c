// A job's handler → a run of it whose errors are logged and bring the job back, and a wait that has an end.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { coded, SelfHealError } from '../../errors.ts';
import { databaseError } from './errors.ts';

/** What it throws is logged, and brings the job back with backoff. */
export async function coming(
  signal: AbortSignal,
  { doing, fields }: { doing: string; fields: object },
  log: Logger,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
    if (signal.aborted) throw new SelfHealError('step-timed-out', `${doing} was interrupted`);
  } catch (thrown) {
    const err = coded(databaseError(thrown, doing));
    const level = err.tell === 'nobody' ? 'warn' : 'error';
    log[level]({ err, ...fields }, `${doing} threw; its job comes back with backoff`);
    // Only the code: pg-boss stores what it is given, and an error's text may hold what must not be stored.
    throw new Error(err.code);
  }
}

export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const enough = new AbortController();
  try {
    return await Promise.race([promise.then(() => true), sleep(ms, false, { signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}
