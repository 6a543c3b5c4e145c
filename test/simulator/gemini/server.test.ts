// The simulated Gemini as Google's own SDK sees it: answers, streams, counts, vectors, errors and faults.

import { ApiError, type GenerateContentParameters, type GoogleGenAI } from '@google/genai';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGemini } from '../../../simulator/gemini/server.ts';
import { sdk as connect } from './sdk.ts';

let gemini: Awaited<ReturnType<typeof startGemini>>;
let sdk: GoogleGenAI;

beforeEach(async () => {
  gemini = await startGemini();
  sdk = connect(gemini.url);
});
afterEach(() => gemini.close());

const generate = (change: Partial<GenerateContentParameters> = {}) =>
  sdk.models.generateContent({ model: 'gemini-flash-latest', contents: 'why?', ...change });

async function apiError(call: Promise<unknown>): Promise<{ status: number; message: string; details: unknown[] }> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  const { message, details = [] } = JSON.parse(error.message).error;
  return { status: error.status, message, details };
}

async function raw(path: string, body: string, headers: Record<string, string> = { 'x-goog-api-key': 'k' }) {
  const reply = await fetch(`${gemini.url}${path}`, { method: 'POST', body, headers });
  return { status: reply.status, type: reply.headers.get('content-type'), text: await reply.text() };
}

const hello = JSON.stringify({ contents: [{ parts: [{ text: 'hello' }] }] });
const path = '/v1beta/models/gemini-flash-latest:generateContent';

