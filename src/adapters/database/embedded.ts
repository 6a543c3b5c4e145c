// A folder → a PostgreSQL inside this process that keeps its data there.
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { type Db, fromDrizzle, fromPglite } from 'pg-boss';
import { SelfHealError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { lockFolder } from './folder-lock.ts';

export async function openEmbedded(dataDirectory: string): Promise<Connection> {
  const folder = join(dataDirectory, 'database');
  const lock = await lockedFolder(dataDirectory);
  try {
    const pglite = await opened(folder);
    const db = drizzle({ client: pglite });
    const ambient = new AsyncLocalStorage<Db>();
    return {
      kind: 'pglite',
      db,
      transaction: (run) => db.transaction((tx) => ambient.run(fromDrizzle(tx, sql), () => run(tx))),
      jobs: { db: joined(fromPglite(pglite), ambient), backend: 'pglite' },
      vacuum: async () => {
        await pglite.query('vacuum');
      },
      close: async () => {
        await pglite.close();
        await lock.release();
      },
    };
  } catch (thrown) {
    await lock.release();
    throw thrown;
  }
}

async function lockedFolder(dataDirectory: string) {
  try {
    await mkdir(dataDirectory, { recursive: true });
    return await lockFolder(join(dataDirectory, 'database.lock'), dataDirectory);
  } catch (thrown) {
    if (thrown instanceof SelfHealError) throw thrown;
    const why = thrown instanceof Error || isNativeError(thrown) ? thrown.message : String(thrown);
    throw new SelfHealError('settings-invalid', `SELF_HEAL_DATA is ${dataDirectory}, which cannot be written: ${why}`);
  }
}

/**
 * There is one connection only: whatever pg-boss asks of its own accord while a transaction is open (a queue's
 * definition, say) has to be asked inside that transaction, or both wait for each other for ever.
 */
function joined(outside: Db, ambient: AsyncLocalStorage<Db>): Db {
  return { ...outside, executeSql: (text, values) => (ambient.getStore() ?? outside).executeSql(text, values) };
}

async function opened(folder: string): Promise<PGlite> {
  try {
    if (!existsSync(folder)) await prepare(folder);
    return await PGlite.create({ dataDir: folder });
  } catch (thrown) {
    throw new SelfHealError(
      'database-unavailable',
      `the embedded database in ${folder} does not open: ${thrown instanceof Error ? thrown.message : String(thrown)}. ` +
        'Check that the folder is writable and the disk not full; if it is damaged, restore a backup or move the folder away to start empty',
      { cause: thrown },
    );
  }
}

/** Made beside its place and put there when it is whole: PGlite cannot open what a killed process left half made. */
async function prepare(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await (await PGlite.create({ dataDir: unfinished })).close();
  await rename(unfinished, folder);
}
