// A PostgreSQL address → a pool of connections to that server.
import { drizzle } from 'drizzle-orm/node-postgres';
import { type ClientConfig, Pool } from 'pg';
import type { Logger } from 'pino';
import { SelfHealError } from '../../errors.ts';
import type { Connection, Database } from './connection.ts';
import { listening } from './listening.ts';

const mostConnections = 10;
const connectTimeoutMs = 5_000;
const queryTimeoutMs = 60_000;
const endWithinMs = 5_000;

export async function openServer(url: string, log: Logger): Promise<Connection> {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
    throw new SelfHealError(
      'settings-invalid',
      'DATABASE_URL is no PostgreSQL address: write postgres://user:password@host:5432/database, special characters in the password as %XX',
    );
  const settings: ClientConfig = {
    connectionString: url,
    application_name: 'self-heal',
    connectionTimeoutMillis: connectTimeoutMs,
    // Held by the client: poolers such as PgBouncer refuse the server's time limits as parameters of a connection.
    query_timeout: queryTimeoutMs,
    keepAlive: true,
  };
  const pool = new Pool({ ...settings, max: mostConnections });
  const broke = (err: Error) => log.warn({ err }, 'a database connection broke; the pool opens another');
  pool.on('error', broke);
  // The pool listens only to connections that lie idle; one that breaks in use would end the process.
  pool.on('connect', (client) => client.on('error', broke));
  try {
    await pool.query('select 1');
  } catch (thrown) {
    await pool.end();
    throw thrown;
  }
  return {
    kind: 'postgresql',
    db: drizzle({ client: pool }),
    transaction: (run) => inTransaction(pool, run),
    jobs: {
      db: {
        executeSql: (text, values) => pool.query(text, values),
        listen: (channel, heard, again) => listening(settings, channel, heard, again, log),
      },
    },
    vacuum: async () => {},
    close: async () => {
      await Promise.race([pool.end(), new Promise((resolve) => setTimeout(resolve, endWithinMs).unref())]);
    },
  };
}

/** drizzle's own transaction on a pool keeps the connection for ever when its `begin` fails, until none is left. */
async function inTransaction<T>(pool: Pool, run: (tx: Database) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isClean = false;
  try {
    const result = await drizzle({ client }).transaction(run);
    isClean = true;
    return result;
  } finally {
    client.release(!isClean);
  }
}
