import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Hosted, here, host, type Octokit, refusal } from './hosted.ts';

let hosted: Hosted;
let owner: Octokit;
let mona: Octokit;
let app: Octokit;
beforeAll(async () => {
  hosted = await host({ 'a.txt': 'one\n' });
  app = await hosted.installation();
  owner = hosted.person('octo', 'admin');
  mona = hosted.person('mona', 'write');
});
afterAll(() => hosted.close());

const rules = `/repos/octo/demo/branches/main/protection`;
const allow = (allow_auto_merge: boolean) =>
  owner.request('PATCH /repos/{owner}/{repo}', { ...here, allow_auto_merge });
const protect = (contexts: string[], approvals: number | null = null) =>
  owner.request(`PUT ${rules}`, {
    required_status_checks: contexts.length > 0 ? { strict: false, contexts } : null,
    enforce_admins: false,
    required_pull_request_reviews: approvals === null ? null : { required_approving_review_count: approvals },
    restrictions: null,
  });
const unprotect = () => owner.request(`DELETE ${rules}`).catch(() => undefined);

let count = 0;
async function open() {
  count += 1;
  const branch = `fix-${count}`;
  const files = { [`${branch}.txt`]: 'fixed\n' };
  const sha = await hosted.simulator.github.push('octo/demo', { branch, files, message: `Fix ${count}` });
  const wanted = { ...here, head: branch, base: 'main', title: `Fix ${count}`, body: 'Closes nothing' };
  const { data } = await app.request('POST /repos/{owner}/{repo}/pulls', wanted);
  return { id: data.node_id, number: data.number, sha, branch };
}
type Opened = Awaited<ReturnType<typeof open>>;

const get = async ({ number }: Opened) =>
  (await app.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...here, pull_number: number })).data;
const check = (sha: string, conclusion: 'success' | 'failure', name = 'test') =>
  app.request('POST /repos/{owner}/{repo}/check-runs', { ...here, name, head_sha: sha, conclusion });
const review = ({ number }: Opened, event: 'APPROVE' | 'REQUEST_CHANGES', by = mona) =>
  by.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...here,
    pull_number: number,
    event,
    body: 'Seen',
  });
const enabling =
  'mutation($input: EnablePullRequestAutoMergeInput!) { enablePullRequestAutoMerge(input: $input) { pullRequest { number autoMergeRequest { mergeMethod enabledBy { login } } } } }';
const disabling =
  'mutation($input: DisablePullRequestAutoMergeInput!) { disablePullRequestAutoMerge(input: $input) { clientMutationId } }';
const Refused = z.object({ errors: z.array(z.object({ type: z.string(), message: z.string() })).length(1) });
const enable = (pull: Opened, more: object = {}, by = app) =>
  by.graphql(enabling, { input: { pullRequestId: pull.id, mergeMethod: 'SQUASH', ...more } });
const disable = (pull: Opened, by = app) => by.graphql(disabling, { input: { pullRequestId: pull.id } });
const why = async (answer: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await answer.then(
    () => ({}),
    (error: unknown) => error,
  );
  const [{ type, message } = { type: '', message: '' }] = Refused.parse(thrown).errors;
  return `${type}: ${message}`;
};
const sent = (action: string) => hosted.received.filter((one) => one.event === 'pull_request' && one.action === action);

beforeEach(async () => {
  await allow(true);
  await protect(['test']);
  hosted.received.splice(0);
});

