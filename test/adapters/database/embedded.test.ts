// The embedded database at the edges: a folder in use, a folder that is none, settings that name no database.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import { openEmbedded } from '../../../src/adapters/database/embedded.ts';
import { openStore } from '../../../src/adapters/database/store.ts';

describe('the embedded database', () => {
  const log = pino({ level: 'silent' });
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'self-heal-embedded-'));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('says which setting is wrong when its folder cannot be made', async () => {
    const file = join(root, 'a-file');
    await writeFile(file, '');
    await expect(openStore({ dataDirectory: join(file, 'data'), log })).rejects.toMatchObject({
      code: 'settings-invalid',
      message: expect.stringContaining('SELF_HEAL_DATA'),
    });
  });

  it('is made at the first start, killed ones before or not, and opened by one at a time', async () => {
    const dataDirectory = join(root, 'made', 'as', 'needed');
    // What a process leaves that is killed over its first start; PGlite takes such a folder for a whole one and fails.
    await mkdir(join(dataDirectory, 'database.unfinished'), { recursive: true });
    await writeFile(join(dataDirectory, 'database.unfinished', 'PG_VERSION'), '18\n');
    const store = await openStore({ dataDirectory, log });
    await expect(openStore({ dataDirectory, log })).rejects.toMatchObject({
      code: 'database-in-use',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await store.close();
    await store.close();
    expect(await readdir(dataDirectory)).toEqual(['database']);
    expect(await store.health()).toMatchObject({ ok: false });
    await expect(store.incidents({ limit: 1 })).rejects.toMatchObject({ code: 'database-unavailable' });

    // There is one connection: what pg-boss asks while a transaction is open has to be asked inside it, or waits for ever.
    const connection = await openEmbedded(dataDirectory);
    const asked = connection.transaction(async (tx) => {
      await tx.execute(sql`create table inside (one integer)`);
      return connection.jobs.db?.executeSql('select count(*)::integer as rows from inside', []);
    });
    expect(await asked).toMatchObject({ rows: [{ rows: 0 }] });
    await connection.close();
  });

  it('names the folder that does not open, and leaves no lock behind', async () => {
    const dataDirectory = join(root, 'damaged');
    await mkdir(dataDirectory);
    await writeFile(join(dataDirectory, 'database'), 'a file where the folder should be');
    await expect(openStore({ dataDirectory, log })).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining(join(dataDirectory, 'database')),
    });
    expect(await readdir(dataDirectory)).toEqual(['database']);
  });

  it('refuses settings that name no database, or a schema that is none', async () => {
    await expect(openStore({ log })).rejects.toMatchObject({ code: 'settings-invalid' });
    await expect(openStore({ log, dataDirectory: root, schema: 'a"; drop' })).rejects.toMatchObject({
      code: 'settings-invalid',
    });
  });
});
