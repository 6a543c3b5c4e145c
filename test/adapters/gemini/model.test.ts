import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import nock from 'nock';
import { SelfHealError } from '../../../src/errors.ts';
import { apiKey, failure, ladder, logged, model, question } from './scene.ts';

const google = 'https://generativelanguage.googleapis.com';
const path = '/v1beta/models/gemini-flash-latest:generateContent';
const calls = (of = path): nock.Interceptor => nock(google, { reqheaders: { 'x-goog-api-key': apiKey } }).post(of);
const flash = ['gemini-flash-latest'];
const said = (text: string, more: object = {}) => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' }],
  ...more,
});

beforeEach(() => {
  nock.disableNetConnect();
  nock.enableNetConnect('127.0.0.1');
  logged.length = 0;
});

afterEach(() => {
  const leftOver = nock.pendingMocks();
  nock.cleanAll();
  expect(leftOver).toEqual([]);
  expect(logged.join('')).not.toContain(apiKey);
});

// The patched http module is shared with the test files that follow in this process.
afterAll(() => nock.restore());

describe('a question', () => {
  it('is sent as text with its system instruction and nothing that the model could call', async () => {
    let body: unknown;
    nock(google, { reqheaders: { 'x-goog-api-key': apiKey } })
      .post(path, (sent) => {
        body = sent;
        return true;
      })
      .reply(200, said('A zero.'));
    expect((await model().ask(question)).text).toBe('A zero.');
    expect(body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Why is it red?' }] }],
      systemInstruction: { role: 'user', parts: [{ text: 'You read logs.' }] },
      generationConfig: { maxOutputTokens: 32_768 },
    });
  });

  it('that wants JSON carries the schema, and the settings of the operator', async () => {
    const jsonSchema = { type: 'object', properties: { cause: { type: 'string' } }, required: ['cause'] };
    let body: unknown;
    nock(google)
      .post(path, (sent) => {
        body = sent;
        return true;
      })
      .reply(200, said('{"cause":"zero"}'));
    await model({ temperature: 0.2, maxOutputTokens: 900 }).ask({ ...question, jsonSchema });
    expect(body).toMatchObject({
      generationConfig: {
        temperature: 0.2,
        maxOutputTokens: 900,
        responseMimeType: 'application/json',
        responseJsonSchema: jsonSchema,
      },
    });
  });

  it('comes back with the model that answered and what it cost, without the thoughts', async () => {
    calls().reply(200, {
      candidates: [
        {
          content: { parts: [{ text: 'Hmm, zero?', thought: true }, { text: 'Division ' }, { text: 'by zero.' }] },
          finishReason: 'STOP',
        },
      ],
      usageMetadata: {
        promptTokenCount: 50,
        candidatesTokenCount: 7,
        thoughtsTokenCount: 30,
        cachedContentTokenCount: 20,
      },
      modelVersion: 'gemini-3.5-flash',
    });
    expect(await model().ask(question)).toEqual({
      text: 'Division by zero.',
      model: 'gemini-3.5-flash',
      inputTokens: 50,
      outputTokens: 7,
      thinkingTokens: 30,
      cachedTokens: 20,
      latencyMs: expect.any(Number),
      cutOff: false,
      tried: [],
    });
    expect(logged.join('')).toContain('"inputTokens":50');
    expect(logged.join('')).not.toContain('Division');
  });

  it('goes to the address that is configured', async () => {
    nock('https://gemini.example').post(path).reply(200, said('Here.'));
    expect((await model({ baseUrl: 'https://gemini.example/' }).ask(question)).text).toBe('Here.');
  });

  it('is not asked without a model to ask', async () => {
    const error = await failure(model().ask(question, []));
    expect(error).toMatchObject({ code: 'settings-invalid', message: expect.stringContaining('GEMINI_LADDER') });
  });
});

describe('a refusal', () => {
  const status = (code: number, message: string, details: object[] = []) => ({
    error: { code, message, status: 'X', details },
  });
  const keyInfo = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' };
  const retryInfo = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '41.5s' };

  it.each([
    [
      'a wrong key',
      400,
      status(400, `API key not valid: ${apiKey}`, [keyInfo]),
      'model-unauthorized',
      'API key not valid: [key]. Check GEMINI_API_KEY',
    ],
    ['a bad request', 400, status(400, 'Invalid schema'), 'model-refused', 'Invalid schema. Check the GEMINI_'],
  ])('%s is not repeated', async (_, code, body, expected, message) => {
    calls().reply(code, body);
    const error = await failure(model().ask(question));
    expect(error.code).toBe(expected);
    expect(error.message).toContain(message);
  });

  it.each([
    ['no permission', 403, status(403, 'No.'), 'model-unauthorized', 'answered 403: No'],
    ['no quota', 429, status(429, 'Quota exceeded, limit: 0, model: x', [retryInfo]), 'model-unauthorized', 'limit: 0'],
    ['an unknown model', 404, status(404, 'models/x is not found'), 'model-refused', 'models/x is not found'],
  ])('of one model for %s is noted, and the next model is asked', async (_, code, body, expected, detail) => {
    calls().reply(code, body);
    calls(path.replace('flash', 'pro')).reply(200, said('I may.'));
    expect(await model().ask(question)).toMatchObject({
      text: 'I may.',
      tried: [{ model: 'gemini-flash-latest', code: expected, detail: expect.stringContaining(detail) }],
    });
  });

  it('of every model tells what became of each, and what to do', async () => {
    calls().reply(404, status(404, 'models/gemini-flash-latest is not found.'));
    calls(path.replace('flash', 'pro')).reply(403, status(403, 'Not yours.'));
    const { code, message } = await failure(model().ask(question));
    expect(code).toBe('model-refused');
    expect(message).toBe(
      'gemini-flash-latest: the API answered 404: models/gemini-flash-latest is not found; gemini-pro-latest: the API answered 403: Not yours. Check GEMINI_LADDER and GEMINI_ALLOWED_MODELS, and `models` in the repository’s policy.',
    );
  });

  it('that asks for a longer wait than a worker has is handed on at once, with the wait', async () => {
    calls().reply(429, status(429, 'Quota exceeded', [retryInfo]));
    expect(await failure(model().ask(question))).toMatchObject({ code: 'model-rate-limited', retryAfterMs: 41_500 });
  });

  it('for a short while is waited out', async () => {
    calls().reply(429, status(429, 'Slow down', [{ ...retryInfo, retryDelay: '0.01s' }]));
    calls().reply(200, said('Now.'));
    expect((await model().ask(question)).text).toBe('Now.');
  });

  it.each([
    ['an HTML page', 502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }],
    ['an overloaded model', 503, { error: { message: 'The model is overloaded.' } }, {}],
  ])('by %s is tried three times', async (_, code, body, headers) => {
    calls().times(3).reply(code, body, headers);
    expect(await failure(model().ask(question))).toMatchObject({ code: 'model-unavailable', next: 'retry' });
  });

  it('by the network is tried again, and noted', async () => {
    calls().replyWithError(new Error('socket hang up'));
    calls().reply(200, 'oh no, not JSON', { 'content-type': 'application/json' });
    calls().reply(200, said('At last.'));
    const { text, tried } = await model().ask(question);
    expect(text).toBe('At last.');
    expect(tried.map(({ code, detail }) => [code, detail.split(':')[0]])).toEqual([
      ['model-unavailable', 'the answer did not arrive'],
      ['model-unavailable', 'the answer did not arrive'],
    ]);
  });
});

