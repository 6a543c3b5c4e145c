// Settings of the database → the store: incidents, their jobs, deliveries and lessons, on PGlite or PostgreSQL.
import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import { SelfHealError } from '../../errors.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Move } from '../../incident/lifecycle.ts';
import type { Ledger, Memory } from '../../ports.ts';
import { call, calls, type RecordedCall, type Totals, totals } from './calls.ts';
import type { Connection } from './connection.ts';
import { type Delivery, knownDeliveries, type Received, receive, wake } from './deliveries.ts';
import { openEmbedded } from './embedded.ts';
import { databaseError } from './errors.ts';
import { begin, type IncidentFilter, incidents, load, save } from './incidents.ts';
import { type Handler, openJobs } from './jobs.ts';
import { answered, reserve, settle, type Texts } from './ledger.ts';
import { earlier, lessons, openTwin, remember, sightings } from './memory.ts';
import { migrate } from './migrations.ts';
import { keepRepairing } from './repair.ts';
import { openServer } from './server.ts';
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

export interface Store extends Memory {
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
  return { kind: shelf.connection.kind, ...desk(shelf), ...memory(shelf), ...spending(shelf), ...machinery(shelf) };
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
