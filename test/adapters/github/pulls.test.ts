import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { markdown, title } from '../../../src/text/outbound.ts';
import { api, failure, github, mints, seen, sha, shop } from './scene.ts';

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

  const wanted = { title: title`[self-heal] x`, body: markdown`B`, head: 'self-heal/abc', base: 'main', draft: true };
  const sent = { ...wanted, body: 'B' };
  const exists = {
    message: 'Validation Failed',
    errors: [
      { resource: 'PullRequest', code: 'custom', message: 'A pull request already exists for acme:self-heal/abc.' },
    ],
  };

  it('is opened', async () => {
    shop().post('/pulls', sent).reply(201, rawPull(4));
    expect(await github().openPull(wanted)).toEqual(open);
  });

  it('that is open already is the one', async () => {
    shop().post('/pulls', sent).reply(422, exists);
    ofBranch(rawPull(4));
    expect(await github().openPull(wanted)).toEqual(open);
  });

  it('without any commit is refused in GitHub’s words', async () => {
    shop()
      .post('/pulls', sent)
      .reply(422, { message: 'Validation Failed', errors: [{ message: 'No commits between main and self-heal/abc' }] });
    const error = await failure(github().openPull(wanted));
    expect(error.code).toBe('github-refused');
    expect(error.message).toContain('No commits between');
  });

  it('is changed', async () => {
    shop().patch('/pulls/4', { body: 'B', state: 'closed' }).reply(200, rawPull(4));
    await github().updatePull(4, { body: markdown`B`, state: 'closed' });
  });

  it('has reviews, and comments on lines with their threads', async () => {
    shop()
      .get('/pulls/4/reviews?page=1&per_page=100')
      .reply(200, [
        { id: 1, user: user('ann'), state: 'CHANGES_REQUESTED', body: 'No.', commit_id: sha('a') },
        { id: 2, user: user('ci[bot]', 'Bot'), state: 'COMMENTED', body: '' },
        { id: 3, user: null, state: 'APPROVED', body: null, commit_id: null },
      ]);
    const ann = { user: user('ann'), pull_request_review_id: 1, diff_hunk: '@@ -1 +1 @@\n+b' };
    const lines = { line: 7, original_line: 5, start_line: 6, original_start_line: 4 };
    const outdated = { line: null, original_line: 3, start_line: null, original_start_line: 2 };
    shop()
      .get('/pulls/4/comments?sort=created&direction=desc&page=1&per_page=100')
      .reply(200, [
        { id: 14, user: null, path: 'a.py', line: 7, in_reply_to_id: 11, body: 'because' },
        { ...ann, id: 13, path: 'c.py', line: null, original_line: 1, subject_type: 'file', body: 'the file' },
        { ...ann, id: 12, path: 'b.py', ...outdated, body: 'old' },
        { ...ann, id: 11, path: 'a.py', ...lines, subject_type: 'line', body: 'why?' },
      ]);
    const ofAnn = { reviewId: 1, author: 'ann', authorIsBot: false, diffHunk: '@@ -1 +1 @@\n+b' };
    const ghost = { reviewId: null, author: 'ghost', authorIsBot: false, diffHunk: '' };
    expect(await github().reviews(4)).toEqual({
      reviews: [
        { id: 1, author: 'ann', authorIsBot: false, state: 'CHANGES_REQUESTED', body: 'No.', commitSha: sha('a') },
        { id: 2, author: 'ci[bot]', authorIsBot: true, state: 'COMMENTED', body: '', commitSha: null },
        { id: 3, author: 'ghost', authorIsBot: false, state: 'APPROVED', body: '', commitSha: null },
      ],
      comments: [
        { ...ofAnn, id: 11, threadId: 11, path: 'a.py', line: 7, startLine: 6, body: 'why?' },
        { ...ofAnn, id: 12, threadId: 12, path: 'b.py', line: 3, startLine: 2, body: 'old' },
        { ...ofAnn, id: 13, threadId: 13, path: 'c.py', line: null, startLine: null, body: 'the file' },
        { ...ghost, id: 14, threadId: 11, path: 'a.py', line: 7, startLine: null, body: 'because' },
      ],
    });
  });

  it('without reviews needs one request', async () => {
    shop().get('/pulls/4/reviews?page=1&per_page=100').reply(200, []);
    expect(await github().reviews(4)).toEqual({ reviews: [], comments: [] });
    expect(seen).toHaveLength(2);
  });
});

describe('a reply in a thread', () => {
  const thread = { pullNumber: 4, commentId: 11 };
  const body = '<!-- self-heal:abc/round-1/11 -->\nDone.';
  const replies = '/pulls/4/comments/11/replies';
  const listed = '/pulls/4/comments?sort=created&direction=desc&page=1&per_page=100';
  const comment = (login: string, text: string) => ({
    id: 15,
    user: user(login, 'Bot'),
    body: text,
    html_url: 'https://github.com/c/15',
  });
  const app = () =>
    nock(api, { reqheaders: { authorization: /^bearer / } })
      .get('/app')
      .reply(200, { id: 7, slug: 'self-heal' });
  const answered = (known?: 'nowhere') =>
    github().replyToReview(thread, 'abc/round-1/11', markdown`Done.`, ...(known ? [known] : []));

  it('is written without looking where it is known to be nowhere', async () => {
    shop().post(replies, { body }).reply(201, comment('self-heal[bot]', body));
    expect(await answered('nowhere')).toBe('https://github.com/c/15');
  });

  it('is written where only somebody else quotes its marker', async () => {
    app();
    shop()
      .get(listed)
      .reply(200, [comment('mallory', body)]);
    shop().post(replies, { body }).reply(201, comment('self-heal[bot]', body));
    expect(await answered()).toBe('https://github.com/c/15');
  });

  it('that is there is left as it is', async () => {
    app();
    shop()
      .get(listed)
      .reply(200, [comment('self-heal[bot]', body)]);
    expect(await answered()).toBe('https://github.com/c/15');
  });

  it('is none where people deleted the thread', async () => {
    shop().post(replies).reply(404, { message: 'Not Found' });
    expect(await answered('nowhere')).toBeUndefined();
  });

  it('whose writing got no answer is not written twice', async () => {
    shop().post(replies).reply(502);
    expect(await failure(answered('nowhere'))).toMatchObject({ code: 'github-unavailable' });
  });
});
