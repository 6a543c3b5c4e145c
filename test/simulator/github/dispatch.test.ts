import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Hosted, here, host, type Octokit, refusal } from './hosted.ts';

const ci = `name: CI
on: { push: { branches: [main] } }
jobs: { lint: { runs-on: ubuntu-latest, steps: [{ run: 'echo linted' }] } }
`;
const byHand = `name: By hand
run-name: Hand \${{ inputs.who }}
on:
  workflow_dispatch:
    inputs:
      who: { required: true, type: string }
      how: { type: choice, options: [soft, hard], default: soft }
jobs:
  go:
    runs-on: ubuntu-latest
    permissions: { contents: write }
    steps:
      - env: { WHO: '\${{ inputs.who }}', TOKEN: '\${{ github.token }}' }
        run: |
          echo "hello $WHO (\${{ inputs.how }})"
          curl -sf -X POST -H "authorization: token $TOKEN" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/git/refs" -d "{\\"ref\\":\\"refs/heads/made-$GITHUB_RUN_ID\\",\\"sha\\":\\"$GITHUB_SHA\\"}" > made.json
          curl -s -o /dev/null -w 'issues answered %{http_code}\\n' -X POST -H "authorization: token $TOKEN" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues" -d '{"title":"x"}'
`;
const slow = `name: Slow
on: { workflow_dispatch: {} }
jobs:
  wait:
    runs-on: ubuntu-latest
    steps:
      - run: sleep 300
`;

let hosted: Hosted;
let octokit: Octokit;
beforeAll(async () => {
  hosted = await host({
    '.github/workflows/ci.yml': ci,
    '.github/workflows/hand.yml': byHand,
    '.github/workflows/slow.yml': slow,
  });
  octokit = await hosted.installation();
});
afterAll(() => hosted.close());

describe('workflow_dispatch', () => {
  const dispatch = (workflow_id: string, body: object) =>
    octokit.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
      ...here,
      workflow_id,
      ref: 'main',
      ...body,
    });

  it('runs on the ref with its inputs, answers with the run when asked, and limits the job’s token', async () => {
    hosted.received.splice(0);
    const answer = await dispatch('hand.yml', { inputs: { who: 'Mona' }, return_run_details: true });
    const run_id = Number(Object(answer.data).workflow_run_id);
    expect(answer.status).toBe(200);
    await hosted.simulator.github.idle();
    const { data: run } = await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...here, run_id });
    expect(run).toMatchObject({
      event: 'workflow_dispatch',
      conclusion: 'success',
      display_title: 'Hand Mona',
      actor: { login: 'self-heal[bot]' },
    });
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs', { ...here, run_id });
    const log = (
      await octokit.request('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', {
        ...here,
        job_id: Number(data.jobs[0]?.id),
      })
    ).data;
    expect(log).toContain('hello Mona (soft)');
    expect(log).toContain('issues answered 403');
    // The branch that the job made is told to the App, but starts no workflow.
    expect(hosted.received.find(({ event }) => event === 'create')?.payload).toMatchObject({
      ref: `made-${run_id}`,
      sender: { login: 'github-actions[bot]' },
    });
    const { data: runs } = await octokit.request('GET /repos/{owner}/{repo}/actions/runs', {
      ...here,
      branch: `made-${run_id}`,
    });
    expect(runs.total_count).toBe(0);
  });

  it('answers 204 when nobody asks for the run', async () => {
    expect((await dispatch('hand.yml', { inputs: { who: 'x', how: 'hard' } })).status).toBe(204);
    await hosted.simulator.github.idle();
  });

  it.each([
    ['hand.yml', { inputs: {} }, 422, "Required input 'who' not provided"],
    ['hand.yml', { inputs: { who: 'x', extra: '1' } }, 422, 'Unexpected inputs provided: ["extra"]'],
    [
      'hand.yml',
      { inputs: { who: 'x', how: 'rough' } },
      422,
      "Provided value 'rough' for input 'how' not in the list of allowed values",
    ],
    ['hand.yml', { ref: 'gone', inputs: { who: 'x' } }, 422, 'No ref found for: gone'],
    ['ci.yml', {}, 422, "Workflow does not have 'workflow_dispatch' trigger"],
    ['none.yml', {}, 404, 'Not Found'],
  ])('refuses %s with %j', async (workflow, body, status, message) => {
    expect(await refusal(dispatch(workflow, body))).toMatchObject({ status, message });
  });

  it('can be cancelled while it runs', async () => {
    const answer = await dispatch('slow.yml', { return_run_details: true });
    const run_id = Number(Object(answer.data).workflow_run_id);
    const state = async () =>
      (await octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...here, run_id })).data;
    await new Promise<void>((resolve) => {
      const stop = hosted.simulator.github.onChange(() => {
        if (!hosted.received.some(({ event, action }) => event === 'workflow_job' && action === 'in_progress')) return;
        stop();
        resolve();
      });
    });
    expect(
      (await octokit.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel', { ...here, run_id })).status,
    ).toBe(202);
    await hosted.simulator.github.idle();
    expect(await state()).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(
      await refusal(octokit.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel', { ...here, run_id })),
    ).toMatchObject({ status: 409 });
  });
});
