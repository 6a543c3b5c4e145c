// Jobs of workers that died, and incidents that have no job at all → jobs that run.
import { and, eq, inArray, lt, ne, notExists, sql } from 'drizzle-orm';
import { errandQueue, queue, setupQueue } from './jobs.ts';
import { dropOldTexts } from './ledger.ts';
import type { Shelf } from './shelf.ts';

const deliveriesKeptDays = 30;
const longestDelaySeconds = 3_600;

/**
 * Puts jobs back whose worker is gone: in an embedded database, when it was just opened, that is every active one;
 * on a server those without a heartbeat. The first time at once; a job that kills its worker again and again, later and later.
 */
async function releaseOrphans({ connection, tables }: Shelf, which: 'all' | 'silent'): Promise<number> {
  const { job } = tables;
  const silent = lt(sql`${job.heartbeatOn} + ${job.heartbeatSeconds} * interval '1 second'`, sql`now()`);
  const released = await connection.db
    .update(job)
    .set({
      state: 'retry',
      heartbeatOn: null,
      startAfter: sql`now() + case when ${job.retryCount} = 0 then interval '0'
        else least(${longestDelaySeconds}, 2 ^ least(${job.retryCount}, 16)) * interval '1 second' end`,
    })
    .where(
      and(
        inArray(job.name, [queue, setupQueue, errandQueue]),
        eq(job.state, 'active'),
        which === 'silent' ? silent : undefined,
      ),
    )
    .returning({ id: job.id });
  return released.length;
}

/** Every open incident has a job: if one was lost, whatever the reason, it gets another. */
async function restoreLostJobs({ connection, tables, jobs }: Shelf): Promise<string[]> {
  const { incident, job } = tables;
  return connection.transaction(async (tx) => {
    // A failed job, which there should not be, would hold up its incident for ever.
    await tx.delete(job).where(and(eq(job.name, queue), eq(job.state, 'failed')));
    const jobOfIt = tx
      .select({ one: sql`1` })
      .from(job)
      .where(
        and(eq(job.name, queue), eq(job.incidentId, incident.id), inArray(job.state, ['created', 'retry', 'active'])),
      );
    const lost = await tx
      .select({ id: incident.id })
      .from(incident)
      .where(and(ne(incident.state, 'closed'), notExists(jobOfIt)));
    for (const { id } of lost) await jobs.wake(tx, id);
    return lost.map(({ id }) => id);
  });
}

async function pruneDeliveries({ connection, tables }: Shelf): Promise<void> {
  const { delivery } = tables;
  await connection.db
    .delete(delivery)
    .where(lt(delivery.receivedAt, sql`now() - ${deliveriesKeptDays} * interval '1 day'`));
}

const repairEveryMs = 10_000;
const tidyFirstMs = 60_000;
const tidyEveryMs = 60 * 60_000;

/** Repairs now, then again and again until stopped. */
export async function keepRepairing(shelf: Shelf): Promise<() => Promise<void>> {
  const { connection, log } = shelf;
  const running = new Map<() => Promise<void>, Promise<void>>();
  const start = (task: () => Promise<void>) => {
    if (running.has(task)) return;
    const run = task()
      .catch((err: unknown) => log.error({ err }, 'the database could not be kept in order; it is tried again'))
      .finally(() => running.delete(task));
    running.set(task, run);
  };
  const repairSilent = () => repair(shelf, 'silent');
  const tidy = async () => {
    await pruneDeliveries(shelf);
    await dropOldTexts(shelf);
    await connection.vacuum();
  };

  await repair(shelf, connection.kind === 'pglite' ? 'all' : 'silent');
  const timers = [
    // Not at once: the embedded database has a single connection, which has better things to do when the App starts.
    setTimeout(() => start(tidy), tidyFirstMs),
    setInterval(() => start(repairSilent), repairEveryMs),
    setInterval(() => start(tidy), tidyEveryMs),
  ];
  return async () => {
    for (const timer of timers) clearTimeout(timer);
    await Promise.all(running.values());
  };
}

async function repair(shelf: Shelf, which: 'all' | 'silent'): Promise<void> {
  const released = await releaseOrphans(shelf, which);
  if (released > 0) shelf.log.warn({ jobs: released }, 'jobs of a worker that is gone run again');
  const lost = await restoreLostJobs(shelf);
  if (lost.length > 0) shelf.log.warn({ incidents: lost }, 'open incidents had no job; each has one again');
}
