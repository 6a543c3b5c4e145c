import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import yauzl from 'yauzl';
import { type Hosted, here, host, type Octokit, refusal } from './hosted.ts';

const ci = `name: CI
on:
  push: { branches: ['**'] }
  pull_request:
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: echo linted
  test:
    name: unit tests
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          echo "seen: $(cat a.txt)"
          grep -q good a.txt
      - uses: actions/upload-artifact@v4
        if: always()
        with: { name: result, path: a.txt }
`;
let hosted: Hosted;
let octokit: Octokit;
beforeAll(async () => {
  hosted = await host({ 'a.txt': 'good\n', '.github/workflows/ci.yml': ci });
  octokit = await hosted.installation();
});
afterAll(() => hosted.close());

async function push(change: { content: string; message?: string; branch?: string }) {
  hosted.received.splice(0);
  const { content, message = 'Change a', branch = 'main' } = change;
  const sha = await hosted.simulator.github.push('octo/demo', { branch, files: { 'a.txt': content }, message });
  await hosted.simulator.github.idle();
  return sha;
}

const runsOf = async (head_sha: string) =>
  (await octokit.request('GET /repos/{owner}/{repo}/actions/runs', { ...here, head_sha })).data.workflow_runs;

/** Octokit's types do not know that an archive comes as bytes. */
async function unzip(bytes: unknown): Promise<Record<string, string>> {
  if (!(bytes instanceof ArrayBuffer)) throw new Error('no archive came');
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes));
  const files: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) {
    files[entry.fileName] = (await buffer(await zip.openReadStreamPromise(entry))).toString();
  }
  return files;
}

