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
