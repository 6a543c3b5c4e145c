import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Octokit } from '@octokit/core';
import nock from 'nock';
import { streamed } from '../../../src/adapters/github/download.ts';
import { failure, github, mints, shop } from './scene.ts';
import { type Store, startStore, withoutTls } from './store.ts';

let store: Store;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.close());

const path = '/actions/jobs/9/logs';

/** What came, as text; undefined where there is no log. */
async function read(log: Promise<AsyncIterable<Uint8Array> | undefined>): Promise<string | undefined> {
  const stream = await log;
  return stream && text(stream);
}

function redirected(to = store.url) {
  const { github: plain, shop: plainShop } = withoutTls();
  plainShop().get(path).reply(302, '', { location: to });
  return plain;
}

describe('a job’s log', () => {
  it('is fetched from its signed address without the token', async () => {
    const asked = redirected();
    store.gives(200, '2026-05-04T10:00:00.0000000Z größer\n');
    expect(await read(asked.jobLog(9))).toBe('2026-05-04T10:00:00.0000000Z größer\n');
    expect(store.requests).toHaveLength(1);
    expect(store.requests[0]?.headers.authorization).toBeUndefined();
    expect(store.requests[0]?.headers['user-agent']).toBe('self-heal');
  });

  it('comes while it is being sent', async () => {
    const asked = redirected();
    const sent = Promise.withResolvers<void>();
    store.answers(async (_, response) => {
      response.write('first\n');
      await sent.promise;
      response.end('last\n');
    });
    const stream = await asked.jobLog(9);
    const pieces: string[] = [];
    for await (const bytes of stream ?? []) {
      pieces.push(Buffer.from(bytes).toString());
      sent.resolve();
    }
    expect(pieces).toEqual(['first\n', 'last\n']);
  });

  it('that was packed for the way is unpacked', async () => {
    const asked = redirected();
    store.answers((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('größer\n')));
    expect(await read(asked.jobLog(9))).toBe('größer\n');
  });

  it('that nobody reads to its end is not sent to its end', async () => {
    const asked = redirected();
    const closed = Promise.withResolvers<void>();
    store.answers(async (_, response) => {
      response.once('close', closed.resolve);
      while (!response.destroyed)
        if (!response.write('x'.repeat(65_536))) await Promise.race([once(response, 'drain'), closed.promise]);
    });
    for await (const bytes of (await asked.jobLog(9)) ?? []) {
      expect(bytes.byteLength).toBeGreaterThan(0);
      break;
    }
    await closed.promise;
  });

  it('ends with the step that reads it', async () => {
    const asked = redirected();
    store.answers((_, response) => void response.writeHead(200).write('half'));
    const step = new AbortController();
    const stream = await asked.jobLog(9, step.signal);
    const reading = read(Promise.resolve(stream));
    step.abort();
    expect(await failure(reading)).toMatchObject({ code: 'github-unavailable' });
  });

  it.each([404, 410])('that is gone is undefined (%i)', async (status) => {
    mints();
    shop().get(path).reply(status, { message: 'Not Found' });
    expect(await read(github().jobLog(9))).toBeUndefined();
  });

  it('that is gone from its signed address is undefined', async () => {
    const asked = redirected();
    store.gives(404, 'BlobNotFound');
    expect(await read(asked.jobLog(9))).toBeUndefined();
  });

  it.each([403, 500])('that its store refuses is worth another try (%i)', async (status) => {
    const asked = redirected();
    store.gives(status, 'no');
    expect(await failure(read(asked.jobLog(9)))).toMatchObject({
      code: 'github-unavailable',
      message: `The download behind /api/v3/repos/acme/shop/actions/jobs/9/logs was answered ${status}.`,
    });
  });

  it('whose connection breaks half-way is worth another try', async () => {
    const asked = redirected();
    store.answers((_, response) => {
      response.writeHead(200, { 'content-length': '100000' });
      response.write('half', () => response.destroy());
    });
    expect(await failure(read(asked.jobLog(9)))).toMatchObject({ code: 'github-unavailable' });
  });

  it('may stand at an address relative to the API’s', async () => {
    const asked = redirected('/raw/9');
    nock('http://github.test').get('/raw/9').reply(200, 'log');
    expect(await read(asked.jobLog(9))).toBe('log');
  });

  it.each(['http://logs.example/log.txt', 'file:///etc/passwd', 'https://'])(
    'is not fetched from %s',
    async (location) => {
      mints();
      shop().get(path).reply(302, '', { location });
      expect(await failure(read(github().jobLog(9)))).toMatchObject({ code: 'github-answer-unreadable' });
    },
  );

  it('that comes without a redirect is refused', async () => {
    mints();
    shop().get(path).reply(200, 'the log');
    expect(await failure(read(github().jobLog(9)))).toMatchObject({ code: 'github-answer-unreadable' });
  });
});

describe('a stream', () => {
  const connection = (): Parameters<typeof streamed>[0] => ({
    ...{ octokit: new Octokit(), owner: 'acme', repo: 'shop', botLogin: async () => 'x', retryBaseMs: 1 },
    ...{ allowsPlainHttp: true, repositoryId: {} },
  });
  const redirect = () => ({ data: '', status: 302, url: 'http://github.test/logs', headers: { location: store.url } });

  it('is read as far as its limit', async () => {
    nock.enableNetConnect('127.0.0.1');
    store.gives(200, 'x'.repeat(200_000));
    const bounds = { idleTimeoutMs: 10_000, longestStreamBytes: 100_001 };
    expect(await read(streamed(connection(), redirect(), undefined, bounds))).toHaveLength(100_001);
  });

  it('that falls silent is given up', async () => {
    nock.enableNetConnect('127.0.0.1');
    store.answers((_, response) => void response.writeHead(200).write('half'));
    const bounds = { idleTimeoutMs: 20, longestStreamBytes: 100 };
    expect(await failure(read(streamed(connection(), redirect(), undefined, bounds)))).toMatchObject({
      code: 'github-unavailable',
      message: expect.stringContaining('nothing came for 0.02 seconds'),
    });
  });
});