describe('an answer without a usable reply', () => {
  const finished = (finishReason: string, text = 'Half a') => ({
    candidates: [{ content: { parts: [{ text }] }, finishReason }],
    usageMetadata: { candidatesTokenCount: 3, thoughtsTokenCount: 4 },
  });

  it.each([
    ['SAFETY', finished('SAFETY'), 'model-blocked', 1],
    ['RECITATION', finished('RECITATION'), 'model-blocked', 1],
    ['a blocked prompt', { promptFeedback: { blockReason: 'OTHER' } }, 'model-blocked', 1],
    ['MAX_TOKENS of thoughts', finished('MAX_TOKENS', ''), 'model-cut-off', 2],
    ['an unknown reason', finished('SOMETHING_NEW'), 'model-empty', 2],
    ['no candidate', {}, 'model-empty', 2],
    ['blank text', said(' \n'), 'model-empty', 2],
    ['an unknown shape', { candidates: 'none' }, 'model-reply-malformed', 1],
  ])('%s', async (_, body, code, times) => {
    calls().times(times).reply(200, body);
    expect(await failure(model().ask(question, flash))).toMatchObject({ code });
  });

  it('says after how many tokens it was cut off, and what to do', async () => {
    calls().times(2).reply(200, finished('MAX_TOKENS', ''));
    const { message } = await failure(model().ask(question, flash));
    expect(message).toBe(
      'gemini-flash-latest: stopped with MAX_TOKENS after 7 tokens and without any text. Raise GEMINI_MAX_OUTPUT_TOKENS, or lower GEMINI_THINKING_LEVEL.',
    );
  });

  it('is coded whatever the body says, and no detail is long', async () => {
    const text = fc.oneof(fc.string(), fc.constant('long '.repeat(500)), fc.jsonValue());
    const parts = fc.oneof(fc.array(fc.record({ text, thought: fc.oneof(fc.boolean(), text) })), text);
    const candidate = fc.record({
      content: fc.oneof(fc.record({ parts }), text),
      finishReason: text,
      finishMessage: text,
    });
    const usageMetadata = fc.record({ promptTokenCount: fc.oneof(fc.nat(), text) }, { requiredKeys: [] });
    const answer = fc.record({ candidates: fc.array(candidate), usageMetadata }, { requiredKeys: [] });
    const error = fc.record({ error: fc.record({ message: text, details: fc.oneof(fc.array(text), text) }) });
    const reply = fc.tuple(fc.constantFrom(200, 400, 404, 429), fc.oneof(answer, error, fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(reply, async ([status, body]) => {
        calls().optionally().times(3).reply(status, JSON.stringify(body), { 'content-type': 'application/json' });
        const given = await model()
          .ask(question, flash)
          .catch((thrown: unknown) => thrown);
        nock.cleanAll();
        if (given instanceof SelfHealError)
          expect([given.code, given.message.length < 700]).toEqual([expect.stringMatching(/^model-/), true]);
        else expect(given).toMatchObject({ text: expect.any(String) });
      }),
      { numRuns: 25, seed: 4, examples: [[[200, '']]] },
    );
  });

  it('in a shape that nobody knows is not looked for elsewhere', async () => {
    calls().reply(200, { candidates: 'none' });
    expect(await failure(model().ask(question, ladder))).toMatchObject({ code: 'model-reply-malformed' });
  });
});

it.each([undefined, 3])('asks as many questions at a time as it may: %p', async (concurrency) => {
  let open = 0;
  let most = 0;
  const server = createServer(async (request, response) => {
    most = Math.max(most, ++open);
    for await (const _ of request);
    await sleep(20);
    open -= 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(said('Yes.')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const asked = model({ baseUrl: `http://127.0.0.1:${address.port}`, concurrency });
    const replies = await Promise.all(Array.from({ length: 6 }, () => asked.ask(question)));
    expect(replies).toHaveLength(6);
    expect(most).toBe(concurrency ?? 2);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
