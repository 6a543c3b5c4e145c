import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSimulator } from '../../../simulator/start.ts';
import { type Hosted, here, host, writeFiles } from './hosted.ts';

const files = {
  '.github/workflows/nightly.yml': `name: Nightly
on:
  schedule: [{ cron: '0 3 * * *' }, { cron: '0 4 * * *' }]
jobs:
  make:
    runs-on: ubuntu-latest
    outputs: { id: '\${{ steps.keep.outputs.artifact-id }}' }
    steps:
      - run: |
          echo "made for \${{ github.event.schedule }}" > note.txt
          echo "### Made" >> "$GITHUB_STEP_SUMMARY"
      - uses: actions/upload-artifact@v4
        id: keep
        with: { name: note, path: note.txt }
  use:
    needs: make
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with: { name: note }
      - run: |
          echo "artifact \${{ needs.make.outputs.id }}: $(cat note.txt)"
          test "$GITHUB_RUN_ATTEMPT" -gt 1
`,
  '.github/workflows/ci.yml': `name: CI
on: push
jobs: { lint: { runs-on: ubuntu-latest, steps: [{ run: 'echo linted' }] } }
`,
};

let hosted: Hosted;
beforeAll(async () => {
  hosted = await host(files);
});
afterAll(() => hosted.close());

describe('a scheduled workflow', () => {
  it('runs at once when told to; a re-run of its failed job finds the artifact of the first attempt', async () => {
    const run_id = await hosted.simulator.github.fireSchedule('octo/demo', '.github/workflows/nightly.yml');
    await hosted.simulator.github.idle();
    const octokit = hosted.person('octocat');
    const run = (await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...here, run_id })).data;
    expect(run).toMatchObject({ event: 'schedule', head_branch: 'main', conclusion: 'failure' });
    await octokit.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs', { ...here, run_id });
    await hosted.simulator.github.idle();
    const again = (await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...here, run_id })).data;
    expect(again).toMatchObject({ run_attempt: 2, conclusion: 'success' });
    const list = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts';
    const { artifacts } = (await octokit.request(list, { ...here, run_id })).data;
    const { jobs } = (
      await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', { ...here, run_id })
    ).data;
    const job_id = jobs.find(({ name }) => name === 'use')?.id ?? 0;
    const log = await octokit.request('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', { ...here, job_id });
    expect(artifacts).toHaveLength(1);
    expect(String(log.data)).toContain(`artifact ${artifacts[0]?.id}: made for 0 3 * * *`);
  });

  it('is fired over HTTP too, but by no page from elsewhere', async () => {
    const fire = (workflow: string, headers: Record<string, string> = {}) =>
      fetch(`${hosted.simulator.url}/_simulator/schedule`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ repository: 'octo/demo', workflow }),
      });
    const fired = await fire('.github/workflows/nightly.yml');
    expect([fired.status, await fired.json()]).toEqual([
      201,
      { workflow_run_id: expect.any(Number), html_url: expect.stringContaining('/octo/demo/actions/runs/') },
    ]);
    expect((await fire('.github/workflows/nightly.yml', { origin: 'http://evil.test' })).status).toBe(403);
    const none = await fire('.github/workflows/ci.yml');
    expect([none.status, Object(await none.json()).message]).toEqual([422, expect.stringContaining('has no schedule')]);
    expect((await fire('.github/workflows/gone.yml')).status).toBe(422);
    await hosted.simulator.github.idle();
  });
});

describe('an action that a folder stands for', () => {
  it('is found from the steps, though the folder was given relative to here', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'action-'));
    await writeFiles(folder, {
      'action.yml': 'name: Hello\nruns: { using: node24, main: hello.cjs }\n',
      'hello.cjs': 'console.log("hello from a folder")\n',
    });
    const workflow = 'on: push\njobs: { a: { runs-on: x, steps: [{ uses: octo/hello@v1 }] } }\n';
    const own = await host(
      { '.github/workflows/a.yml': workflow },
      { localActions: { 'octo/hello': relative(process.cwd(), folder) } },
    );
    await own.simulator.github.push('octo/demo', { branch: 'main', files: { a: 'a' }, message: 'a' });
    await own.simulator.github.idle();
    const octokit = own.person('octocat');
    const { workflow_runs: runs } = (await octokit.request('GET /repos/{owner}/{repo}/actions/runs', here)).data;
    await own.close();
    await rm(folder, { recursive: true });
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(['success']);
  });

  it('has to be one', async () => {
    const refused = startSimulator({ repositories: [], localActions: { 'octo/hello': 'docs' } });
    await expect(refused).rejects.toThrow(/docs has no action\.yml: it cannot stand for the action octo\/hello/);
  });
});

describe('a draft pull request', () => {
  const mutation =
    'mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft number } } }';

  it('becomes ready for review over GraphQL, by those who may', async () => {
    const { github } = hosted.simulator;
    await github.push('octo/demo', { branch: 'topic', files: { 'a.txt': 'a' }, message: 'a' });
    const octokit = hosted.person('octocat');
    const opened = await octokit.request('POST /repos/{owner}/{repo}/pulls', {
      ...here,
      ...{ title: 'A', head: 'topic', base: 'main', draft: true },
    });
    const { node_id: id, number } = opened.data;
    const stranger = await hosted
      .person('stranger', 'read')
      .graphql(mutation, { id })
      .catch((error: unknown) => error);
    expect(String(stranger)).toContain('Resource not accessible');
    await github.idle();
    hosted.received.splice(0);
    expect(await octokit.graphql(mutation, { id })).toEqual({
      markPullRequestReadyForReview: { pullRequest: { isDraft: false, number } },
    });
    await github.idle();
    expect(hosted.names()).toContain('pull_request.ready_for_review');
    const read = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...here,
      pull_number: number,
    });
    expect(read.data.draft).toBe(false);
    const unknown = await octokit.graphql(mutation, { id: 'PR_none' }).catch((error: unknown) => error);
    expect(String(unknown)).toContain("Could not resolve to a node with the global id of 'PR_none'");
  });
});
