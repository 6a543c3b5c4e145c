import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { GeminiFault } from '../../../simulator/gemini/contract.ts';
import { startGemini } from '../../../simulator/gemini/server.ts';
import { apiKey, failure, ladder, logged, model, question } from './scene.ts';

const flash = 'gemini-flash-latest';
const pro = 'gemini-pro-latest';

let gemini: Awaited<ReturnType<typeof startGemini>>;
let asked = 0;
const here = (options: Parameters<typeof model>[0] = {}) => model({ baseUrl: gemini.url, ...options });
const newCalls = () => gemini.calls().slice(asked);
const newModels = () => newCalls().map((call) => call.model);

const Request = z.looseObject({
  contents: z.array(z.looseObject({ role: z.string(), parts: z.array(z.looseObject({ text: z.string() })) })),
  generationConfig: z.looseObject({}),
});
const newRequests = () => newCalls().map(({ request }) => Request.parse(request));
const configs = () => newRequests().map(({ generationConfig }) => generationConfig);

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
    [1, flash],
    [2, flash],
    [3, pro],
    [4, pro],
  ])('is, for attempt %i, %s', async (attempt, name) => {
    gemini.reply('Because.');
    expect(await here().ask({ ...question, attempt })).toMatchObject({ text: 'Because.', tried: [] });
    expect(newModels()).toEqual([name]);
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
  ])('that fails by %p is reported as %s, for later', async (fault, code) => {
    gemini.fault(fault);
    expect(await failure(here().ask(question))).toMatchObject({ code, next: 'retry' });
    expect(newModels()).toEqual(Array.from({ length: fault.times ?? 1 }, () => flash));
  });

  it.each<GeminiFault>([{ kind: 'rate-limit', delayMs: 20 }, { kind: 'unavailable' }, { kind: 'hang-up' }])(
    'that fails once by %p is asked again',
    async (fault) => {
      gemini.fault(fault);
      gemini.reply('Better now.');
      expect((await here().ask(question)).text).toBe('Better now.');
      expect(newModels()).toEqual([flash, flash]);
    },
  );

  it('does not take a wrong key', async () => {
    const error = await failure(here({ apiKey: 'AIza-another' }).ask(question));
    expect(error).toMatchObject({ code: 'model-unauthorized', tell: 'operator' });
    expect(error.message).not.toContain('AIza-another');
  });
});

describe('a model that has no reply', () => {
  it.each<[GeminiFault['kind'], string, number]>([
    ['safety', 'model-blocked', 1],
    ['recitation', 'model-blocked', 1],
    ['blocked-prompt', 'model-blocked', 1],
    ['empty', 'model-empty', 2],
    ['all-thoughts', 'model-cut-off', 2],
    ['no-quota', 'model-unauthorized', 1],
  ])('because of %s is noted as %s, and the next one is asked', async (kind, code, times) => {
    gemini.fault({ kind, model: flash, times });
    gemini.reply('I know.');
    const { text, tried } = await here().ask(question);
    expect(text).toBe('I know.');
    expect(tried.map(({ model: name, code: why }) => [name, why])).toEqual(
      Array.from({ length: times }, () => [flash, code]),
    );
    expect(newModels()).toEqual([...Array.from({ length: times }, () => flash), pro]);
  });

  it('is noted as unknown where nobody serves it', async () => {
    gemini.reply('I exist.');
    expect(await here().ask(question, ['gemini-nonsense', flash])).toMatchObject({
      text: 'I exist.',
      tried: [{ model: 'gemini-nonsense', code: 'model-refused', detail: expect.stringContaining('gemini-nonsense') }],
    });
  });

  it('leaves those above it, and then those below, the next one first, each once', async () => {
    const rungs = ['gemini-2.5-flash', flash, 'gemini-2.5-flash', pro, 'gemini-2.5-pro'];
    gemini.fault({ kind: 'safety', times: 4 });
    const error = await failure(here().ask({ ...question, attempt: 4 }, rungs));
    expect(newModels()).toEqual([pro, 'gemini-2.5-pro', 'gemini-2.5-flash', flash]);
    expect(error.code).toBe('model-blocked');
    expect(error.message).toMatch(
      /^gemini-pro-latest: .*; gemini-2\.5-pro: .*; gemini-2\.5-flash: .*; gemini-flash-latest: /,
    );
  });

  it('may have one on the second asking', async () => {
    gemini.fault({ kind: 'empty' });
    gemini.reply('Now.');
    expect((await here().ask(question)).text).toBe('Now.');
    expect(newModels()).toEqual([flash, flash]);
  });

  it('because it only thought is asked to think less', async () => {
    gemini.fault({ kind: 'all-thoughts' });
    gemini.reply('Shorter.');
    const { text, tried } = await here({ thinkingLevel: 'high', maxOutputTokens: 2_000 }).ask(question);
    expect([text, tried[0]?.detail]).toEqual([
      'Shorter.',
      'stopped with MAX_TOKENS after 2000 tokens and without any text',
    ]);
    expect(configs()).toMatchObject([
      { thinkingConfig: { thinkingLevel: 'HIGH' } },
      { thinkingConfig: { thinkingLevel: 'LOW' } },
    ]);
  });

  it('is not asked while it is down, and both being down says when to come back', async () => {
    const asking = here();
    gemini.fault({ kind: 'unavailable', times: 5 });
    expect(await failure(asking.ask(question))).toMatchObject({ code: 'model-unavailable' });
    gemini.reply('The other one.');
    const { text, tried } = await asking.ask(question);
    expect(text).toBe('The other one.');
    expect(tried.at(-1)).toMatchObject({ model: flash, detail: expect.stringContaining('left alone') });
    expect(newCalls().map((call) => [call.model, call.status])).toEqual([
      ...Array.from({ length: 5 }, () => [flash, 503]),
      [pro, 200],
    ]);
    gemini.fault({ kind: 'unavailable', times: 5 });
    expect(await failure(asking.ask(question))).toMatchObject({ code: 'model-unavailable' });
    expect(await failure(asking.ask(question))).toMatchObject({ code: 'model-unavailable', retryAfterMs: 30_000 });
    expect(newCalls()).toHaveLength(11);
  });

  it('while it is down may have one later, whatever the others say', async () => {
    const asking = here();
    gemini.fault({ kind: 'unavailable', model: flash, times: 5 });
    await failure(asking.ask(question));
    gemini.fault({ kind: 'safety', model: pro });
    const error = await failure(asking.ask(question));
    expect(error).toMatchObject({ code: 'model-unavailable', next: 'retry', retryAfterMs: 30_000 });
    expect(error.message).toContain(`${pro}: stopped with SAFETY`);
  });
});

