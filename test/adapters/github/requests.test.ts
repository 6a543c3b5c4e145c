import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { Remembered } from '../../../src/adapters/github/remembered.ts';
import type { NewCheckRun } from '../../../src/ports.ts';
import { markdown, title } from '../../../src/text/outbound.ts';
import { api, factory, failure, mints, repository, sha, shop } from './scene.ts';

const issue = (state: string) => ({ state, labels: [] });
const path = '/issues/3';

describe('a request that is made again', () => {
  it('asks whether anything changed, and costs nothing if not', async () => {
    mints();
    shop().get(path).reply(200, issue('open'), { etag: 'W/"one"' });
    shop().get(path).matchHeader('if-none-match', 'W/"one"').twice().reply(304);
    shop().get(path).matchHeader('if-none-match', 'W/"one"').reply(200, issue('closed'), { etag: 'W/"two"' });
    const make = factory();
    const github = make(repository, { contents: 'read' });
    const states = [];
    for (let time = 1; time <= 3; time += 1) states.push((await github.issue(3))?.state);
    // What one step has seen the next one of the same permissions knows.
    mints();
    states.push((await make(repository, { contents: 'read' }).issue(3))?.state);
    expect(states).toEqual(['open', 'open', 'open', 'closed']);
    expect(github.requests()).toEqual({ sent: 1, unchanged: 2, mints: 1, revocations: 0 });
  });

  it('shows nothing that another token was shown', async () => {
    const make = factory();
    mints();
    shop().get(path).reply(200, issue('open'), { etag: 'W/"one"' });
    await make(repository, { contents: 'read' }).issue(3);
    mints('ghs_second');
    nock(`${api}/repos/acme/shop`, { badheaders: ['if-none-match'] })
      .get(path)
      .reply(200, issue('closed'));
    expect(await make(repository, { issues: 'read' }).issue(3)).toMatchObject({ state: 'closed' });
  });

  it('is remembered within bounds, the least used forgotten first', () => {
    const remembered = new Remembered();
    const large = 'x'.repeat(3_900_000);
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
      remembered.keep(key, 'W/"1"', [large]);
      expect(remembered.data('a')).toEqual([large]);
    }
    remembered.keep('g', 'W/"1"', [large]);
    expect(['a', 'b', 'g'].map((key) => remembered.etag(key))).toEqual(['W/"1"', undefined, 'W/"1"']);
    remembered.keep('huge', 'W/"1"', [large, large]);
    expect(remembered.etag('huge')).toBeUndefined();
  });
});

it('every attempt is counted, and each token apart', async () => {
  const make = factory();
  mints();
  shop().get(path).reply(502);
  shop().get(path).reply(200, issue('open'));
  const github = make(repository, { issues: 'read' });
  expect(github.requests()).toEqual({ sent: 0, unchanged: 0, mints: 0, revocations: 0 });
  await github.issue(3);
  expect(github.requests()).toEqual({ sent: 2, unchanged: 0, mints: 1, revocations: 0 });
  expect(make(repository, { issues: 'read' }).requests()).toEqual({ sent: 0, unchanged: 0, mints: 0, revocations: 0 });
});

