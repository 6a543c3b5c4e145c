import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { freePort } from '../../demo/free-port.ts';
import { makeKeys } from '../../simulator/github/app.ts';
import { openStore } from '../../src/adapters/database/store.ts';
import { serve } from '../../src/cli/serve.ts';
import { readSettings, type Settings } from '../../src/config/settings.ts';
import { prepareDatabase } from '../prepared-database.ts';

const log = pino({ level: 'silent' });
const { privateKey } = makeKeys();
let dataDirectory: string;

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'self-heal-serve-'));
  await prepareDatabase(dataDirectory);
});
afterEach(() => rm(dataDirectory, { recursive: true, force: true, maxRetries: 5 }));

async function settings(changes: Record<string, string> = {}): Promise<Settings> {
  const nobody = `127.0.0.1:${await freePort()}`;
  const reading = readSettings(
    {
      APP_ID: '7',
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: 'a webhook secret',
      GHE_HOST: nobody,
      GHE_PROTOCOL: 'http',
      GEMINI_API_KEY: 'key',
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      SELF_HEAL_DATA: dataDirectory,
      ...changes,
    },
    () => '',
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.settings;
}

describe('serve', () => {
  it.each([
    ['credentials', { APP_ID: '', PRIVATE_KEY: '', WEBHOOK_SECRET: '' }, /APP_ID, PRIVATE_KEY and WEBHOOK_SECRET/],
    ['a key of the model', { GEMINI_API_KEY: '' }, /GEMINI_API_KEY/],
  ])('does not start without %s, and says so', async (_, changes, says) => {
    const starting = serve(await settings(changes), log);
    await expect(starting).rejects.toMatchObject({ code: 'settings-invalid', message: expect.stringMatching(says) });
  });

  it('is healthy while it runs, although GitHub does not answer, and gone when it was stopped', async () => {
    const served = await serve(await settings(), log);
    const health = await fetch(`${served.url}/healthz`);
    expect(health.status).toBe(200);
    expect(await health.json()).toEqual({ ok: true, kind: 'pglite' });
    expect((await fetch(`${served.url}/healthz`, { method: 'POST', body: '{}' })).status).toBe(404);
    await served.close();
    await expect(fetch(`${served.url}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('lets go of the database when its port is taken', async () => {
    const first = await serve(await settings(), log);
    const other = await mkdtemp(join(tmpdir(), 'self-heal-serve-'));
    await prepareDatabase(other);
    try {
      const taken = await settings({ PORT: new URL(first.url).port, SELF_HEAL_DATA: other });
      await expect(serve(taken, log)).rejects.toThrow('already in use');
      const store = await openStore({ dataDirectory: other, log });
      expect(await store.health()).toMatchObject({ ok: true });
      await store.close();
    } finally {
      await first.close();
      await rm(other, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