describe('a reply that is cut off', () => {
  it('is handed on as far as it goes, and then goes on where it stopped', async () => {
    const story = 'A long, long story.';
    gemini.fault({ kind: 'max-tokens' });
    gemini.reply(story);
    const first = await here().ask(question);
    expect(first).toMatchObject({ cutOff: true, tried: [], text: story.slice(0, story.length / 2) });
    const second = await here().ask({ ...question, soFar: first.text });
    expect(second.cutOff).toBe(false);
    expect(first.text + second.text).toBe(story);
    expect(
      newRequests()
        .at(-1)
        ?.contents.map(({ role, parts }) => [role, parts[0]?.text]),
    ).toEqual([
      ['user', question.prompt],
      ['model', first.text],
      ['user', expect.stringContaining('Go on exactly where it stopped')],
    ]);
  });
});

describe('the settings of the operator', () => {
  async function sent(options: Parameters<typeof model>[0], more: object = {}, models: string[] = ladder) {
    gemini.reply('Yes.');
    await here(options).ask({ ...question, ...more }, models);
    return configs().at(-1);
  }

  it('are absent by default, apart from the limit', async () => {
    expect(await sent({})).toEqual({ maxOutputTokens: 32_768 });
  });

  it('are sent', async () => {
    const settings = { temperature: 0.4, seed: 7, maxOutputTokens: 4_096 };
    expect(await sent(settings)).toEqual(settings);
  });

  it.each([
    [flash, 'low', { thinkingLevel: 'LOW' }],
    [pro, 'high', { thinkingLevel: 'HIGH' }],
    ['gemini-2.5-flash', 'medium', { thinkingBudget: 8_192 }],
    ['gemini-2.5-pro', 'low', { thinkingBudget: 1_024 }],
  ] as const)('let %s think %s in its own terms', async (name, thinkingLevel, thinkingConfig) => {
    expect(await sent({ thinkingLevel }, {}, [name])).toMatchObject({ thinkingConfig });
  });

  it('give every further sample another seed, the same in every run', async () => {
    const seeds = [];
    for (const sample of [0, 1, 2, 1]) seeds.push((await sent({}, { sample }))?.seed);
    expect(seeds[0]).toBeUndefined();
    expect(seeds[1]).toEqual(expect.any(Number));
    expect(seeds[2]).not.toBe(seeds[1]);
    expect(seeds[3]).toBe(seeds[1]);
  });

  it('make every further sample warmer only where they say how warm, within what the API takes', async () => {
    const seed = 2_147_483_647;
    expect(await sent({ seed }, { sample: 1 })).toEqual({ maxOutputTokens: 32_768, seed: 0 });
    expect(await sent({ temperature: 0.5, seed: 3 }, { sample: 2 })).toMatchObject({ temperature: 0.9, seed: 5 });
    expect(await sent({ temperature: 1.9 }, { sample: 4 })).toMatchObject({ temperature: 2 });
  });
});

it('what a model was asked before is cached, when it begins the same and is long enough', async () => {
  const long = Array.from({ length: 3_000 }, (_, line) => `line ${line}`).join('\n');
  const cached = [];
  for (const [prompt, attempt] of [
    [long, 1],
    [`${long}\nAnd why?`, 1],
    [`${long}\nAnd why?`, 3],
    ['Why?', 1],
  ] as const) {
    gemini.reply('Because.');
    cached.push((await here().ask({ ...question, prompt, attempt })).cachedTokens > 0);
  }
  expect(cached).toEqual([false, true, false, false]);
});

it('a reply is logged with what it cost, and without its text', async () => {
  logged.length = 0;
  gemini.fault({ kind: 'empty' });
  gemini.reply('A secret thought.');
  await here().ask({ ...question, sample: 1 });
  const lines = logged.map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { msg: 'asking again', model: flash, code: 'model-empty', purpose: 'diagnose', attempt: 1, sample: 1 },
    {
      msg: 'model replied',
      characters: 'A secret thought.'.length,
      cutOff: false,
      purpose: 'diagnose',
      attempt: 1,
      sample: 1,
    },
  ]);
  expect(logged.join('')).not.toContain('secret');
  expect(logged.join('')).not.toContain(apiKey);
});
