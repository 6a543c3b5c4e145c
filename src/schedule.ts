// What happens by the clock: deliveries that were missed while the App was down are asked for again, and scoreboards become due.
import { setTimeout } from 'node:timers/promises';

/** What the schedule needs of GitHub and of the database. */
export interface Mailroom {
  missedDeliveries(since: Date): Promise<{ id: number; guid: string; event: string }[]>;
  redeliver(id: number): Promise<void>;
  knownDeliveries(guids: readonly string[]): Promise<Set<string>>;
}

export interface ScheduleOptions {
  mailroom: Mailroom;
  /** Of repositories in shadow mode: what is due gets its job. */
  scoreboards: { dueScoreboards(now: Date): Promise<number> };
  now(): Date;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}

/** GitHub keeps deliveries for three days: https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/viewing-webhook-deliveries */
const keptMs = 3 * 24 * 3_600_000;
const everyMs = 10 * 60_000;
const graceMs = 1_000;
const atOnce = 50;

/** Starts at once, then every ten minutes; returns what stops it, and lets the sweep under way end if it is quick. A sweep that fails is logged, and the next one comes. */
export function schedule(options: ScheduleOptions): () => Promise<void> {
  let sweeping: Promise<unknown> = Promise.resolve();
  const sweep = (): void => {
    const { scoreboards, now, log } = options;
    sweeping = Promise.all([
      fetchMissed(options).catch((error: unknown) => log.warn({ err: error }, 'could not look for missed deliveries')),
      scoreboards
        .dueScoreboards(now())
        .catch((error: unknown) => log.warn({ err: error }, 'could not look for scoreboards that are due')),
    ]);
  };
  sweep();
  const timer = setInterval(sweep, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await Promise.race([sweeping, setTimeout(graceMs, undefined, { ref: false })]);
  };
}

/** GitHub never redelivers by itself. What was stored although the answer was lost is not asked for again. */
export async function fetchMissed({ mailroom, now, log }: Omit<ScheduleOptions, 'scoreboards'>): Promise<number> {
  const missed = await mailroom.missedDeliveries(new Date(now().getTime() - keptMs));
  const known = await mailroom.knownDeliveries(missed.map((delivery) => delivery.guid));
  const lost = missed.filter((delivery) => !known.has(delivery.guid)).slice(0, atOnce);
  let asked = 0;
  for (const { id, guid } of lost.reverse()) {
    try {
      await mailroom.redeliver(id);
      asked += 1;
    } catch (error) {
      // It is tried again by every sweep; meanwhile it must not hold up the others.
      log.warn({ err: error, delivery: guid }, 'could not ask for a missed delivery again');
    }
  }
  if (asked > 0) log.info({ count: asked }, 'asked for missed deliveries again');
  return asked;
}
