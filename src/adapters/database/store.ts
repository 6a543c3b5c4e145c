// Settings of the database → the store: incidents, their jobs, deliveries and lessons, on PGlite or PostgreSQL.
import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import { SelfHealError } from '../../errors.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Move } from '../../incident/lifecycle.ts';
import type { ErrandRegistry, ErrandShelf, ScoreboardClock } from '../../ports/errand.ts';
import type { SetupRegistry, SetupShelf } from '../../ports/setup.ts';
import type { Ledger, Memory } from '../../ports.ts';
import { outcomes } from './calibration.ts';
import { call, calls, type RecordedCall, type Totals, totals } from './calls.ts';
import type { Connection } from './connection.ts';
import { type Delivery, knownDeliveries, type Received, receive, wake } from './deliveries.ts';
import { openEmbedded } from './embedded.ts';
import { again, dryRunAsked, openDryRun, policyProposed } from './errands.ts';
import { databaseError } from './errors.ts';
import { begin, type IncidentFilter, incidents, load, save } from './incidents.ts';
import { type ErrandHandler, type Handler, openJobs, type SetupHandler } from './jobs.ts';
import { answered, reserve, settle, type Texts } from './ledger.ts';
import { earlier, lessons, openTwin, remember, sightings } from './memory.ts';
import { migrate } from './migrations.ts';
import { keepRepairing } from './repair.ts';
import { dueScoreboards, loadScoreboard, saveScoreboard, shadowed } from './scoreboards.ts';
import { openServer } from './server.ts';
import { install, loadSetup, remove, saveSetup, setupNews, withoutWorkflow } from './setups.ts';
import type { Shelf } from './shelf.ts';
import { tablesIn } from './tables.ts';

export interface StoreOptions {
  /** A PostgreSQL server; it goes before the folder. */
  url?: string;
  /** Where the embedded database lives. */
  dataDirectory?: string;
  /** PostgreSQL schema of all tables. */
  schema?: string;
  /** The clock by which a job's `runAt` was reckoned. */
  now?: () => Date;
  log: Logger;
}

export interface Store extends Memory, SetupRegistry, SetupShelf, ErrandRegistry, ErrandShelf, ScoreboardClock {
  kind: 'pglite' | 'postgresql';
  /**
   * Intake, in one transaction: the delivery's id, the incident unless an open one has its repository and fingerprint
   * (that one gets a `seen` entry in its timeline), and the incident's first job.
   */
  receive(delivery: Delivery, incident: Incident): Promise<Received>;
  load(id: string): Promise<Incident | undefined>;
  /** Notes that this revision's step begins; true when it was begun before. */
  begin(id: string, revision: number): Promise<boolean>;
  /** Record and next job in one transaction; false, and nothing saved, when the stored revision is not the one before. */
  save(move: Move): Promise<boolean>;
  /** Runs the step of every open incident that listens to one of these keys, and says which; a repeated delivery wakes nobody. */
  wake(delivery: Delivery, keys: readonly string[]): Promise<string[]>;
  /** One handler at a time for one incident, over all processes. What it throws is logged, and the job comes back with backoff. */
  work(handler: Handler, options: { concurrency: number }): Promise<void>;
  /** The same for repositories that are to be set up; after `work`. One at a time. */
  workOnSetups(handler: SetupHandler): Promise<void>;
  /** And for errands. */
  workOnErrands(handler: ErrandHandler): Promise<void>;
  /** Newest first. */
  incidents(filter: IncidentFilter): Promise<Incident[]>;
  /** Every question to the model, and what it cost. */
  ledger: Ledger;
  /** Calls to the model, newest first. */
  calls(filter: { incidentId?: string; limit: number }): Promise<RecordedCall[]>;
  /** One of them with its texts, which are kept for 30 days. */
  call(id: number): Promise<(RecordedCall & { texts: Texts | null }) | undefined>;
  /** By repository in the last 24 hours, by installation in the last 30 days. */
  totals(): Promise<Totals>;
  health(): Promise<{ ok: true; kind: string } | { ok: false; problem: string }>;
  /** Those of these delivery ids that have been received in the last 30 days. */
  knownDeliveries(ids: readonly string[]): Promise<Set<string>>;
  /** Lets running handlers finish, within a bound. */
  close(): Promise<void>;
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const { log, now = () => new Date(), schema = 'self_heal' } = options;
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema))
    throw new SelfHealError(
      'settings-invalid',
      `the database schema is named ${schema}: use small letters, digits and _`,
    );
  return translating('opening the database', async () => {
    const connection = await connect(options);
    try {
      const tables = tablesIn(schema);
      await migrate(connection.db, tables);
      const jobs = await openJobs(connection, tables, now, log);
      return storeOn({ connection, tables, jobs, now, log });
    } catch (thrown) {
      await connection.close();
      throw thrown;
    }
  });
}

async function connect({ url, dataDirectory, log }: StoreOptions): Promise<Connection> {
  if (url) return openServer(url, log);
  if (dataDirectory) return openEmbedded(dataDirectory);
  throw new SelfHealError('settings-invalid', 'no database: set DATABASE_URL, or SELF_HEAL_DATA for an embedded one');
}