describe('a push', () => {
  it('runs its workflows for real and tells of every state on the way', async () => {
    const sha = await push({ content: 'bad\n', message: 'Break it\n\nLong story.' });
    const [run] = await runsOf(sha);
    expect(run).toMatchObject({
      name: 'CI',
      event: 'push',
      status: 'completed',
      conclusion: 'failure',
      display_title: 'Break it',
      run_attempt: 1,
      head_branch: 'main',
    });
    const of = (event: string) => hosted.received.filter((one) => one.event === event);
    expect(of('workflow_run').map(({ action }) => action)).toEqual(['requested', 'in_progress', 'completed']);
    expect(of('workflow_run').map(({ payload }) => Object(payload.workflow_run).status)).toEqual([
      'queued',
      'in_progress',
      'completed',
    ]);
    expect(of('workflow_run').at(-1)?.payload).toMatchObject({
      workflow: { name: 'CI', path: '.github/workflows/ci.yml' },
      workflow_run: {
        id: run?.id,
        conclusion: 'failure',
        head_commit: { id: sha, message: 'Break it\n\nLong story.' },
      },
      repository: { full_name: 'octo/demo' },
      sender: { login: 'octo' },
    });
    expect(
      of('workflow_job')
        .map(({ action }) => action)
        .sort(),
    ).toEqual(['completed', 'completed', 'in_progress', 'in_progress', 'queued', 'queued']);
  });

  it('leaves jobs with steps, logs behind a short-lived address, check runs with annotations, and artifacts', async () => {
    const sha = await push({ content: 'worse\n' });
    const [run] = await runsOf(sha);
    const run_id = Number(run?.id);
    const { data: jobs } = await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', {
      ...here,
      run_id,
    });
    expect(jobs.jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`).sort()).toEqual([
      'lint: success',
      'unit tests: failure',
    ]);
    const failed = jobs.jobs.find(({ conclusion }) => conclusion === 'failure');
    expect(failed?.steps?.find((step) => step.conclusion === 'failure')?.name).toBe('Run echo "seen: $(cat a.txt)"');
    const redirect = await fetch(`${hosted.simulator.url}/api/v3/repos/octo/demo/actions/jobs/${failed?.id}/logs`, {
      headers: { authorization: `token ${hosted.simulator.github.userToken('octocat')}` },
      redirect: 'manual',
    });
    expect(redirect.status).toBe(302);
    const location = redirect.headers.get('location') ?? '';
    const log = await (await fetch(location)).text();
    expect(log).toMatch(/^\uFEFF?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z /);
    expect(log).toContain('seen: worse');
    expect(log).toContain('##[error]Process completed with exit code 1.');
    const forged = location.replace(/sig=./, (signed) => (signed === 'sig=_' ? 'sig=A' : 'sig=_'));
    expect((await fetch(forged)).status).toBe(403);
    const { data: checks } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
      ...here,
      ref: sha,
    });
    expect(checks.check_runs.map(({ name, conclusion, app }) => [name, conclusion, app?.slug]).sort()).toEqual([
      ['lint', 'success', 'github-actions'],
      ['unit tests', 'failure', 'github-actions'],
    ]);
    const { data: annotations } = await octokit.request(
      'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
      { ...here, check_run_id: Number(failed?.id) },
    );
    expect(annotations).toMatchObject([
      { annotation_level: 'failure', message: 'Process completed with exit code 1.' },
    ]);
    const { data: artifacts } = await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
      ...here,
      run_id,
    });
    expect(artifacts.artifacts.map(({ name }) => name)).toEqual(['result']);
    const artifact_id = Number(artifacts.artifacts[0]?.id);
    const zip = await octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
      ...here,
      artifact_id,
      archive_format: 'zip',
    });
    expect(await unzip(zip.data)).toEqual({ 'a.txt': 'worse\n' });
    const logs = await unzip(
      (await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/logs', { ...here, run_id })).data,
    );
    expect(Object.keys(logs)).toEqual(
      expect.arrayContaining(['0_lint.txt', '1_unit tests.txt', 'unit tests/1_Set up job.txt']),
    );
  });

  it.each([
    ['Update\n\n\nskip-checks: true', 0],
    ['Update\n\n\nIncident: 7\nskip-checks: true', 0],
    ['Update [skip ci]', 0],
    ['Update\n\nskip-checks: true and more', 1],
  ])('with the message %j starts %i runs', async (message, count) => {
    const sha = await push({ content: `good ${message.length}\n`, message });
    expect(await runsOf(sha)).toHaveLength(count);
    expect(hosted.names()).toContain('push');
  });

  it('of a broken workflow file is shown as a failed run without jobs', async () => {
    const files = { '.github/workflows/broken.yml': 'on: push\njobs:\n  a: [\n' };
    const sha = await hosted.simulator.github.push('octo/demo', { branch: 'broken', files, message: 'Oops' });
    await hosted.simulator.github.idle();
    const broken = (await runsOf(sha)).find(({ path }) => path.endsWith('broken.yml'));
    expect(broken).toMatchObject({ status: 'completed', conclusion: 'failure', name: '.github/workflows/broken.yml' });
  });
});

describe('running again', () => {
  it('takes only the failed jobs, as a new attempt, with the old one still to be read', async () => {
    const sha = await push({ content: 'again bad\n' });
    const [run] = await runsOf(sha);
    const run_id = Number(run?.id);
    await octokit.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs', { ...here, run_id });
    expect(
      await refusal(octokit.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun', { ...here, run_id })),
    ).toMatchObject({ status: 403, message: 'This workflow is already running' });
    await hosted.simulator.github.idle();
    const { data: again } = await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
      ...here,
      run_id,
    });
    expect(again).toMatchObject({
      run_attempt: 2,
      conclusion: 'failure',
      triggering_actor: { login: 'self-heal[bot]' },
    });
    const jobs = async (attempt_number: number) =>
      (
        await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs', {
          ...here,
          run_id,
          attempt_number,
        })
      ).data.jobs;
    const [first, second] = [await jobs(1), await jobs(2)];
    const id = (list: typeof first, name: string) => list.find((job) => job.name === name)?.id;
    expect(id(second, 'lint')).toBe(id(first, 'lint'));
    expect(id(second, 'unit tests')).not.toBe(id(first, 'unit tests'));
    const all = await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', {
      ...here,
      run_id,
      filter: 'all',
    });
    expect(all.data.total_count).toBe(3);
  });
});

describe('a pull request', () => {
  it('runs on the test merge and is named by its run and checks', async () => {
    const sha = await push({ content: 'good too\n', branch: 'feature' });
    const pull = await octokit.request('POST /repos/{owner}/{repo}/pulls', {
      ...here,
      head: 'feature',
      base: 'main',
      title: 'Feature',
    });
    await hosted.simulator.github.idle();
    const run = (await runsOf(sha)).find(({ event }) => event === 'pull_request');
    expect(run).toMatchObject({
      conclusion: 'success',
      display_title: 'Feature',
      head_branch: 'feature',
      pull_requests: [{ number: pull.data.number }],
    });
  });
});
