import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Hosted, here, host, type Octokit, refusal } from './hosted.ts';

let hosted: Hosted;
let octokit: Octokit;
let mona: Octokit;
beforeAll(async () => {
  hosted = await host({ 'a.txt': 'one\n', 'b.txt': 'one\n' });
  octokit = await hosted.installation();
  mona = hosted.person('mona', 'write');
});
afterAll(() => hosted.close());

const push = (branch: string, files: Record<string, string>, message = `Work on ${branch}`) =>
  hosted.simulator.github.push('octo/demo', { branch, files, message });
const open = async (head: string, more: object = {}) =>
  (
    await octokit.request('POST /repos/{owner}/{repo}/pulls', {
      ...here,
      head,
      base: 'main',
      title: `About ${head}`,
      ...more,
    })
  ).data;
const get = async (pull_number: number) =>
  (await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...here, pull_number })).data;
const merge = (pull_number: number, more: object = {}, by = mona) =>
  by.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { ...here, pull_number, ...more });

describe('opening', () => {
  it('shows what the branch changes, once per branch', async () => {
    const sha = await push('first', { 'a.txt': 'two\n' });
    const pull = await open('first', { body: 'Because', draft: true });
    expect(pull).toMatchObject({
      state: 'open',
      draft: true,
      mergeable: true,
      mergeable_state: 'draft',
      commits: 1,
      changed_files: 1,
      additions: 1,
      deletions: 1,
    });
    expect(pull).toMatchObject({
      user: { login: 'self-heal[bot]' },
      head: { ref: 'first', sha, label: 'octo:first' },
      base: { ref: 'main' },
    });
    expect(await refusal(open('first'))).toMatchObject({ status: 422, message: 'Validation Failed' });
    const listed = await octokit.request('GET /repos/{owner}/{repo}/pulls', { ...here, head: 'octo:first' });
    expect(listed.data.map(({ number }) => number)).toEqual([pull.number]);
    const diff = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...here,
      pull_number: pull.number,
      mediaType: { format: 'diff' },
    });
    expect(diff.data).toContain('diff --git a/a.txt b/a.txt');
    const { data: files } = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
      ...here,
      pull_number: pull.number,
    });
    expect(files).toMatchObject([{ filename: 'a.txt', patch: '@@ -1 +1 @@\n-one\n+two' }]);
    const { data: commits } = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', {
      ...here,
      pull_number: pull.number,
    });
    expect(commits.map((commit) => commit.sha)).toEqual([sha]);
  });

  it.each([
    ['a branch that is not there', { head: 'gone' }],
    ['a branch without commits of its own', { head: 'main' }],
    ['another owner’s branch', { head: 'stranger:main' }],
  ])('is refused for %s', async (_, more) => {
    expect(await refusal(open(more.head))).toMatchObject({ status: 422 });
  });

  it('follows its branch and closes with it', async () => {
    await push('moving', { 'a.txt': 'three\n' });
    const { number } = await open('moving');
    const sha = await push('moving', { 'a.txt': 'four\n' });
    expect((await get(number)).head.sha).toBe(sha);
    await hosted.simulator.github.idle();
    expect(hosted.names()).toContain('pull_request.synchronize');
    await octokit.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...here, ref: 'heads/moving' });
    expect(await get(number)).toMatchObject({ state: 'closed', merged: false });
  });
});