describe('generateContent', () => {
  it('answers with a candidate, its usage and the model behind the alias', async () => {
    gemini.reply('because');
    const reply = await generate({ config: { systemInstruction: 'Be short.' } });
    expect(reply.text).toBe('because');
    expect(reply.candidates?.[0]).toMatchObject({ finishReason: 'STOP', index: 0, content: { role: 'model' } });
    expect(reply.modelVersion).toBe('gemini-3.5-flash');
    expect(reply.responseId).toMatch(/^[\w-]{20,}$/);
    const usage = reply.usageMetadata;
    expect(usage?.promptTokenCount).toBeGreaterThan(0);
    expect(usage?.totalTokenCount).toBe((usage?.promptTokenCount ?? 0) + (usage?.candidatesTokenCount ?? 0));
    expect(gemini.calls()).toMatchObject([
      {
        model: 'gemini-flash-latest',
        method: 'generateContent',
        prompt: 'Be short.\n\nwhy?',
        status: 200,
        answeredBy: 'reply()',
      },
    ]);
  });

  it('cuts a reply at maxOutputTokens and at a stop sequence, as the model would', async () => {
    gemini.reply('one two three four five six');
    const cut = await generate({ config: { maxOutputTokens: 2 } });
    expect(cut.candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
    expect('one two three four five six').toContain(cut.text);
    expect(cut.text?.length).toBeLessThan(15);
    gemini.reply('one END two');
    expect((await generate({ config: { stopSequences: ['END'] } })).text).toBe('one ');
  });

  it('takes the key from the query too, and refuses a call without one', async () => {
    gemini.reply('yes');
    expect((await raw(`${path}?key=k`, hello, {})).status).toBe(200);
    const refused = await raw(path, hello, {});
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.text).error).toMatchObject({ code: 403, status: 'PERMISSION_DENIED' });
  });

  it('refuses a wrong key as Google does, when it was told the right one', async () => {
    const locked = await startGemini({ apiKey: 'right' });
    const client = connect(locked.url, 'wrong');
    const error = await apiError(client.models.countTokens({ model: 'gemini-flash-latest', contents: 'x' }));
    await locked.close();
    expect(error.status).toBe(400);
    expect(error.details).toContainEqual(expect.objectContaining({ reason: 'API_KEY_INVALID' }));
  });

  it('does not know other models, nor generation by an embedding model', async () => {
    const unknown = await apiError(generate({ model: 'gemini-none' }));
    expect(unknown.status).toBe(404);
    expect(unknown.message).toMatch(/^models\/gemini-none is not found for API version v1/);
    expect((await apiError(generate({ model: 'gemini-embedding-001' }))).status).toBe(404);
    expect((await raw('/v1beta/models/gemini-flash-latest:dance', hello)).status).toBe(404);
  });

  it.each([
    [{ contents: [] }, '* GenerateContentRequest.contents: contents is not specified\n'],
    [{ contents: [{ role: 'system', parts: [{ text: 'a' }] }] }, 'Please use a valid role: user, model.'],
    [{ contents: [{ parts: [] }] }, '* GenerateContentRequest.contents[0].parts: contents.parts must not be empty.\n'],
    [
      { contents: [{ parts: [{}] }] },
      "* GenerateContentRequest.contents[0].parts[0].data: required oneof field 'data' must have one initialized field\n",
    ],
    [
      { contents: [{ parts: [{ text: 'a', foo: 1 }] }] },
      'Invalid JSON payload received. Unknown name "foo" at \'contents[0].parts[0]\': Cannot find field.',
    ],
    [{ contents: [{ parts: [{ text: 1 }] }] }, "Invalid value at 'contents[0].parts[0].text' (TYPE_STRING), 1"],
    [
      { contents: [{ parts: [{ text: 'a' }] }], generation_config: { tempo: 1 } },
      'Invalid JSON payload received. Unknown name "tempo" at \'generation_config\': Cannot find field.',
    ],
    [
      {
        contents: [{ parts: [{ text: 'a' }] }],
        generationConfig: { responseSchema: { properties: { a: { type: 'STRING' }, b: { const: 1 } } } },
      },
      'Invalid JSON payload received. Unknown name "const" at \'generation_config.response_schema.properties[1].value\': Cannot find field.',
    ],
    [
      { contents: [{ parts: [{ text: 'a' }] }], generationConfig: { responseJsonSchema: {} } },
      '* GenerateContentRequest.generation_config.response_schema: only allowed when response_mime_type is set to application/json or text/x.enum.\n',
    ],
  ])('refuses %j in the words of the API', async (body, message) => {
    gemini.reply('never');
    const reply = await raw(path, JSON.stringify(body));
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text).error).toMatchObject({ status: 'INVALID_ARGUMENT', message });
    expect(gemini.leftovers()).toEqual(['reply()']);
  });

  it.each([
    ['gemini-pro-latest', 'minimal'],
    ['gemini-2.5-flash', 'low'],
  ])('refuses to let %s think at a level that it has not: %s', async (model, thinkingLevel) => {
    const body = JSON.stringify({
      contents: [{ parts: [{ text: 'a' }] }],
      generationConfig: { thinkingConfig: { thinkingLevel } },
    });
    expect((await raw(`/v1beta/models/${model}:generateContent`, body)).status).toBe(400);
  });

  it('takes fields in snake_case, null for absent, and one value for a list, as the API does', async () => {
    gemini.reply('yes');
    const body = { contents: { parts: { text: 'a' } }, system_instruction: null, generation_config: { top_p: 0.5 } };
    expect((await raw(path, JSON.stringify(body))).status).toBe(200);
  });

  it('refuses what is not JSON, and more than 20 MB', async () => {
    expect(JSON.parse((await raw(path, '{"contents')).text).error.message).toMatch(/^Invalid JSON payload received\./);
    const large = await raw(path, JSON.stringify({ contents: [{ parts: [{ text: 'x'.repeat(21 * 1024 * 1024) }] }] }));
    expect(large.status).toBe(400);
    expect(large.text).toContain('Request payload size exceeds the limit: 20971520 bytes.');
  });
});