describe('a change that GraphQL makes at once', () => {
  const ref = { object: { sha: sha('b') } };
  const check: NewCheckRun = {
    name: title`proof`,
    headSha: sha('c'),
    conclusion: 'success',
    title: title`P`,
    summary: markdown`S`,
    externalId: 'x',
  };
  const wanted = { title: title`T`, body: markdown`B`, head: 'self-heal/fix', base: 'main', draft: false };

  /** An adapter that has learnt the repository's id from an answer. */
  async function knowing() {
    mints();
    graphql({ data: { repository: { id: 'R_1', file0: null } } });
    const github = factory()(repository, { contents: 'write' });
    await github.files(sha('a'), ['a.py'], 10);
    return github;
  }
  const graphql = (answer: object, body?: (sent: Record<string, unknown>) => boolean) =>
    nock(api).post('/graphql', body).reply(200, answer);
  const refusal = (message: string, type?: string) => ({
    data: null,
    errors: [{ message, ...(type ? { type } : {}) }],
  });

  it('moves a branch from where it is expected', async () => {
    const github = await knowing();
    const update = { name: 'refs/heads/self-heal/fix', beforeOid: sha('b'), afterOid: sha('c'), force: true };
    const variables = { input: { repositoryId: 'R_1', refUpdates: [update] } };
    graphql({ data: { updateRefs: { clientMutationId: null } } }, (sent) => {
      expect(sent.variables).toEqual(variables);
      return true;
    });
    await github.setBranch('self-heal/fix', sha('c'), { expectedSha: sha('b') });
  });

  it.each(["Field 'updateRefs' doesn't exist on type 'Mutation'", 'Reference update failed'])(
    'is made the long way when GitHub says: %s',
    async (message) => {
      const github = await knowing();
      graphql(refusal(message));
      shop().get('/git/ref/heads%2Fself-heal%2Ffix').reply(200, ref);
      shop()
        .patch('/git/refs/heads%2Fself-heal%2Ffix')
        .reply(200, { object: { sha: sha('c') } });
      await github.setBranch('self-heal/fix', sha('c'), { expectedSha: sha('b') });
    },
  );

  it('never moves a branch that somebody else has moved', async () => {
    const github = await knowing();
    graphql(refusal('Reference update failed'));
    shop()
      .get('/git/ref/heads%2Fself-heal%2Ffix')
      .reply(200, { object: { sha: sha('d') } });
    expect(await failure(github.setBranch('self-heal/fix', sha('c'), { expectedSha: sha('b') }))).toMatchObject({
      code: 'github-refused',
    });
  });

  it('waits when GitHub asks it to', async () => {
    const github = await knowing();
    const reset = Math.floor(Date.now() / 1_000) + 600;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    nock(api).post('/graphql').reply(200, refusal('slow down', 'RATE_LIMITED'), headers);
    const error = await failure(github.setBranch('self-heal/fix', sha('c'), { expectedSha: sha('b') }));
    expect(error.code).toBe('github-rate-limited');
    expect(error.retryAfterMs).toBeGreaterThan(590_000);
  });

  it('opens a pull request with its check', async () => {
    const github = await knowing();
    const pullRequest = {
      ...{ number: 4, url: 'https://github.com/acme/shop/pull/4', isDraft: false },
      ...{ headRefOid: sha('c'), baseRefName: 'main' },
    };
    graphql({ data: { check: {}, pull: { pullRequest } } });
    expect(await github.openPull(wanted, check)).toMatchObject({ number: 4, headSha: sha('c'), state: 'open' });
  });

  const move = { sha: sha('c'), expectedSha: sha('b') };
  const there = { number: 4, html_url: 'https://github.com/acme/shop/pull/4', merged_at: null, draft: false };
  const raw = (head: string) => ({ ...there, state: 'open', head: { sha: head }, base: { ref: 'main' } });
  const atHead = (head: string) => ({
    ...there,
    url: there.html_url,
    isDraft: false,
    headRefOid: head,
    baseRefName: 'main',
  });

  it('opens a pull request with its check, and moves its branch before, in one request', async () => {
    const github = await knowing();
    const refUpdates = [{ name: 'refs/heads/self-heal/fix', beforeOid: sha('b'), afterOid: sha('c'), force: true }];
    graphql({ data: { move: {}, check: {}, pull: { pullRequest: atHead(sha('c')) } } }, (sent) => {
      expect(sent.variables).toMatchObject({ move: { repositoryId: 'R_1', refUpdates } });
      expect(String(sent.query)).toMatch(/updateRefs[\s\S]*createCheckRun[\s\S]*createPullRequest/);
      return true;
    });
    expect(await github.openPull(wanted, check, move)).toMatchObject({ number: 4, headSha: sha('c') });
  });

  it('moves the branch the long way when only that was refused, and finds the pull request open', async () => {
    const github = await knowing();
    const answer = { data: { move: null, check: {}, pull: { pullRequest: atHead(sha('b')) } } };
    graphql({ ...answer, errors: [{ message: 'Something went wrong' }] });
    graphql({ data: { updateRefs: { clientMutationId: null } } });
    shop().post('/check-runs').reply(201, { id: 1 });
    shop().post('/pulls').reply(422, { message: 'A pull request already exists for acme:self-heal/fix.' });
    shop()
      .get('/pulls')
      .query(true)
      .reply(200, [raw(sha('c'))]);
    expect(await github.openPull(wanted, check, move)).toMatchObject({ number: 4, headSha: sha('c') });
  });

  it('leaves no pull request open on a branch that somebody else has moved', async () => {
    const github = await knowing();
    const answer = { data: { move: null, check: {}, pull: { pullRequest: atHead(sha('d')) } } };
    graphql({ ...answer, errors: [{ message: 'Reference update failed' }] });
    graphql(refusal('Reference update failed'));
    shop()
      .get('/git/ref/heads%2Fself-heal%2Ffix')
      .reply(200, { object: { sha: sha('d') } });
    shop()
      .get('/pulls')
      .query(true)
      .reply(200, [raw(sha('d'))]);
    shop()
      .patch('/pulls/4', { state: 'closed' })
      .reply(200, raw(sha('d')));
    expect(await failure(github.openPull(wanted, check, move))).toMatchObject({ code: 'github-refused' });
  });

  it('opens it in REST’s words when GraphQL refuses, and without the repository’s id', async () => {
    const raw = {
      ...{ number: 4, html_url: 'https://github.com/acme/shop/pull/4', state: 'open', merged_at: null, draft: false },
      ...{ head: { sha: sha('c') }, base: { ref: 'main' } },
    };
    const github = await knowing();
    graphql(refusal('A pull request already exists for acme:fix.', 'UNPROCESSABLE'));
    mints();
    const fresh = factory()(repository, { contents: 'write' });
    for (const one of [github, fresh]) {
      shop().post('/check-runs').reply(201, { id: 1 });
      shop().post('/pulls').reply(201, raw);
      expect(await one.openPull(wanted, check)).toMatchObject({ number: 4 });
    }
  });
});
