// A simulated Gemini in front of another: what is passed on, and that what it records plays again.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GoogleGenAI } from '@google/genai';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startGemini } from '../../../simulator/gemini/server.ts';
import { sdk as connect } from './sdk.ts';

type Gemini = Awaited<ReturnType<typeof startGemini>>;
let recordTo: string;
let origin: Gemini;
let proxy: Gemini;
let sdk: GoogleGenAI;

beforeEach(async () => {
  recordTo = mkdtempSync(path.join(tmpdir(), 'recorded-'));
  origin = await startGemini({ apiKey: 'the-callers-own' });
  proxy = await startGemini({ upstream: origin.url, recordTo });
  sdk = connect(proxy.url, 'the-callers-own');
});
afterEach(async () => {
  await proxy.close();
  await origin.close();
  rmSync(recordTo, { recursive: true, force: true });
});

const model = 'gemini-flash-latest';

it('records answers and streams as replies that give the same answers again', async () => {
  const texts = ['---\nlooks like front matter\n', 'streamed '.repeat(200)];
  for (const text of texts) origin.reply(text);
  expect((await sdk.models.generateContent({ model, contents: 'first\nprompt' })).text).toBe(texts[0]);
  let streamed = '';
  for await (const chunk of await sdk.models.generateContentStream({ model, contents: 'second' }))
    streamed += chunk.text ?? '';
  expect(streamed).toBe(texts[1]);

  expect(readdirSync(recordTo)).toEqual(['001-gemini-flash-latest.md', '002-gemini-flash-latest.md', 'requests']);
  const first = readFileSync(path.join(recordTo, '001-gemini-flash-latest.md'), 'utf8');
  expect(first).toContain('# first\n# prompt\nmodel: gemini-flash-latest\nfinishReason: STOP\n');
  const request = JSON.parse(readFileSync(path.join(recordTo, 'requests', '001-gemini-flash-latest.json'), 'utf8'));
  expect(request.contents).toEqual([{ parts: [{ text: 'first\nprompt' }], role: 'user' }]);

  const replay = await startGemini({ replies: recordTo });
  const again = connect(replay.url);
  for (const text of texts) expect((await again.models.generateContent({ model, contents: 'x' })).text).toBe(text);
  expect(replay.leftovers()).toEqual([]);
  await replay.close();
});

it("passes on the upstream's errors, other calls and unknown models", async () => {
  origin.fault({ kind: 'rate-limit', delayMs: 2000 });
  await expect(sdk.models.generateContent({ model, contents: 'x' })).rejects.toThrow('"retryDelay":"2s"');
  expect((await sdk.models.countTokens({ model, contents: 'three small words' })).totalTokens).toBe(3);
  expect((await sdk.models.get({ model })).name).toBe(`models/${model}`);
  await expect(sdk.models.generateContent({ model: 'none', contents: 'x' })).rejects.toThrow(
    'models/none is not found',
  );
  expect(proxy.calls().map(({ status, answeredBy }) => `${status} ${answeredBy}`)).toEqual([
    '429 upstream',
    '200 upstream',
    '404 upstream',
  ]);
  expect(readdirSync(recordTo)).toEqual(['requests']);
});

it('answers with its own faults and queued replies before it asks the upstream', async () => {
  proxy.fault({ kind: 'unavailable' });
  proxy.reply('mine');
  await expect(sdk.models.generateContent({ model, contents: 'x' })).rejects.toThrow('UNAVAILABLE');
  expect((await sdk.models.generateContent({ model, contents: 'x' })).text).toBe('mine');
  expect(origin.calls()).toEqual([]);
});

it('says which upstream cannot be reached', async () => {
  await origin.close();
  await expect(sdk.models.generateContent({ model, contents: 'x' })).rejects.toThrow(
    `the upstream ${origin.url} could not be reached`,
  );
  origin = await startGemini();
});

it('refuses to record without an upstream', async () => {
  await expect(startGemini({ recordTo })).rejects.toThrow('recordTo needs an upstream');
});
