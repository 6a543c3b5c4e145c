import { beforeEach, describe, expect, it } from '@jest/globals';
import { failure, github, mints, seen, sha, shop } from './scene.ts';

beforeEach(() => {
  mints();
});

const user = (login: string, type = 'User') => ({ login, type, id: 1 });
const rawPull = (number: number, more: object = {}) => ({
  number,
  html_url: `https://github.com/acme/shop/pull/${number}`,
  state: 'open',
  merged_at: null,
  merge_commit_sha: sha('e'),
  draft: true,
  head: { ref: 'self-heal/abc', sha: sha('a') },
  base: { ref: 'main', sha: sha('b') },
  ...more,
});
const open = {
  number: 4,
  url: 'https://github.com/acme/shop/pull/4',
  state: 'open',
  merged: false,
  mergedSha: null,
  mergedAt: null,
  closedBy: null,
  headSha: sha('a'),
  baseBranch: 'main',
  draft: true,
};
const mergedAt = '2026-05-04T10:00:00Z';
const merged = rawPull(4, { state: 'closed', merged_at: mergedAt, merged_by: user('ann'), draft: false });
const ofBranch = (...pulls: object[]) =>
  shop()
    .get('/pulls')
    .query({ head: 'acme:self-heal/abc', state: 'all', sort: 'created', direction: 'desc', per_page: 30 })
    .reply(200, pulls);

describe('a pull request', () => {
  it('that is open is read', async () => {
    shop().get('/pulls/4').reply(200, rawPull(4));
    expect(await github().pull(4)).toEqual(open);
  });

  it('that was merged says by whom and as what', async () => {
    shop().get('/pulls/4').reply(200, merged);
    expect(await github().pull(4)).toMatchObject({
      state: 'closed',
      merged: true,
      mergedSha: sha('e'),
      mergedAt: new Date(mergedAt),
      closedBy: 'ann',
    });
  });

  it('that was closed says by whom', async () => {
    shop()
      .get('/pulls/4')
      .reply(200, rawPull(4, { state: 'closed' }));
    shop()
      .get('/issues/4')
      .reply(200, { state: 'closed', closed_by: user('bob'), labels: [] });
    expect(await github().pull(4)).toMatchObject({ state: 'closed', merged: false, mergedSha: null, closedBy: 'bob' });
  });

  it('that is not there is undefined', async () => {
    shop().get('/pulls/4').reply(404, { message: 'Not Found' });
    expect(await github().pull(4)).toBeUndefined();
  });

  it('of a branch is the open one', async () => {
    ofBranch(rawPull(9, { state: 'closed' }), rawPull(4));
    expect(await github().pullOfBranch('self-heal/abc')).toEqual(open);
  });

  it('of a branch is else the newest, read as a whole', async () => {
    ofBranch(rawPull(4, { state: 'closed', merged_at: mergedAt }), rawPull(2, { state: 'closed' }));
    shop().get('/pulls/4').reply(200, merged);
    expect(await github().pullOfBranch('self-heal/abc')).toMatchObject({ number: 4, closedBy: 'ann' });
  });

  it('of a branch without one is undefined', async () => {
    ofBranch();
    expect(await github().pullOfBranch('self-heal/abc')).toBeUndefined();
  });

  const wanted = { title: '[self-heal] x', body: 'B', head: 'self-heal/abc', base: 'main', draft: true };
  const exists = {
    message: 'Validation Failed',
    errors: [
      { resource: 'PullRequest', code: 'custom', message: 'A pull request already exists for acme:self-heal/abc.' },
    ],
  };

  it('is opened', async () => {
    shop().post('/pulls', wanted).reply(201, rawPull(4));
    expect(await github().openPull(wanted)).toEqual(open);
  });

  it('that is open already is the one', async () => {
    shop().post('/pulls', wanted).reply(422, exists);
    ofBranch(rawPull(4));
    expect(await github().openPull(wanted)).toEqual(open);
  });

  it('without any commit is refused in GitHub’s words', async () => {
    shop()
      .post('/pulls', wanted)
      .reply(422, { message: 'Validation Failed', errors: [{ message: 'No commits between main and self-heal/abc' }] });
    const error = await failure(github().openPull(wanted));
    expect(error.code).toBe('github-refused');
    expect(error.message).toContain('No commits between');
  });

  it('is changed', async () => {
    shop().patch('/pulls/4', { body: 'B', state: 'closed' }).reply(200, rawPull(4));
    await github().updatePull(4, { body: 'B', state: 'closed' });
  });

  it('has reviews with their remarks', async () => {
    shop()
      .get('/pulls/4/reviews?page=1&per_page=100')
      .reply(200, [
        { id: 1, user: user('ann'), state: 'CHANGES_REQUESTED', body: 'No.', commit_id: sha('a') },
        { id: 2, user: user('ci[bot]', 'Bot'), state: 'COMMENTED', body: '', commit_id: sha('a') },
        { id: 3, user: null, state: 'APPROVED', body: null, commit_id: null },
      ]);
    shop()
      .get('/pulls/4/comments?page=1&per_page=100')
      .reply(200, [
        { pull_request_review_id: 1, path: 'a.py', line: 7, original_line: 5, body: 'why?' },
        { pull_request_review_id: 1, path: 'b.py', line: null, original_line: 3, body: 'old' },
        { pull_request_review_id: 1, path: 'c.py', line: null, original_line: null, body: 'the file' },
        { pull_request_review_id: null, path: 'd.py', line: 1, body: 'alone' },
      ]);
    expect(await github().reviews(4)).toEqual([
      {
        id: 1,
        author: 'ann',
        authorIsBot: false,
        state: 'CHANGES_REQUESTED',
        body: 'No.',
        commitSha: sha('a'),
        remarks: ['a.py:7: why?', 'b.py:3: old', 'c.py: the file'],
      },
      { id: 2, author: 'ci[bot]', authorIsBot: true, state: 'COMMENTED', body: '', commitSha: sha('a'), remarks: [] },
      { id: 3, author: 'ghost', authorIsBot: false, state: 'APPROVED', body: '', commitSha: '', remarks: [] },
    ]);
  });

  it('without reviews needs one request', async () => {
    shop().get('/pulls/4/reviews?page=1&per_page=100').reply(200, []);
    expect(await github().reviews(4)).toEqual([]);
    expect(seen).toHaveLength(2);
  });
});