describe('merging', () => {
  it('brings the change to the base branch, closes what the body says, and tells everybody', async () => {
    const { data: issue } = await mona.request('POST /repos/{owner}/{repo}/issues', { ...here, title: 'Bug' });
    const head = await push('fix', { 'fix.txt': 'fixed\n' });
    const { number } = await open('fix', { body: `Fixes #${issue.number}` });
    expect(await refusal(merge(number, { sha: '0'.repeat(40) }))).toMatchObject({ status: 409 });
    await hosted.simulator.github.idle();
    hosted.received.splice(0);
    const { data } = await merge(number, { sha: head });
    const pull = await get(number);
    expect(pull).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: data.sha,
      merged_by: { login: 'mona' },
    });
    const { data: commit } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}', { ...here, ref: 'main' });
    expect(commit).toMatchObject({
      sha: data.sha,
      commit: { message: `Merge pull request #${number} from octo/fix\n\nAbout fix`, committer: { name: 'GitHub' } },
    });
    expect(commit.parents.map(({ sha }) => sha)).toContain(head);
    await hosted.simulator.github.idle();
    expect(hosted.names()).toEqual(expect.arrayContaining(['pull_request.closed', 'push', 'issues.closed']));
    expect(hosted.received.find(({ event }) => event === 'pull_request')?.payload).toMatchObject({
      pull_request: { merged: true },
    });
    const after = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
      ...here,
      issue_number: issue.number,
    });
    expect(after.data).toMatchObject({ state: 'closed', state_reason: 'completed' });
  });

  it('can squash and rebase', async () => {
    await push('squash', { 's.txt': '1\n' }, 'One');
    await push('squash', { 's.txt': '2\n' }, 'Two');
    const squashed = await open('squash');
    await merge(squashed.number, { merge_method: 'squash' });
    const { data: top } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}', { ...here, ref: 'main' });
    expect(top.commit.message).toBe(`About squash (#${squashed.number})\n\n* One\n\n* Two`);
    expect(top.parents).toHaveLength(1);
    const { data: base } = await octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
      ...here,
      ref: 'heads/main',
    });
    await push('rebase', { 'r.txt': '1\n' }, 'Rebased');
    await push('main', { 'other.txt': '1\n' }, 'Meanwhile');
    const rebased = await open('rebase');
    await merge(rebased.number, { merge_method: 'rebase' });
    const { data: log } = await octokit.request('GET /repos/{owner}/{repo}/commits', { ...here, per_page: 3 });
    expect(log.map(({ commit }) => commit.message.split('\n')[0])).toEqual([
      'Rebased',
      'Meanwhile',
      top.commit.message.split('\n')[0],
    ]);
    expect(log[2]?.sha).toBe(base.object.sha);
  });

  it('is refused while there are conflicts, and to those who may not', async () => {
    await push('clash', { 'b.txt': 'mine\n' });
    await push('main', { 'b.txt': 'theirs\n' });
    const { number } = await open('clash');
    expect(await get(number)).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    expect(await refusal(merge(number))).toMatchObject({ status: 405, message: 'Pull Request is not mergeable' });
    expect(await refusal(merge(number, {}, hosted.person('reader', 'read')))).toMatchObject({ status: 403 });
  });
});

describe('reviewing', () => {
  it('tells the App of decisions and of comments on the diff', async () => {
    await push('review', { 'a.txt': 'reviewed\n' });
    const { number } = await open('review');
    await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
      ...here,
      pull_number: number,
      reviewers: ['mona'],
    });
    await hosted.simulator.github.idle();
    hosted.received.splice(0);
    const reviews = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
    const comments = [{ path: 'a.txt', line: 1, body: 'Why?' }];
    await mona.request(reviews, { ...here, pull_number: number, event: 'REQUEST_CHANGES', body: 'Not yet', comments });
    await mona.request(reviews, { ...here, pull_number: number, event: 'APPROVE' });
    await hosted.simulator.github.idle();
    expect(hosted.names().sort()).toEqual([
      'pull_request_review.submitted',
      'pull_request_review.submitted',
      'pull_request_review_comment.created',
    ]);
    expect(hosted.received.find(({ event }) => event === 'pull_request_review')?.payload).toMatchObject({
      review: { state: expect.stringMatching(/changes_requested|approved/) },
    });
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...here,
      pull_number: number,
    });
    expect(data.map(({ state, user }) => [state, user?.login])).toEqual([
      ['CHANGES_REQUESTED', 'mona'],
      ['APPROVED', 'mona'],
    ]);
    const { data: threads } = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      ...here,
      pull_number: number,
    });
    const reply = await octokit.request(
      'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies',
      { ...here, pull_number: number, comment_id: threads[0]?.id ?? 0, body: 'Because.' },
    );
    expect(reply.data).toMatchObject({ in_reply_to_id: threads[0]?.id, path: 'a.txt' });
    expect((await get(number)).requested_reviewers).toEqual([]);
    const own = octokit.request(reviews, { ...here, pull_number: number, event: 'APPROVE' });
    expect(await refusal(own)).toMatchObject({ status: 422, message: 'Can not approve your own pull request' });
  });
});

