import { afterEach, describe, expect, it, jest } from '@jest/globals';
import nock from 'nock';
import { factory, failure, github, mints, repository, seen, sha, shop } from './scene.ts';

const path = '/git/ref/heads%2Fmain';
const ref = { object: { sha: sha('a') } };
const head = () => github().branchHead('main');
const attempts = () => seen.filter(({ method }) => method === 'GET').length;

afterEach(() => {
  jest.restoreAllMocks();
});

describe('what GitHub refuses', () => {
  it.each([
    [401, { message: 'Bad credentials' }, 'github-unauthorized', 4],
    [403, { message: 'Resource not accessible by integration' }, 'github-forbidden', 1],
    [409, { message: 'Conflict' }, 'github-refused', 1],
    [422, { message: 'Validation Failed', errors: [{ field: 'body', code: 'too_long' }] }, 'github-refused', 1],
    [451, { message: 'Repository access blocked' }, 'github-forbidden', 1],
  ])('%i stops the work with GitHub’s own words', async (status, body, code, tries) => {
    mints();
    if (status === 401) mints();
    shop().get('/git/trees/x?recursive=true').times(tries).reply(status, body);
    const error = await failure(github().tree('x'));
    expect(error).toMatchObject({ code, next: 'stop', retryAfterMs: undefined });
    expect(error.message).toContain(`GET /repos/acme/shop/git/trees/x was answered ${status}: ${body.message}`);
  });

  it('says which permission is missing', async () => {
    mints();
    shop()
      .post('/issues/3/labels')
      .reply(
        403,
        { message: 'Resource not accessible by integration' },
        { 'x-accepted-github-permissions': 'issues=write' },
      );
    const error = await failure(github().addLabels(3, ['self-heal']));
    expect(error.message).toMatch(/have to include: issues=write\.$/);
  });

  it('is clipped when it is long', async () => {
    mints();
    shop()
      .post('/issues/3/labels')
      .reply(422, { message: 'x'.repeat(10_000) });
    expect((await failure(github().addLabels(3, ['self-heal']))).message.length).toBeLessThan(700);
  });
});

describe('what passes', () => {
  it('a server error is tried three times', async () => {
    mints();
    shop().get(path).times(3).reply(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' });
    expect(await failure(head())).toMatchObject({ code: 'github-unavailable', next: 'retry' });
    expect(attempts()).toBe(3);
  });

  it('a server error that goes away is not noticed', async () => {
    mints();
    shop().get(path).reply(500).get(path).reply(200, ref);
    expect(await head()).toBe(sha('a'));
    expect(seen.map(({ status }) => status)).toEqual([201, 500, 200]);
  });

  it('a broken connection is tried three times, and the error says what broke', async () => {
    mints();
    shop().get(path).times(3).replyWithError(new Error('socket hang up'));
    expect(await failure(head())).toMatchObject({
      code: 'github-unavailable',
      message: 'GET /repos/acme/shop/git/ref/heads%2Fmain got no answer: socket hang up',
    });
    expect(seen.at(-1)).toMatchObject({ status: 0 });
  });

  it('a write that must not happen twice is sent once', async () => {
    mints();
    shop().post('/actions/runs/5/rerun-failed-jobs').reply(502);
    expect(await failure(github().rerunFailedJobs(5))).toMatchObject({ code: 'github-unavailable' });
  });

  it('an answer that does not come is given up after 15 seconds', async () => {
    const waits: number[] = [];
    mints();
    const it = github();
    shop().get(path).reply(200, ref);
    await it.branchHead('main');
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      waits.push(ms);
      return AbortSignal.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    });
    expect(await failure(it.branchHead('main'))).toMatchObject({ code: 'github-unavailable' });
    expect(waits).toEqual([15_000, 15_000, 15_000]);
  });
});

describe('a rate limit', () => {
  const remaining = (seconds: number) => ({
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1_000) + seconds),
  });

  it('that lasts is handed on with the time to come back', async () => {
    mints();
    shop().get(path).reply(403, { message: 'API rate limit exceeded for installation ID 42.' }, remaining(600));
    const error = await failure(head());
    expect(error).toMatchObject({ code: 'github-rate-limited', next: 'retry' });
    expect(error.retryAfterMs).toBeGreaterThan(590_000);
    expect(error.retryAfterMs).toBeLessThan(610_000);
    expect(attempts()).toBe(1);
  });

  it('for writing too fast is waited out while it is short', async () => {
    mints();
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    shop().get(path).twice().reply(403, { message }, { 'retry-after': '2' });
    shop().get(path).reply(200, ref);
    expect(await head()).toBe(sha('a'));
  });

  it('that does not end after two waits is handed on', async () => {
    mints();
    const message = 'You have exceeded a secondary rate limit.';
    shop().get(path).times(3).reply(429, { message }, { 'retry-after': '3' });
    expect(await failure(head())).toMatchObject({ code: 'github-rate-limited', retryAfterMs: 3_000 });
  });

  it('without a time is a minute', async () => {
    mints();
    shop().get(path).reply(429, { message: 'Too many requests' });
    expect(await failure(head())).toMatchObject({ code: 'github-rate-limited', retryAfterMs: 60_000 });
  });
});

describe('an answer', () => {
  it('in an unknown shape is named with the field', async () => {
    mints();
    shop()
      .get(path)
      .reply(200, { object: { sha: 'main' } });
    const error = await failure(head());
    expect(error.code).toBe('github-answer-unreadable');
    expect(error.message).toContain('/repos/acme/shop/git/ref/heads%2Fmain');
    expect(error.message).toContain('object.sha');
  });

  it('that broke off is worth another try', async () => {
    mints();
    shop().get(path).reply(200, '{"object": {"sha"', { 'content-type': 'application/json; charset=utf-8' });
    expect(await failure(head())).toMatchObject({ code: 'github-unavailable' });
  });

  it('of a page instead of the API is not readable', async () => {
    mints();
    shop().get(path).reply(200, '<html>Log in</html>', { 'content-type': 'text/html' });
    expect(await failure(head())).toMatchObject({ code: 'github-answer-unreadable' });
  });
});

it('speaks to a GitHub Enterprise Server under its own paths', async () => {
  const server = 'https://github.example/api/v3';
  nock(server)
    .post('/app/installations/42/access_tokens')
    .reply(201, { token: 'ghs_x', expires_at: '2999-01-01T00:00:00Z' });
  nock(server).get(`/repos/acme/shop${path}`).reply(200, ref);
  nock('https://github.example')
    .post('/api/graphql')
    .reply(200, { data: { repository: { file0: null } } });
  const it = factory({ baseUrl: `${server}/` })(repository, { contents: 'read' });
  expect(await it.branchHead('main')).toBe(sha('a'));
  expect(await it.files(sha('a'), ['a.py'], 10)).toEqual(new Map());
  expect(seen.map(({ route }) => route)).toContain('/graphql');
});