function storeOn(shelf: Shelf): Store {
  return {
    kind: shelf.connection.kind,
    ...desk(shelf),
    ...memory(shelf),
    ...setups(shelf),
    ...errands(shelf),
    ...spending(shelf),
    ...machinery(shelf),
  };
}

function desk(shelf: Shelf) {
  return {
    receive: (delivery, incident) => translating('saving a delivery', () => receive(shelf, delivery, incident)),
    wake: (delivery, keys) => translating('waking incidents', () => wake(shelf, delivery, keys)),
    knownDeliveries: (ids) => translating('looking up deliveries', () => knownDeliveries(shelf, ids)),
    load: (id) => translating(`reading incident ${id}`, () => load(shelf, id)),
    begin: (id, revision) => translating(`beginning a step of incident ${id}`, () => begin(shelf, id, revision)),
    save: (move) => translating(`saving incident ${move.incident.id}`, () => save(shelf, move)),
    incidents: (filter) => translating('listing incidents', () => incidents(shelf, filter)),
  } satisfies Partial<Store>;
}

function memory(shelf: Shelf): Memory {
  return {
    openTwin: (...asked) => translating('looking for a twin', () => openTwin(shelf, ...asked)),
    earlier: (...asked) => translating('looking for earlier incidents', () => earlier(shelf, ...asked)),
    sightings: (...asked) => translating('looking for sightings', () => sightings(shelf, ...asked)),
    lessons: (...asked) => translating('looking for lessons', () => lessons(shelf, ...asked)),
    remember: (lesson) => translating('saving a lesson', () => remember(shelf, lesson)),
    outcomes: (...asked) => translating('looking up what became of proposals', () => outcomes(shelf, ...asked)),
    withoutWorkflow: (incident) => translating('looking up a set-up', () => withoutWorkflow(shelf, incident)),
  };
}

function setups(shelf: Shelf): SetupRegistry & SetupShelf {
  return {
    installed: (...told) => translating('saving an installation', () => install(shelf, ...told)),
    removed: (...told) => translating('ending an installation', () => remove(shelf, ...told)),
    setupNews: (...told) => translating('waking a set-up', () => setupNews(shelf, ...told)),
    loadSetup: (key) => translating(`reading the set-up of ${key}`, () => loadSetup(shelf, key)),
    saveSetup: (...saved) => translating('saving a set-up', () => saveSetup(shelf, ...saved)),
  };
}

function errands(shelf: Shelf): ErrandRegistry & Omit<ErrandShelf, 'load'> & ScoreboardClock {
  return {
    dryRunAsked: (...asked) => translating('saving a command', () => dryRunAsked(shelf, ...asked)),
    policyProposed: (...told) => translating('saving news of a policy', () => policyProposed(shelf, ...told)),
    openDryRun: (incident) => translating('opening a dry run', () => openDryRun(shelf, incident)),
    again: (...errand) => translating('putting an errand off', () => again(shelf, ...errand)),
    dueScoreboards: (now) => translating('looking for scoreboards', () => dueScoreboards(shelf, now)),
    loadScoreboard: (key) => translating(`reading the scoreboard of ${key}`, () => loadScoreboard(shelf, key)),
    saveScoreboard: (scoreboard) => translating('saving a scoreboard', () => saveScoreboard(shelf, scoreboard)),
    shadowed: (...asked) => translating('looking for incidents of shadow mode', () => shadowed(shelf, ...asked)),
  };
}

function spending(shelf: Shelf) {
  const ledger: Ledger = {
    answered: (key) => translating('looking for an earlier answer', () => answered(shelf, key)),
    reserve: (...asked) => translating('reserving a call to the model', () => reserve(shelf, ...asked)),
    settle: (...asked) => translating('recording a call to the model', () => settle(shelf, ...asked)),
  };
  return {
    ledger,
    calls: (filter) => translating('listing calls to the model', () => calls(shelf, filter)),
    call: (id) => translating(`reading call ${id} to the model`, () => call(shelf, id)),
    totals: () => translating('adding up calls to the model', () => totals(shelf, shelf.now())),
  } satisfies Partial<Store>;
}

function machinery(shelf: Shelf) {
  const { connection, jobs } = shelf;
  let stopRepairing = async () => {};
  let closing: Promise<void> | undefined;
  const stopAll = async () => {
    await stopRepairing();
    await jobs.stop();
    await connection.close();
  };
  return {
    work: (handler, { concurrency }) =>
      translating('starting the workers', async () => {
        stopRepairing = await keepRepairing(shelf);
        await jobs.work(handler, concurrency);
      }),
    workOnSetups: (handler) => translating('starting to set repositories up', () => jobs.workOnSetups(handler)),
    workOnErrands: (handler) => translating('starting to do errands', () => jobs.workOnErrands(handler)),
    health: async () => {
      try {
        await translating('asking the database', () => connection.db.execute(sql`select 1`));
        return { ok: true, kind: connection.kind };
      } catch (thrown) {
        return { ok: false, problem: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
    close: () => {
      closing ??= translating('closing the database', stopAll);
      return closing;
    },
  } satisfies Partial<Store>;
}

async function translating<T>(doing: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw databaseError(thrown, doing);
  }
}
