// The simulated Gemini behind Vertex AI's paths: the same models, for a project and an access token instead of a key.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startGemini } from '../../../simulator/gemini/server.ts';

let gemini: Awaited<ReturnType<typeof startGemini>>;
beforeAll(async () => {
  gemini = await startGemini({ vertex: { accessToken: 'ya29.right', project: 'demo' } });
});
afterAll(() => gemini.close());

const Answer = z.looseObject({
  error: z.looseObject({ status: z.string(), message: z.string() }).optional(),
  candidates: z.array(z.looseObject({ content: z.looseObject({ parts: z.unknown() }) })).optional(),
  totalTokens: z.number().optional(),
});

async function call(target: string, options: { token?: string | undefined; project?: string; version?: string } = {}) {
  const { token = 'Bearer ya29.right', project = 'demo', version = 'v1beta1' } = options;
  const path = `${version}/projects/${project}/locations/europe-west4/publishers/google/models/${target}`;
  const reply = await fetch(`${gemini.url}/${path}`, {
    method: 'POST',
    body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'why?' }] }] }),
    headers: token === '' ? {} : { authorization: token },
  });
  return { status: reply.status, body: Answer.parse(await reply.json()) };
}

describe('Vertex AI', () => {
  it.each(['v1', 'v1beta1'])('answers and counts under %s, by the same script', async (version) => {
    gemini.reply('because');
    const { body } = await call('gemini-2.5-flash:generateContent', { version });
    expect(body.candidates?.[0]?.content.parts).toEqual([{ text: 'because' }]);
    expect((await call('gemini-2.5-flash:countTokens', { version })).body.totalTokens).toBeGreaterThan(0);
    expect(gemini.calls().at(-1)).toMatchObject({ model: 'gemini-2.5-flash', method: 'countTokens', status: 200 });
  });

  it.each([
    ['no token', { token: '' }, 401, 'UNAUTHENTICATED', 'missing required authentication credential'],
    ['a key for a token', { token: 'AIza' }, 401, 'UNAUTHENTICATED', 'missing required authentication credential'],
    ['another token', { token: 'Bearer ya29.wrong' }, 401, 'UNAUTHENTICATED', 'invalid authentication credentials'],
    ['another project', { project: 'foreign' }, 403, 'PERMISSION_DENIED', 'projects/foreign/locations/europe-west4'],
  ])('refuses %s', async (_, options, status, name, message) => {
    const refused = await call('gemini-2.5-flash:generateContent', options);
    expect(refused).toMatchObject({ status, body: { error: { status: name } } });
    expect(refused.body.error?.message).toContain(message);
  });

  it('does not know other models', async () => {
    const { status, body } = await call('gemini-0:generateContent');
    expect(status).toBe(404);
    expect(body.error?.message).toContain(
      'Publisher Model `projects/demo/locations/europe-west4/publishers/google/models/gemini-0` was not found',
    );
  });

  it('leaves the Gemini API its keys', async () => {
    const reply = await fetch(`${gemini.url}/v1beta/models/gemini-2.5-flash:countTokens`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: 'Bearer ya29.right' },
    });
    expect(reply.status).toBe(403);
  });
});
