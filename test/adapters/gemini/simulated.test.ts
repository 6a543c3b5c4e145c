import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { GeminiFault } from '../../../simulator/gemini/contract.ts';
import { startGemini } from '../../../simulator/gemini/server.ts';
import { availableModels } from '../../../src/adapters/gemini/available.ts';
import { apiKey, failure, model, question } from './scene.ts';

let gemini: Awaited<ReturnType<typeof startGemini>>;
let asked = 0;
const here = (options: Parameters<typeof model>[0] = {}) => model({ baseUrl: gemini.url, ...options });
const newCalls = () => gemini.calls().slice(asked);

beforeAll(async () => {
  gemini = await startGemini({ apiKey });
});
afterEach(() => {
  asked = gemini.calls().length;
  expect(gemini.leftovers()).toEqual([]);
});
afterAll(() => gemini.close());

describe('the model on another machine', () => {
  it.each([
    [1, 'gemini-flash-latest'],
    [2, 'gemini-flash-latest'],
    [3, 'gemini-pro-latest'],
    [4, 'gemini-pro-latest'],
  ])('is, for attempt %i, %s', async (attempt, name) => {
    gemini.reply('Because.');
    expect(await here().ask({ ...question, attempt })).toMatchObject({ text: 'Because.' });
    expect(newCalls().map((call) => call.model)).toEqual([name]);
  });

  it('gives JSON in the shape that was asked for', async () => {
    const jsonSchema = {
      type: 'object',
      properties: { cause: { type: 'string' } },
      required: ['cause'],
      additionalProperties: false,
    };
    gemini.reply('{"cause":"zero"}');
    const reply = await here().ask({ ...question, jsonSchema });
    expect(JSON.parse(reply.text)).toEqual({ cause: 'zero' });
    expect(reply.inputTokens).toBeGreaterThan(0);
    expect(reply.outputTokens).toBeGreaterThan(0);
  });

  it.each<[GeminiFault, string]>([
    [{ kind: 'rate-limit', delayMs: 60_000 }, 'model-rate-limited'],
    [{ kind: 'unavailable', times: 3 }, 'model-unavailable'],
    [{ kind: 'hang-up', times: 3 }, 'model-unavailable'],
    [{ kind: 'safety' }, 'model-blocked'],
    [{ kind: 'blocked-prompt' }, 'model-blocked'],
    [{ kind: 'empty' }, 'model-empty'],
  ])('that fails by %p is reported as %s', async (fault, code) => {
    gemini.fault(fault);
    expect(await failure(here().ask(question))).toMatchObject({ code });
    expect(newCalls()).toHaveLength(fault.times ?? 1);
  });

  it.each<GeminiFault>([{ kind: 'rate-limit', delayMs: 20 }, { kind: 'unavailable' }, { kind: 'hang-up' }])(
    'that fails once by %p is asked again',
    async (fault) => {
      gemini.fault(fault);
      gemini.reply('Better now.');
      expect((await here().ask(question)).text).toBe('Better now.');
      expect(newCalls()).toHaveLength(2);
    },
  );

  it('that was cut off is not taken for an answer', async () => {
    gemini.fault({ kind: 'max-tokens' });
    gemini.reply('A long, long story.');
    expect(await failure(here().ask(question))).toMatchObject({ code: 'model-cut-off' });
    expect((await here().ask(question)).text).toBe('A long, long story.');
  });

  it('that takes too long is given up', async () => {
    gemini.fault({ kind: 'slow', delayMs: 10_000, times: 3 });
    for (let time = 1; time <= 3; time += 1) gemini.reply('Too late.');
    const error = await failure(here({ timeoutMs: 20 }).ask(question));
    expect(error).toMatchObject({ code: 'model-unavailable', message: 'The model did not answer in time.' });
  });

  it('does not take a wrong key', async () => {
    const error = await failure(here({ apiKey: 'AIza-another' }).ask(question));
    expect(error).toMatchObject({ code: 'model-unauthorized', tell: 'operator' });
    expect(error.message).not.toContain('AIza-another');
  });

  it('is replaced by the other one while it is down, and both being down says when to come back', async () => {
    const asking = here();
    gemini.fault({ kind: 'unavailable', times: 5 });
    expect(await failure(asking.ask(question))).toMatchObject({ code: 'model-unavailable' });
    gemini.reply('The other one.');
    expect((await asking.ask(question)).text).toBe('The other one.');
    expect(newCalls().map((call) => [call.model, call.status])).toEqual([
      ...Array.from({ length: 5 }, () => ['gemini-flash-latest', 503]),
      ['gemini-pro-latest', 200],
    ]);
    gemini.fault({ kind: 'unavailable', times: 5 });
    expect(await failure(asking.ask(question))).toMatchObject({ code: 'model-unavailable' });
    expect(await failure(asking.ask(question))).toMatchObject({ code: 'model-unavailable', retryAfterMs: 30_000 });
    expect(newCalls()).toHaveLength(11);
  });
});

describe('the models of the settings', () => {
  const settings = { apiKey, model: 'gemini-flash-latest', strongModel: 'gemini-pro-latest' };

  it('are named when each can be asked', async () => {
    expect(await availableModels({ ...settings, baseUrl: gemini.url })).toEqual([
      'gemini-flash-latest',
      'gemini-pro-latest',
    ]);
  });

  it('are an error when one of them is unknown', async () => {
    const error = await failure(availableModels({ ...settings, strongModel: 'gemini-0', baseUrl: gemini.url }));
    expect(error).toMatchObject({ code: 'model-refused', message: expect.stringContaining('gemini-0') });
  });
});
