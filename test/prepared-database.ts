// A data folder with an embedded database as a first start leaves it, copied from one that is made once: a first start takes seconds.
import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openStore } from '../src/adapters/database/store.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
/** Whatever shapes a fresh database. */
const ingredients = [
  'src/adapters/database/migrations.ts',
  'src/adapters/database/jobs.ts',
  'node_modules/pg-boss/package.json',
  'node_modules/@electric-sql/pglite/package.json',
];

let template: Promise<string> | undefined;

/** Makes `dataDirectory` such a folder. */
export async function prepareDatabase(dataDirectory: string): Promise<void> {
  template ??= madeOnce();
  await mkdir(dataDirectory, { recursive: true });
  // The asynchronous copy takes eight times the time: a thousand small files.
  cpSync(path.join(await template, 'database'), path.join(dataDirectory, 'database'), { recursive: true });
}

async function madeOnce(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ingredients) hash.update(await readFile(path.join(root, file)));
  const folder = path.join(root, 'node_modules/.cache/self-heal', `database-${hash.digest('hex').slice(0, 16)}`);
  if (await isThere(folder)) return folder;
  const fresh = await mkdtemp(path.join(tmpdir(), 'self-heal-template-'));
  const store = await openStore({ dataDirectory: fresh, log: pino({ level: 'silent' }) });
  await store.close();
  await mkdir(path.dirname(folder), { recursive: true });
  try {
    // Beside its place first: a rename within one file system shows either nothing or the whole.
    await cp(fresh, `${folder}.${process.pid}`, { recursive: true });
    await rename(`${folder}.${process.pid}`, folder);
  } catch (error) {
    // Another worker was faster; any other failure leaves nothing there.
    await rm(`${folder}.${process.pid}`, { recursive: true, force: true });
    if (!(await isThere(folder))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

const isThere = (folder: string): Promise<boolean> =>
  stat(folder).then(
    () => true,
    () => false,
  );
