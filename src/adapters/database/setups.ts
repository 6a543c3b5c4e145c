// Set-ups of repositories: begun and ended by deliveries, loaded, and saved together with their next look.
import { and, eq, inArray, sql } from 'drizzle-orm';
import { SelfHealError } from '../../errors.ts';
import type { Repository } from '../../incident/incident.ts';
import {
  type Installed,
  installed,
  isNewsFor,
  removed,
  Setup,
  type SetupNews,
  setupKey,
  type WithoutWorkflow,
} from '../../incident/setup.ts';
import type { SetupDelivery } from '../../ports/setup.ts';
import type { Database } from './connection.ts';
import { isNew } from './deliveries.ts';
import type { Shelf } from './shelf.ts';

const rowsAtOnce = 500;

/** One job a repository, spread over time: GitHub takes it ill when an App opens hundreds of issues in one go. */
export function install(
  shelf: Shelf,
  delivery: SetupDelivery,
  repositories: readonly Installed[],
  spacingMs: number,
): Promise<number> {
  const byKey = new Map(repositories.map((repository) => [setupKey(repository), repository]));
  return shelf.connection.transaction(async (tx) => {
    if (!(await isNew(shelf, tx, delivery))) return 0;
    const known = await stored(shelf, tx, [...byKey.keys()]);
    const setups = [...byKey].map(([key, repository]) => installed(repository, known.get(key), delivery.at));
    await upsert(shelf, tx, setups);
    const due = setups.filter(({ state }) => state === 'due');
    await shelf.jobs.setUp(
      tx,
      due.map(({ repository }, place) => ({ repository: setupKey(repository), inMs: place * spacingMs })),
    );
    return due.length;
  });
}

export function remove(
  shelf: Shelf,
  delivery: SetupDelivery,
  installationId: number,
  keys: readonly string[] | 'all',
): Promise<number> {
  const { setup: table } = shelf.tables;
  return shelf.connection.transaction(async (tx) => {
    if (!(await isNew(shelf, tx, delivery))) return 0;
    const rows = await tx
      .select({ repository: table.repository, record: table.record })
      .from(table)
      .where(
        and(
          eq(table.installationId, installationId),
          keys === 'all' ? undefined : inArray(table.repository, keys.length > 0 ? [...keys] : ['']),
        ),
      )
      .for('update');
    const gone = [...readableOf(rows, shelf).values()].filter(({ state }) => state !== 'removed').map(removed);
    await upsert(shelf, tx, gone);
    return gone.length;
  });
}

export function setupNews(shelf: Shelf, key: string, news: SetupNews): Promise<boolean> {
  return shelf.connection.transaction(async (tx) => {
    const setup = (await stored(shelf, tx, [key])).get(key);
    if (!setup || !isNewsFor(setup, news)) return false;
    await shelf.jobs.setUp(tx, [{ repository: key, inMs: 0 }]);
    return true;
  });
}

export async function loadSetup({ connection, tables }: Shelf, key: string): Promise<Setup | undefined> {
  const { setup: table } = tables;
  const [row] = await connection.db.select({ record: table.record }).from(table).where(eq(table.repository, key));
  return row && readable(key, row.record);
}

export function saveSetup(shelf: Shelf, setup: Setup, lookAgainAt: Date | null): Promise<boolean> {
  const { setup: table } = shelf.tables;
  return shelf.connection.transaction(async (tx) => {
    const key = setupKey(setup.repository);
    const saved = await tx
      .update(table)
      .set(columns(setup))
      .where(and(eq(table.repository, key), eq(table.revision, setup.revision - 1)))
      .returning({ repository: table.repository });
    if (saved.length === 0) return false;
    if (lookAgainAt)
      await shelf.jobs.setUp(tx, [
        { repository: key, inMs: Math.max(0, lookAgainAt.getTime() - shelf.now().getTime()) },
      ]);
    return true;
  });
}

/** Where nobody has looked at the repository yet (the App was installed before it set repositories up), it is looked at from now on. */
export function withoutWorkflow(
  shelf: Shelf,
  { id, repository }: { id: string; repository: Repository },
): Promise<WithoutWorkflow> {
  const key = setupKey(repository);
  return shelf.connection.transaction(async (tx): Promise<WithoutWorkflow> => {
    const { owner, name, installationId, private: isPrivate } = repository;
    const here = { owner, name, installationId, private: isPrivate };
    const known = (await stored(shelf, tx, [key])).get(key);
    const setup = known ?? installed(here, undefined, shelf.now());
    if (setup.state === 'open' && setup.issue) return { kind: 'issue', number: setup.issue.number };
    if (setup.missingSaidBy !== null && setup.missingSaidBy !== id) return { kind: 'said' };
    await upsert(shelf, tx, [{ ...setup, missingSaidBy: id, revision: setup.revision + 1 }]);
    if (!known) await shelf.jobs.setUp(tx, [{ repository: key, inMs: 0 }]);
    return { kind: 'unsaid' };
  });
}

async function stored(shelf: Shelf, tx: Database, keys: readonly string[]): Promise<Map<string, Setup>> {
  const { setup: table } = shelf.tables;
  const rows: { repository: string; record: unknown }[] = [];
  for (let from = 0; from < keys.length; from += rowsAtOnce)
    rows.push(
      ...(await tx
        .select({ repository: table.repository, record: table.record })
        .from(table)
        .where(inArray(table.repository, keys.slice(from, from + rowsAtOnce)))
        .orderBy(table.repository)
        .for('update')),
    );
  return readableOf(rows, shelf);
}

async function upsert(shelf: Shelf, tx: Database, setups: readonly Setup[]): Promise<void> {
  const { setup: table } = shelf.tables;
  for (let from = 0; from < setups.length; from += rowsAtOnce)
    await tx
      .insert(table)
      .values(
        setups
          .slice(from, from + rowsAtOnce)
          .map((setup) => ({ repository: setupKey(setup.repository), ...columns(setup) })),
      )
      .onConflictDoUpdate({
        target: table.repository,
        set: {
          installationId: sql`excluded.installation_id`,
          revision: sql`excluded.revision`,
          record: sql`excluded.record`,
        },
      });
}

const columns = (setup: Setup) => ({
  installationId: setup.repository.installationId,
  revision: setup.revision,
  record: setup,
});

function readable(key: string, record: unknown): Setup {
  const parsed = Setup.safeParse(record);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new SelfHealError(
    'record-unreadable',
    `the set-up of ${key} in the database cannot be read: ${first?.path.join('.')}: ${first?.message}. ` +
      'It was written by another version of Self-Heal or changed by hand; restore a backup or delete its row',
    { cause: parsed.error },
  );
}

/** One that cannot be read is made anew: all it knows can be looked up at GitHub. */
function readableOf(rows: readonly { repository: string; record: unknown }[], { log }: Shelf): Map<string, Setup> {
  return new Map(
    rows.flatMap(({ repository, record }) => {
      const parsed = Setup.safeParse(record);
      if (!parsed.success) log.error({ err: parsed.error, repository }, 'a set-up cannot be read, and is begun anew');
      return parsed.success ? [[repository, parsed.data] as const] : [];
    }),
  );
}
