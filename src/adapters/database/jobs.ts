// An incident's next job → a run of the handler, one at a time for one incident, over all processes.
import { setTimeout as sleep } from 'node:timers/promises';
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { z } from 'zod';
import { coded, SelfHealError } from '../../errors.ts';
import type { NextJob } from '../../incident/lifecycle.ts';
import type { Connection, Database } from './connection.ts';
import { databaseError } from './errors.ts';
import type { Tables } from './tables.ts';

export const queue = 'step';

export type Handler = (job: { incidentId: string }, signal: AbortSignal) => Promise<void>;

/** With a revision the job is for that state of the incident only; without one it is a wake, for whatever step is next. */
const JobData = z.object({ incidentId: z.string(), revision: z.number().int().nullable() });
type JobData = z.infer<typeof JobData>;

const hour = 60 * 60;
const queueOptions = {
  // A signal to a running step on every insert; polling stays for what lies in the future.
  notify: true,
  // Errors of a step are counted by the incident itself. What comes through to here is a database that is down or a
  // record that nobody can read: both are tried until they are mended, at most every five minutes.
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: hour,
  heartbeatSeconds: 20,
  retentionSeconds: 10 * 365 * 24 * hour,
  deleteAfterSeconds: hour,
} as const;

/** For jobs whose time comes, and where no signal arrives (a proxy between us and the server, say). */
const pollSeconds = 1;
const tidySeconds = 600;
const repeatedErrorsMs = 10_000;
const finishWithinMs = 10_000;
const unwindWithinMs = 1_000;

export interface Jobs {
  /** In the transaction of the record that it belongs to. */
  next(tx: Database, job: NextJob): Promise<void>;
  wake(tx: Database, incidentId: string): Promise<void>;
  work(handler: Handler, concurrency: number): Promise<void>;
  stop(): Promise<void>;
}

export async function openJobs(connection: Connection, tables: Tables, now: () => Date, log: Logger): Promise<Jobs> {
  const boss = await startedBoss(connection, tables, log);
  return {
    next: (tx, job) => enqueue(boss, tx, tables, job, now()),
    wake: async (tx, incidentId) => {
      const data = { incidentId, revision: null };
      const to = { singletonKey: incidentId, startAfter: 0, match: 'all', db: fromDrizzle(tx, sql) } as const;
      await boss.upsert(queue, data, to);
    },
    work: async (handler, concurrency) => {
      const isStale = (job: JobData) => isOvertaken(connection, tables, job);
      const run = (data: unknown, signal: AbortSignal) => runStep(JobData.parse(data), isStale, handler, signal, log);
      for (let worker = 0; worker < concurrency; worker += 1) await startWorker(boss, run);
    },
    stop: async () => {
      const finished = boss.offWork(queue, { wait: true });
      const allFinished = await settlesWithin(finished, finishWithinMs);
      // Aborts what still runs and puts its job back, then the handlers have a moment to let go of the connection.
      await boss.stop({ graceful: false }).catch((err: unknown) => {
        log.warn({ err }, 'running jobs could not be put back; they run again when they are missed');
      });
      if (!allFinished) await settlesWithin(finished, unwindWithinMs);
    },
  };
}

async function startedBoss(connection: Connection, tables: Tables, log: Logger): Promise<PgBoss> {
  const boss = new PgBoss({
    ...connection.jobs,
    schema: tables.schemaName,
    createSchema: false,
    schedule: false,
    useListenNotify: true,
    maintenanceIntervalSeconds: tidySeconds,
    monitorVacuum: connection.kind === 'postgresql',
  });
  boss.on(
    'error',
    quietly((err) => log.error({ err }, 'the job queue reports an error'), repeatedErrorsMs),
  );
  boss.on('warning', ({ message, data }) => log.warn({ data }, message));
  await boss.start();
  // `key_strict_fifo` holds a unique index over what runs per key, and does not let one busy key hold up the others.
  try {
    await boss.createQueue(queue, { ...queueOptions, policy: 'key_strict_fifo' });
    await boss.updateQueue(queue, queueOptions);
  } catch (thrown) {
    await boss.stop({ graceful: false });
    throw thrown;
  }
  return boss;
}

/** Every worker reports every poll that fails: one line in a while says as much. */
function quietly(report: (error: Error) => void, everyMs: number): (error: Error) => void {
  let quietUntilMs = 0;
  return (error) => {
    if (performance.now() < quietUntilMs) return;
    quietUntilMs = performance.now() + everyMs;
    report(error);
  };
}

/** The incident's next job takes the place of the one it had; a wake that came meanwhile stays. */
async function enqueue(boss: PgBoss, tx: Database, { job }: Tables, next: NextJob, now: Date): Promise<void> {
  const { incidentId, revision } = next;
  const queued = and(eq(job.name, queue), eq(job.incidentId, incidentId), inArray(job.state, ['created', 'retry']));
  await tx.delete(job).where(and(queued, isNotNull(sql`${job.data} ->> 'revision'`)));
  const delayMs = next.runAt.getTime() - now.getTime();
  if (delayMs <= 0) {
    // A wake that is queued already runs this very step; locked, so that nobody takes it before it can see the record.
    const [wake] = await tx.select({ id: job.id }).from(job).where(queued).limit(1).for('update');
    if (wake) return;
  }
  // As a span, for the server's clock may differ from ours.
  const startAfter = delayMs > 0 && { startAfter: delayMs / 1_000 };
  await boss.send(
    queue,
    { incidentId, revision },
    { singletonKey: incidentId, db: fromDrizzle(tx, sql), ...startAfter },
  );
}

async function startWorker(boss: PgBoss, run: (data: unknown, signal: AbortSignal) => Promise<void>): Promise<void> {
  const options = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds };
  let worker = '';
  worker = await boss.work(queue, options, async (batch) => {
    // Looks for the next job as soon as this one is done: by itself it would wait for a signal or its next poll.
    boss.notifyWorker(worker);
    for (const { data, signal } of batch) await run(data, signal);
  });
}

async function isOvertaken(
  { db }: Connection,
  { incident }: Tables,
  { incidentId, revision }: JobData,
): Promise<boolean> {
  const [stands] = await db
    .select({ revision: incident.revision, state: incident.state })
    .from(incident)
    .where(eq(incident.id, incidentId));
  return !stands || stands.state === 'closed' || (revision !== null && revision !== stands.revision);
}

async function runStep(
  job: JobData,
  isStale: (job: JobData) => Promise<boolean>,
  handler: Handler,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  try {
    if (await isStale(job)) return;
    await handler({ incidentId: job.incidentId }, signal);
    if (signal.aborted) throw new SelfHealError('step-timed-out', 'the step was interrupted');
  } catch (thrown) {
    const err = coded(databaseError(thrown, 'running a step'));
    const level = err.tell === 'nobody' ? 'warn' : 'error';
    log[level]({ err, incident: job.incidentId }, 'a step threw; its job comes back with backoff');
    // Only the code: pg-boss stores what it is given, and an error's text may hold what must not be stored.
    throw new Error(err.code);
  }
}

async function settlesWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  const enough = new AbortController();
  try {
    return await Promise.race([promise.then(() => true), sleep(ms, false, { signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}
