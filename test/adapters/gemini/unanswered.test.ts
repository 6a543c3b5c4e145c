import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { failure, ladder, model, question } from './scene.ts';

/** Takes every question, and answers when the test says so. */
let server: Server;
let url: string;
let open: ServerResponse[] = [];
let heard: (() => void) | undefined;

beforeEach(async () => {
  open = [];
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      open.push(response);
      heard?.();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const here = (options: Parameters<typeof model>[0] = {}) => model({ baseUrl: url, ...options });

async function questionsHeard(count: number): Promise<void> {
  while (open.length < count)
    await new Promise<void>((resolve) => {
      heard = resolve;
    });
}

const say = (response: ServerResponse | undefined, text: string) =>
  response
    ?.setHeader('content-type', 'application/json')
    .end(JSON.stringify({ candidates: [{ content: { parts: [{ text }] }, finishReason: 'STOP' }] }));

const slowDown = (response: ServerResponse | undefined) =>
  response?.writeHead(429, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      error: {
        code: 429,
        message: 'Slow down',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '25s' }],
      },
    }),
  );

it('a model that takes too long is given up, after three tries', async () => {
  const error = await failure(here({ timeoutMs: 20 }).ask(question));
  expect(error).toMatchObject({
    code: 'model-unavailable',
    message: 'gemini-flash-latest: did not answer in time.',
  });
});

describe('a step that ends', () => {
  it('waits for no answer', async () => {
    const ending = new AbortController();
    const given = failure(here().ask(question, ladder, ending.signal));
    await questionsHeard(1);
    ending.abort();
    expect(await given).toMatchObject({ code: 'step-timed-out', next: 'retry' });
    expect(open).toHaveLength(1);
  });

  it('waits for no other try', async () => {
    const ending = new AbortController();
    const given = failure(here().ask(question, ladder, ending.signal));
    await questionsHeard(1);
    open[0]?.on('close', () => setImmediate(() => ending.abort()));
    slowDown(open[0]);
    expect(await given).toMatchObject({ code: 'step-timed-out' });
    expect(open).toHaveLength(1);
  });

  it('waits for no free place, and asks nothing', async () => {
    const asking = here({ concurrency: 1 });
    const first = asking.ask(question);
    await questionsHeard(1);
    const ending = new AbortController();
    const second = failure(asking.ask(question, ladder, ending.signal));
    ending.abort();
    expect(await second).toMatchObject({ code: 'step-timed-out' });
    say(open[0], 'The first.');
    expect((await first).text).toBe('The first.');
    const third = asking.ask(question);
    await questionsHeard(2);
    say(open[1], 'The third.');
    expect((await third).text).toBe('The third.');
    expect(open).toHaveLength(2);
  });

  it('asks nothing when it has ended before', async () => {
    const error = await failure(here().ask(question, ladder, AbortSignal.abort()));
    expect(error.code).toBe('step-timed-out');
    expect(open).toHaveLength(0);
  });

  it('says nothing against the model', async () => {
    const asking = here();
    for (let time = 1; time <= 6; time += 1) {
      const ending = new AbortController();
      const given = failure(asking.ask(question, ladder, ending.signal));
      await questionsHeard(time);
      ending.abort();
      await given;
    }
    const answered = asking.ask(question, ['gemini-flash-latest']);
    await questionsHeard(7);
    say(open[6], 'Still here.');
    expect(await answered).toMatchObject({ text: 'Still here.', tried: [] });
  });
});
