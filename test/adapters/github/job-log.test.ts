import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { failure, github, mints, shop } from './scene.ts';
import { type Store, startStore, withoutTls } from './store.ts';

let store: Store;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.close());

const path = '/actions/jobs/9/logs';

function redirected(to = store.url) {
  const { github: plain, shop: plainShop } = withoutTls();
  plainShop().get(path).reply(302, '', { location: to });
  return plain;
}

describe('a job’s log', () => {
  it('is fetched from its signed address without the token', async () => {
    const asked = redirected();
    store.gives(200, '2026-05-04T10:00:00.0000000Z größer\n');
    expect(await asked.jobLog(9, 1_000)).toEqual({ text: '2026-05-04T10:00:00.0000000Z größer\n', truncated: false });
    expect(store.requests).toHaveLength(1);
    expect(store.requests[0]?.headers.authorization).toBeUndefined();
    expect(store.requests[0]?.headers['user-agent']).toBe('self-heal');
  });

  it('that is longer gives its end, from the first whole character', async () => {
    const asked = redirected();
    store.gives(200, `${'x'.repeat(3_000_000)}ö end`);
    expect(await asked.jobLog(9, 5)).toEqual({ text: ' end', truncated: true });
  });

  it.each([404, 410])('that is gone is undefined (%i)', async (status) => {
    mints();
    shop().get(path).reply(status, { message: 'Not Found' });
    expect(await github().jobLog(9, 10)).toBeUndefined();
  });

  it('that is gone from its signed address is undefined', async () => {
    const asked = redirected();
    store.gives(404, 'BlobNotFound');
    expect(await asked.jobLog(9, 10)).toBeUndefined();
  });

  it.each([403, 500])('that its store refuses is worth another try (%i)', async (status) => {
    const asked = redirected();
    store.gives(status, 'no');
    expect(await failure(asked.jobLog(9, 10))).toMatchObject({
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
    expect(await failure(asked.jobLog(9, 10))).toMatchObject({ code: 'github-unavailable' });
  });

  it('may stand at an address relative to the API’s', async () => {
    const asked = redirected('/raw/9');
    nock('http://github.test').get('/raw/9').reply(200, 'log');
    expect(await asked.jobLog(9, 10)).toEqual({ text: 'log', truncated: false });
  });

  it.each(['http://logs.example/log.txt', 'file:///etc/passwd', 'https://'])(
    'is not fetched from %s',
    async (location) => {
      mints();
      shop().get(path).reply(302, '', { location });
      expect(await failure(github().jobLog(9, 10))).toMatchObject({ code: 'github-answer-unreadable' });
    },
  );

  it('that comes without a redirect is refused', async () => {
    mints();
    shop().get(path).reply(200, 'the log');
    expect(await failure(github().jobLog(9, 10))).toMatchObject({ code: 'github-answer-unreadable' });
  });
});