describe('a comment on a line', () => {
  const comments = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments';
  const replies = `${comments}/{comment_id}/replies` as const;
  const text = (changes: Record<number, string> = {}) =>
    Array.from({ length: 12 }, (_, i) => `${changes[i + 1] ?? `line ${i + 1}`}\n`).join('');
  const listed = async (pull_number: number, more: object = {}) =>
    (await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', { ...here, pull_number, ...more }))
      .data;

  async function commented(branch: string) {
    await push('main', { 'long.txt': text() });
    await push(branch, { 'long.txt': text({ 3: 'three', 4: 'four' }) });
    const { number, head } = await open(branch);
    const on = { ...here, pull_number: number, commit_id: head.sha, path: 'long.txt' };
    return { number, on, first: (await mona.request(comments, { ...on, line: 4, start_line: 3, body: 'Why?' })).data };
  }

  it('quotes the diff up to the line, and comes with a review that says nothing else', async () => {
    const { number, on, first } = await commented('quoted');
    expect(first).toMatchObject({ line: 4, original_line: 4, start_line: 3, side: 'RIGHT', subject_type: 'line' });
    expect(first.diff_hunk.split('\n').slice(-2)).toEqual(['+three', '+four']);
    expect(first).not.toHaveProperty('in_reply_to_id');
    const deleted = await mona.request(comments, { ...on, line: 3, side: 'LEFT', body: 'Keep it.' });
    expect(deleted.data.diff_hunk.split('\n').at(-1)).toBe('-line 3');
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...here,
      pull_number: number,
    });
    expect(data).toMatchObject([
      { id: first.pull_request_review_id, state: 'COMMENTED', body: '', user: { login: 'mona' } },
      { id: deleted.data.pull_request_review_id, state: 'COMMENTED' },
    ]);
    expect(await refusal(mona.request(comments, { ...on, line: 12, body: 'x' }))).toMatchObject({ status: 422 });
    expect(await refusal(mona.request(comments, { ...on, path: 'b.txt', line: 1, body: 'x' }))).toMatchObject({
      status: 422,
    });
  });

  it('is answered in its thread, by its first comment, and listed in the order that is asked for', async () => {
    const { number, first } = await commented('answered');
    const at = { ...here, pull_number: number };
    await hosted.simulator.github.idle();
    hosted.received.splice(0);
    const reply = await octokit.request(replies, { ...at, comment_id: first.id, body: 'Because.' });
    expect(reply.data).toMatchObject({ in_reply_to_id: first.id, line: 4, diff_hunk: first.diff_hunk });
    expect(reply.data.pull_request_review_id).not.toBe(first.pull_request_review_id);
    await hosted.simulator.github.idle();
    expect(hosted.names().sort()).toEqual(['pull_request_review.submitted', 'pull_request_review_comment.created']);
    const toReply = octokit.request(replies, { ...at, comment_id: reply.data.id, body: 'x' });
    expect(await refusal(toReply)).toMatchObject({ status: 422 });
    expect(await refusal(octokit.request(replies, { ...at, comment_id: 1, body: 'x' }))).toMatchObject({ status: 404 });
    expect((await listed(number)).map(({ id }) => id)).toEqual([first.id, reply.data.id]);
    const newest = await listed(number, { sort: 'created', direction: 'desc', per_page: 1 });
    expect(newest.map(({ id }) => id)).toEqual([reply.data.id]);
  });

  it('goes where its line goes, and is outdated once the line was changed', async () => {
    const { number, first } = await commented('moving');
    const head = await push('moving', { 'long.txt': `new\n${text({ 3: 'three', 4: 'four', 11: 'eleven' })}` });
    expect(await listed(number)).toMatchObject([
      { line: 5, start_line: 4, original_line: 4, commit_id: head, original_commit_id: first.original_commit_id },
    ]);
    await push('moving', { 'long.txt': `new\n${text({ 3: 'three', 4: '4' })}` });
    expect(await listed(number)).toMatchObject([{ line: null, original_line: 4, commit_id: head }]);
  });
});