describe('enabling auto-merge', () => {
  it('shows who wants it and how, and waits', async () => {
    const pull = await open();
    const message = { commitHeadline: 'fix: it (#1)', commitBody: 'Because.' };
    expect(await enable(pull, { ...message, expectedHeadOid: pull.sha })).toMatchObject({
      enablePullRequestAutoMerge: {
        pullRequest: {
          number: pull.number,
          autoMergeRequest: { mergeMethod: 'SQUASH', enabledBy: { login: 'self-heal' } },
        },
      },
    });
    expect(await get(pull)).toMatchObject({
      state: 'open',
      mergeable_state: 'blocked',
      auto_merge: {
        enabled_by: { login: 'self-heal[bot]' },
        merge_method: 'squash',
        commit_title: 'fix: it (#1)',
        commit_message: 'Because.',
      },
    });
    await hosted.simulator.github.idle();
    expect(sent('auto_merge_enabled')).toHaveLength(1);
    expect(sent('closed')).toEqual([]);
  });

  it('is refused as github.com refuses it', async () => {
    const pull = await open();
    expect(await why(enable(pull, { expectedHeadOid: 'f'.repeat(40) }))).toBe(
      "UNPROCESSABLE: Head sha didn't match expected head sha",
    );
    await allow(false);
    expect(await why(enable(pull))).toBe('UNPROCESSABLE: Auto merge is not allowed for this repository');
    await allow(true);
    await unprotect();
    expect(await why(enable(pull))).toBe(
      'UNPROCESSABLE: Pull request Protected branch rules not configured for this branch',
    );
    await protect(['test']);
    await check(pull.sha, 'failure', 'lint');
    await check(pull.sha, 'success');
    expect(await why(enable(pull))).toBe('UNPROCESSABLE: Pull request Pull request is in unstable status');
    const green = await open();
    await check(green.sha, 'success');
    expect(await why(enable(green))).toBe('UNPROCESSABLE: Pull request Pull request is in clean status');
  });

  it('takes the permission to write contents and pull requests', async () => {
    const pull = await open();
    const onlyPulls = await hosted.installation({ permissions: { pull_requests: 'write', contents: 'read' } });
    expect(await why(enable(pull, {}, onlyPulls))).toBe('FORBIDDEN: Resource not accessible by integration');
    expect(await why(enable(pull, {}, hosted.person('rita', 'read')))).toMatch(/^FORBIDDEN/);
  });
});

describe('with auto-merge enabled', () => {
  it('a pull request merges once the required check is green, in the name of whoever enabled it', async () => {
    const pull = await open();
    await enable(pull, { commitHeadline: `fix: it (#${pull.number})`, commitBody: 'Because.' });
    await check(pull.sha, 'failure');
    await hosted.simulator.github.idle();
    expect(await get(pull)).toMatchObject({ state: 'open' });
    await check(pull.sha, 'success');
    await hosted.simulator.github.idle();
    expect(await get(pull)).toMatchObject({ merged: true, merged_by: { login: 'self-heal[bot]' } });
    const main = await app.request('GET /repos/{owner}/{repo}/commits/{ref}', { ...here, ref: 'main' });
    expect(main.data.commit.message).toBe(`fix: it (#${pull.number})\n\nBecause.`);
    expect(sent('closed')).toHaveLength(1);
  });

  it('it waits for approvals where they are demanded; only there a request for changes is in the way', async () => {
    await protect(['test'], 1);
    const pull = await open();
    await enable(pull);
    await check(pull.sha, 'success');
    await hosted.simulator.github.idle();
    await review(pull, 'REQUEST_CHANGES');
    await hosted.simulator.github.idle();
    // Nobody switched it off: GitHub does not, either.
    expect(await get(pull)).toMatchObject({ state: 'open', auto_merge: { merge_method: 'squash' } });
    await review(pull, 'APPROVE');
    await hosted.simulator.github.idle();
    expect(await get(pull)).toMatchObject({ merged: true });

    await protect(['test']);
    const other = await open();
    await enable(other);
    await review(other, 'REQUEST_CHANGES');
    await check(other.sha, 'success');
    await hosted.simulator.github.idle();
    expect(await get(other)).toMatchObject({ merged: true });
  });

  it('it stays open once that was disabled, or it was closed', async () => {
    const pull = await open();
    await enable(pull);
    await disable(pull, mona);
    expect(await why(disable(pull))).toBe("UNPROCESSABLE: Can't disable auto-merge for this pull request.");
    await check(pull.sha, 'success');
    await hosted.simulator.github.idle();
    expect(await get(pull)).toMatchObject({ state: 'open', auto_merge: null });
    expect(sent('auto_merge_disabled')).toHaveLength(1);
  });
});

describe('rules of a branch', () => {
  it('hold whoever merges by hand, but administrators', async () => {
    const pull = await open();
    const merge = (by: Octokit) =>
      by.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { ...here, pull_number: pull.number });
    expect(await refusal(merge(mona))).toMatchObject({
      status: 405,
      message: 'Required status check "test" is expected.',
    });
    expect((await merge(owner)).data).toMatchObject({ merged: true });
  });

  it('are set by administrators, and shown to them', async () => {
    await protect(['test', 'lint'], 2);
    const { data } = await owner.request(`GET ${rules}`);
    expect(data).toMatchObject({
      required_status_checks: { strict: false, contexts: ['test', 'lint'] },
      required_pull_request_reviews: { required_approving_review_count: 2 },
      enforce_admins: { enabled: false },
    });
    expect(await refusal(mona.request(`GET ${rules}`))).toMatchObject({ status: 403 });
    await unprotect();
    expect(await refusal(owner.request(`GET ${rules}`))).toMatchObject({
      status: 404,
      message: 'Branch not protected',
    });
  });
});