describe('structured output', () => {
  const config = {
    responseMimeType: 'application/json',
    responseJsonSchema: { type: 'object', properties: { cause: { type: 'string' } }, required: ['cause'] },
  };

  it('passes a reply that fits the schema', async () => {
    gemini.reply('{"cause":"x"}');
    expect((await generate({ config })).text).toBe('{"cause":"x"}');
  });

  it.each([
    ['no JSON', 'is not JSON'],
    ['{"cause":1}', 'reply/cause must be string'],
  ])('calls the reply %j an error of the script', async (text, message) => {
    gemini.reply(text);
    const error = await apiError(generate({ config }));
    expect(error.status).toBe(400);
    expect(error.message).toContain(message);
  });

  it("holds replies to OpenAPI's subset in responseSchema", async () => {
    const responseSchema = {
      type: 'OBJECT',
      properties: { cause: { type: 'STRING', nullable: true }, lines: { type: 'ARRAY', items: { type: 'INTEGER' } } },
      required: ['cause', 'lines'],
    };
    const body = JSON.stringify({
      contents: [{ parts: [{ text: 'a' }] }],
      generationConfig: { responseMimeType: 'application/json', responseSchema },
    });
    gemini.reply('{"cause":null,"lines":[1]}');
    gemini.reply('{"cause":null,"lines":["1"]}');
    expect((await raw(path, body)).status).toBe(200);
    expect((await raw(path, body)).text).toContain('reply/lines/0 must be integer');
  });
});

describe('streamGenerateContent', () => {
  it('streams the whole reply in chunks, the last of which says why it ended', async () => {
    const text = 'añ😀\n'.repeat(300);
    gemini.reply(text);
    const reasons: unknown[] = [];
    let received = '';
    for await (const chunk of await sdk.models.generateContentStream({ model: 'gemini-pro-latest', contents: 'x' })) {
      received += chunk.text ?? '';
      reasons.push(chunk.candidates?.[0]?.finishReason);
    }
    expect(received).toBe(text);
    expect(reasons.length).toBeGreaterThan(2);
    expect(reasons.filter((reason) => reason !== undefined)).toEqual(['STOP']);
  });

  it('is a JSON array without alt=sse', async () => {
    gemini.reply('a'.repeat(1000));
    const reply = await raw('/v1beta/models/gemini-flash-latest:streamGenerateContent', hello);
    expect(JSON.parse(reply.text)).toHaveLength(3);
    gemini.fault({ kind: 'unavailable' });
    const failed = await raw('/v1beta/models/gemini-flash-latest:streamGenerateContent', hello);
    expect(JSON.parse(failed.text)).toMatchObject([{ error: { code: 503 } }]);
  });

  it('breaks off after the first chunk when told to hang up', async () => {
    gemini.reply('a'.repeat(1000));
    gemini.fault({ kind: 'hang-up' });
    let received = '';
    const reading = (async () => {
      for await (const chunk of await sdk.models.generateContentStream({ model: 'gemini-pro-latest', contents: 'x' }))
        received += chunk.text ?? '';
    })();
    await expect(reading).rejects.toThrow();
    expect(received).toHaveLength(400);
  });
});

describe('counting, embedding, listing', () => {
  it('counts tokens', async () => {
    const { totalTokens } = await sdk.models.countTokens({ model: 'gemini-flash-latest', contents: 'why is it red' });
    expect(totalTokens).toBe(4);
  });

  it('embeds a batch in the wanted dimensions', async () => {
    const { embeddings } = await sdk.models.embedContent({
      model: 'gemini-embedding-001',
      contents: ['one', 'two'],
      config: { outputDimensionality: 64, taskType: 'SEMANTIC_SIMILARITY' },
    });
    expect(embeddings?.map(({ values }) => values?.length)).toEqual([64, 64]);
    const single = await raw(
      '/v1beta/models/gemini-embedding-001:embedContent',
      '{"content":{"parts":[{"text":"one"}]},"outputDimensionality":64}',
    );
    expect(JSON.parse(single.text).embedding.values).toEqual(embeddings?.[0]?.values);
  });

  it('lists models page by page and gets one', async () => {
    const names: (string | undefined)[] = [];
    for await (const model of await sdk.models.list({ config: { pageSize: 2 } })) names.push(model.name);
    expect(names).toEqual(expect.arrayContaining(['models/gemini-flash-latest', 'models/gemini-embedding-001']));
    expect((await sdk.models.get({ model: 'gemini-pro-latest' })).outputTokenLimit).toBe(65_536);
    expect((await apiError(sdk.models.get({ model: 'none' }))).status).toBe(404);
  });
});

