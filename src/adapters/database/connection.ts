// A server's address, or a folder → one connection that the record and its jobs share.
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { ConstructorOptions } from 'pg-boss';

interface RowsOfAnyDriver extends PgQueryResultHKT {
  type: { rows: unknown[] };
}

/** What both drivers have in common; a transaction is one, too. */
export type Database = PgDatabase<RowsOfAnyDriver>;

export interface Connection {
  kind: 'pglite' | 'postgresql';
  db: Database;
  transaction<T>(run: (tx: Database) => Promise<T>): Promise<T>;
  /** How pg-boss reaches the same tables. */
  jobs: ConstructorOptions;
  /** The embedded database has no autovacuum of its own. */
  vacuum(): Promise<void>;
  close(): Promise<void>;
}
