// An incident's next job → a run of the handler, one at a time for one incident, over all processes.
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Errand, errandKey } from '../../incident/errand.ts';
import type { NextJob } from '../../incident/lifecycle.ts';
import type { Connection, Database } from './connection.ts';
import { coming, settlesWithin } from './job-runs.ts';
import type { Tables } from './tables.ts';

export const queue = 'step';
/** Looks at repositories that are to be set up: a queue of its own, so that hundreds of them hold up no incident. */
export const setupQueue = 'setup';

/** What is no incident of its own. */
export const errandQueue = 'errand';

export type Handler = (job: { incidentId: string }, signal: AbortSignal) => Promise<void>;

/** With a revision the job is for that state of the incident only; without one it is a wake, for whatever step is next. */
const JobData = z.object({ incidentId: z.string(), revision: z.number().int().nullable() });
type JobData = z.infer<typeof JobData>;

export type SetupHandler = (job: { repository: string }, signal: AbortSignal) => Promise<void>;
const SetupJobData = z.object({ repository: z.string() });

export type ErrandHandler = (errand: Errand, signal: AbortSignal) => Promise<void>;

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
  /** Looks at repositories; one that is queued already comes at the earlier time. */
  setUp(tx: Database, repositories: readonly { repository: string; inMs: number }[]): Promise<void>;
  /** One at a time in this process. */
  workOnSetups(handler: SetupHandler): Promise<void>;
  /** One that is queued already under its name comes at the earlier time. */
  errand(tx: Database, errand: Errand, inMs: number): Promise<void>;
  /** One at a time in this process. */
  workOnErrands(handler: ErrandHandler): Promise<void>;
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
      for (let worker = 0; worker < concurrency; worker += 1) await startWorker(boss, queue, run);
    },
    setUp: (tx, repositories) => enqueueSetups(boss, tx, repositories),
    workOnSetups: (handler) =>
      startWorker(boss, setupQueue, (data, signal) => {
        const job = SetupJobData.parse(data);
        const about = { doing: 'setting a repository up', fields: job };
        return coming(signal, about, log, () => handler(job, signal));
      }),
    errand: async (tx, errand, inMs) => {
      // A hundred pull requests may be pushed to at once; whoever gave a command waits for an answer.
      const priority = errand.kind === 'dry-run' ? 1 : 0;
      const to = { singletonKey: errandKey(errand), startAfter: inMs / 1_000, match: 'all', priority } as const;
      await boss.upsert(errandQueue, errand, { ...to, db: fromDrizzle(tx, sql) });
    },
    workOnErrands: (handler) =>
      startWorker(boss, errandQueue, (data, signal) => {
        const errand = Errand.parse(data);
        const about = { doing: 'doing an errand', fields: { errand: errandKey(errand) } };
        return coming(signal, about, log, () => handler(errand, signal));
      }),
    stop: async () => {
      const queues = [queue, setupQueue, errandQueue];
      const finished = Promise.all(queues.map((name) => boss.offWork(name, { wait: true })));
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
    for (const name of [queue, setupQueue, errandQueue]) {
      await boss.createQueue(name, { ...queueOptions, policy: 'key_strict_fifo' });
      await boss.updateQueue(name, queueOptions);
    }
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

/** Hundreds at once where an organisation installs the App; a second one that is queued for a repository finds nothing left to do. */
async function enqueueSetups(
  boss: PgBoss,
  tx: Database,
  repositories: readonly { repository: string; inMs: number }[],
): Promise<void> {
  const db = fromDrizzle(tx, sql);
  const [only] = repositories;
  if (repositories.length === 1 && only) {
    const { repository, inMs } = only;
    const to = { singletonKey: repository, startAfter: inMs / 1_000, match: 'all', db } as const;
    await boss.upsert(setupQueue, { repository }, to);
    return;
  }
  const jobs = repositories.map(({ repository, inMs }) => ({
    ...{ data: { repository }, singletonKey: repository, startAfter: inMs / 1_000 },
  }));
  if (jobs.length > 0) await boss.insert(setupQueue, jobs, { db });
}

async function startWorker(
  boss: PgBoss,
  name: string,
  run: (data: unknown, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const options = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds };
  let worker = '';
  worker = await boss.work(name, options, async (batch) => {
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
  await coming(signal, { doing: 'running a step', fields: { incident: job.incidentId } }, log, async () => {
    if (!(await isStale(job))) await handler({ incidentId: job.incidentId }, signal);
  });
}