describe('faults', () => {
  it('asks to retry later in RetryInfo', async () => {
    gemini.fault({ kind: 'rate-limit', delayMs: 1500 });
    gemini.reply('then');
    const error = await apiError(generate());
    expect(error.status).toBe(429);
    expect(error.details).toContainEqual({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.5s' });
    expect((await generate()).text).toBe('then');
  });

  it('keeps the scripted reply for the call after the fault', async () => {
    gemini.reply('{"a":[1,2,3]}');
    gemini.fault({ kind: 'malformed-json' });
    gemini.fault({ kind: 'max-tokens' });
    const config = { responseMimeType: 'application/json' };
    const malformed = await generate({ config });
    expect(malformed.candidates?.[0]?.finishReason).toBe('STOP');
    expect(() => JSON.parse(malformed.text ?? '')).toThrow();
    expect((await generate({ config })).candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
    expect((await generate({ config })).text).toBe('{"a":[1,2,3]}');
  });

  it('gives the rest to who sends back how the reply began', async () => {
    gemini.reply('The whole story.');
    gemini.fault({ kind: 'max-tokens' });
    const { text = '' } = await generate();
    const contents = [
      { role: 'user', parts: [{ text: 'why?' }] },
      { role: 'model', parts: [{ text }] },
      { role: 'user', parts: [{ text: 'Go on.' }] },
    ];
    expect([text, (await generate({ contents })).text]).toEqual(['The whol', 'e story.']);
  });

  it('fails only the model that it is meant for', async () => {
    gemini.fault({ kind: 'no-quota', model: 'gemini-pro-latest' });
    gemini.reply('yes');
    expect((await generate()).text).toBe('yes');
    const error = await apiError(generate({ model: 'gemini-pro-latest' }));
    expect([error.status, error.message]).toEqual([429, expect.stringContaining('limit: 0')]);
  });

  it('thinks without end, and recites', async () => {
    gemini.fault({ kind: 'all-thoughts' });
    const thought = await generate({ config: { maxOutputTokens: 900 } });
    expect(thought.candidates?.[0]?.finishReason).toBe('MAX_TOKENS');
    expect([thought.text, thought.usageMetadata?.thoughtsTokenCount]).toEqual([undefined, 900]);
    gemini.fault({ kind: 'recitation' });
    expect((await generate()).candidates?.[0]).toMatchObject({ finishReason: 'RECITATION' });
  });

  it('answers without text for safety, a blocked prompt and an empty candidate', async () => {
    for (const kind of ['safety', 'blocked-prompt', 'empty'] as const) gemini.fault({ kind });
    expect((await generate()).candidates?.[0]).toMatchObject({ finishReason: 'SAFETY' });
    const blocked = await generate();
    expect([blocked.candidates, blocked.promptFeedback?.blockReason]).toEqual([undefined, 'PROHIBITED_CONTENT']);
    const empty = await generate();
    expect([empty.text, empty.candidates?.[0]?.finishReason]).toEqual([undefined, 'STOP']);
  });

  it('breaks the connection, is slow, and touches only the calls it is meant for', async () => {
    gemini.fault({ kind: 'hang-up' });
    await expect(generate()).rejects.not.toBeInstanceOf(ApiError);
    gemini.fault({ kind: 'unavailable', on: 'embed' });
    gemini.fault({ kind: 'slow', delayMs: 30 });
    gemini.reply('late');
    expect((await generate()).text).toBe('late');
    const embed = sdk.models.embedContent({ model: 'gemini-embedding-001', contents: 'x' });
    expect((await apiError(embed)).status).toBe(503);
    expect(gemini.calls().map(({ status }) => status)).toEqual([0, 200, 503]);
  });

  it('can be asked for over HTTP, and a fault that does not exist is refused', async () => {
    expect((await raw('/_simulator/faults', '{"kind":"unavailable","times":2}')).status).toBe(204);
    for (const _ of [1, 2]) expect((await apiError(generate())).status).toBe(503);
    expect((await raw('/_simulator/faults', '{"kind":"rain"}')).status).toBe(400);
    await raw('/_simulator/replies', '{"text":"queued","match":"^why"}');
    expect((await generate()).text).toBe('queued');
    const calls = await fetch(`${gemini.url}/_simulator/calls`);
    expect(await calls.json()).toHaveLength(3);
  });
});
