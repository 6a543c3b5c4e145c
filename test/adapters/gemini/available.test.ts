import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../demo/free-port.ts';
import { startGemini } from '../../../simulator/gemini/server.ts';
import { availableModels } from '../../../src/adapters/gemini/available.ts';
import { apiKey, failure } from './scene.ts';

let folder: string;
let gemini: Awaited<ReturnType<typeof startGemini>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'self-heal-available-'));
  gemini = await startGemini({ replies: folder, apiKey });
});
afterAll(async () => {
  await gemini.close();
  await rm(folder, { recursive: true, force: true });
});

const look = (changes: Partial<Parameters<typeof availableModels>[0]> = {}) =>
  availableModels({
    apiKey,
    baseUrl: gemini.url,
    models: ['gemini-flash-latest', 'gemini-pro-latest'],
    ...changes,
  });

describe('the models that the settings name', () => {
  it('are told by name when they can be asked', async () => {
    expect(await look()).toEqual(['gemini-flash-latest', 'gemini-pro-latest']);
  });

  it('are each told once', async () => {
    expect(await look({ models: ['gemini-flash-latest', 'gemini-flash-latest'] })).toEqual(['gemini-flash-latest']);
  });

  it('cannot be asked with another key', async () => {
    expect((await failure(look({ apiKey: 'AIza-another-key' }))).code).toBe('model-unauthorized');
  });

  it('cannot be asked when one of them does not exist', async () => {
    const error = await failure(look({ models: ['gemini-flash-latest', 'gemini-nonsense'] }));
    expect(error).toMatchObject({ code: 'model-refused', message: expect.stringContaining('gemini-nonsense') });
  });

  it('cannot be asked when nobody answers', async () => {
    expect((await failure(look({ baseUrl: `http://127.0.0.1:${await freePort()}` }))).code).toBe('model-unavailable');
  });
});
