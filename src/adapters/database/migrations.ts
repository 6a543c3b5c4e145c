// A database of any earlier version, or an empty one → the tables of this version.
import { max, sql } from 'drizzle-orm';
import { SelfHealError } from '../../errors.ts';
import type { Database } from './connection.ts';
import type { Tables } from './tables.ts';

interface Migration {
  version: number;
  name: string;
  statements: readonly string[];
}

/** Only ever appended to: what is listed here has run somewhere. `%` stands for the schema. */
const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'incidents, wake keys, deliveries, lessons',
    statements: [
      `create table %.incident (
        id text primary key,
        repository text not null,
        fingerprint text not null,
        revision integer not null,
        begun_revision integer,
        state text not null,
        stop_reason text,
        failure_fingerprints text[],
        base_sha text,
        duplicate_of text,
        opened_at timestamptz(3) not null,
        closed_at timestamptz(3),
        record jsonb not null
      )`,
      `create unique index incident_open_once on %.incident (repository, fingerprint) where state <> 'closed'`,
      'create index incident_by_opened on %.incident (opened_at desc)',
      'create index incident_by_failure on %.incident using gin (failure_fingerprints)',
      'create index incident_by_original on %.incident (duplicate_of) where duplicate_of is not null',
      `create table %.wake_key (
        key text not null,
        incident_id text not null references %.incident (id) on delete cascade,
        primary key (key, incident_id)
      )`,
      'create index wake_key_by_incident on %.wake_key (incident_id)',
      'create table %.delivery (id text primary key, event text not null, received_at timestamptz(3) not null)',
      'create index delivery_by_received on %.delivery (received_at)',
      `create table %.lesson (
        incident_id text primary key,
        repository text not null,
        fingerprints text[] not null,
        closed_at timestamptz(3) not null,
        record jsonb not null
      )`,
      'create index lesson_by_repository on %.lesson (repository, closed_at desc)',
    ],
  },
  {
    version: 2,
    name: 'calls to the model',
    statements: [
      `create table %.model_call (
        id bigint generated always as identity primary key,
        incident_id text not null,
        repository text not null,
        installation_id bigint not null,
        step text not null,
        attempt integer not null,
        sample integer not null,
        prompt_version text not null,
        prompt_hash text not null,
        model text not null,
        asked_at timestamptz(3) not null,
        cost_usd double precision not null,
        outcome text,
        cut_off boolean not null default false,
        is_whole boolean not null default false,
        record jsonb,
        texts jsonb
      )`,
      'create index model_call_by_incident on %.model_call (incident_id, prompt_hash)',
      'create index model_call_by_installation on %.model_call (installation_id, asked_at)',
      'create index model_call_with_texts on %.model_call (asked_at) where texts is not null',
    ],
  },
  {
    version: 3,
    name: 'set-ups of repositories',
    statements: [
      `create table %.setup (
        repository text primary key,
        installation_id bigint not null,
        revision integer not null,
        record jsonb not null
      )`,
      'create index setup_by_installation on %.setup (installation_id)',
    ],
  },
  {
    version: 4,
    name: 'scoreboards of shadow mode',
    statements: [
      `create table %.scoreboard (
        repository text primary key,
        revision integer not null,
        next_at timestamptz(3),
        record jsonb not null
      )`,
      'create index scoreboard_by_next on %.scoreboard (next_at)',
      `create index incident_in_shadow on %.incident (repository, opened_at) where record #> '{caseFile,shadow}' = 'true'::jsonb`,
    ],
  },
];

/** Two processes may start at once: the second waits for the first, then finds nothing left to do. */
export async function migrate(db: Database, tables: Tables): Promise<void> {
  const schema = sql.identifier(tables.schemaName);
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${tables.schemaName}.migration`}, 0))`);
    // Asked first, because a role that may not create schemas is refused even where `if not exists` had nothing to do.
    const [existing] = await tx
      .select({ name: sql<string>`nspname` })
      .from(sql`pg_catalog.pg_namespace`)
      .where(sql`nspname = ${tables.schemaName}`);
    if (!existing) await tx.execute(sql`create schema ${schema}`);
    await tx.execute(sql`create table if not exists ${tables.migration}
      (version integer primary key, name text not null, applied_at timestamptz(3) not null default now())`);
    const [applied] = await tx.select({ version: max(tables.migration.version) }).from(tables.migration);
    const from = applied?.version ?? 0;
    const newest = migrations.at(-1)?.version ?? 0;
    if (from > newest)
      throw new SelfHealError(
        'settings-invalid',
        `the database was written by a newer Self-Heal (tables of version ${from}, this one knows ${newest}): update Self-Heal, or give it another database`,
      );
    for (const { version, name, statements } of migrations.filter((migration) => migration.version > from)) {
      for (const statement of statements)
        await tx.execute(sql.raw(statement.replaceAll('%', `"${tables.schemaName}"`)));
      await tx.insert(tables.migration).values({ version, name });
    }
  });
}
