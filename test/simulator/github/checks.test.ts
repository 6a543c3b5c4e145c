import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Hosted, here, host, type Octokit, refusal } from './hosted.ts';

let hosted: Hosted;
let octokit: Octokit;
let sha: string;
beforeAll(async () => {
  hosted = await host({ 'a.txt': 'one\n' });
  octokit = await hosted.installation();
  sha = (await octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref: 'heads/main' })).data.object
    .sha;
});
afterAll(() => hosted.close());

const create = (more: object = {}) =>
  octokit.request('POST /repos/{owner}/{repo}/check-runs', { ...here, name: 'proof', head_sha: sha, ...more });
const annotation = (start_line: number) => ({
  path: 'a.txt',
  start_line,
  end_line: start_line,
  annotation_level: 'warning' as const,
  message: 'Look',
});

describe('check runs', () => {
  it('are made, filled and completed by the App that owns them', async () => {
    const { data: made } = await create({
      status: 'in_progress',
      external_id: 'incident-1',
      output: { title: 'Running', summary: '', annotations: [annotation(1)] },
    });
    expect(made).toMatchObject({
      status: 'in_progress',
      conclusion: null,
      external_id: 'incident-1',
      app: { slug: 'self-heal' },
    });
    const { data: done } = await octokit.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...here,
      check_run_id: made.id,
      conclusion: 'success',
      output: { title: 'Proven', summary: 'red, then green', annotations: [annotation(2)] },
    });
    expect(done).toMatchObject({
      status: 'completed',
      conclusion: 'success',
      output: { title: 'Proven', annotations_count: 2 },
    });
    const { data: suites } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', {
      ...here,
      ref: 'main',
    });
    expect(suites.check_suites).toMatchObject([
      { status: 'completed', conclusion: 'success', latest_check_runs_count: 1 },
    ]);
    await hosted.simulator.github.idle();
    expect(hosted.names()).toEqual(['check_run.created', 'check_run.completed']);
    const person = hosted.person('octocat', 'admin');
    expect(
      await refusal(person.request('POST /repos/{owner}/{repo}/check-runs', { ...here, name: 'x', head_sha: sha })),
    ).toMatchObject({ status: 403, message: 'You must authenticate via a GitHub App.' });
  });

  it('are refused without a commit, without a conclusion, and with too many annotations', async () => {
    expect(await refusal(create({ head_sha: '1'.repeat(40) }))).toMatchObject({
      status: 422,
      message: `No commit found for SHA: ${'1'.repeat(40)}`,
    });
    expect(await refusal(create({ status: 'completed' }))).toMatchObject({ status: 422 });
    const annotations = Array.from({ length: 51 }, (_, i) => annotation(i + 1));
    expect(await refusal(create({ output: { title: 'x', summary: 'x', annotations } }))).toMatchObject({ status: 422 });
  });

  it('show their newest run by name, or all', async () => {
    await create({ name: 'twice', conclusion: 'failure' });
    await create({ name: 'twice', conclusion: 'success' });
    const list = async (filter: 'latest' | 'all') =>
      (
        await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
          ...here,
          ref: sha,
          check_name: 'twice',
          filter,
        })
      ).data.check_runs;
    expect((await list('latest')).map(({ conclusion }) => conclusion)).toEqual(['success']);
    expect(await list('all')).toHaveLength(2);
  });
});

describe('statuses', () => {
  it('add up to the gravest, by context the newest', async () => {
    const post = (state: 'pending' | 'failure' | 'success', context: string) =>
      octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', { ...here, sha, state, context });
    const combined = async () =>
      (await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/status', { ...here, ref: 'main' })).data;
    expect(await combined()).toMatchObject({ state: 'pending', total_count: 0 });
    await post('failure', 'ci/a');
    await post('success', 'ci/b');
    expect(await combined()).toMatchObject({ state: 'failure', total_count: 2 });
    await post('success', 'ci/a');
    expect(await combined()).toMatchObject({ state: 'success', total_count: 2 });
  });
});

describe('commit comments', () => {
  it('are told to the App and listed', async () => {
    hosted.received.splice(0);
    const made = await octokit.request('POST /repos/{owner}/{repo}/commits/{commit_sha}/comments', {
      ...here,
      commit_sha: sha,
      body: 'Why it broke',
    });
    expect(made.status).toBe(201);
    await hosted.simulator.github.idle();
    expect(hosted.names()).toEqual(['commit_comment.created']);
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/commits/{commit_sha}/comments', {
      ...here,
      commit_sha: sha,
    });
    expect(data).toMatchObject([{ body: 'Why it broke', commit_id: sha, user: { login: 'self-heal[bot]' } }]);
  });
});
