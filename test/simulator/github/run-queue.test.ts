import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Hosted, here, host, type Octokit } from './hosted.ts';

const workflow = (name: string, more: string) => `name: ${name}
on: { workflow_dispatch: { inputs: { group: { default: x } } } }
${more}
jobs: { wait: { runs-on: ubuntu-latest, steps: [{ run: 'sleep 1' }] } }
`;
const after = `name: After
on: { workflow_run: { workflows: [Polite], types: [completed] } }
jobs: { say: { runs-on: ubuntu-latest, steps: [{ run: 'echo after' }] } }
`;

let hosted: Hosted;
let octokit: Octokit;
beforeAll(async () => {
  hosted = await host({
    '.github/workflows/polite.yml': workflow('Polite', `concurrency: 'polite-\${{ inputs.group }}'`),
    '.github/workflows/pushy.yml': workflow('Pushy', 'concurrency: { group: pushy, cancel-in-progress: true }'),
    '.github/workflows/after.yml': after,
  });
  octokit = await hosted.installation();
});
afterAll(() => hosted.close());

async function conclusions(workflow_id: string, groups: string[]): Promise<(string | null)[]> {
  const ids: number[] = [];
  for (const group of groups) {
    const path = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';
    const { data } = await octokit.request(path, {
      ...here,
      workflow_id,
      ref: 'main',
      inputs: { group },
      return_run_details: true,
    });
    ids.push(Number(Object(data).workflow_run_id));
  }
  await hosted.simulator.github.idle();
  const runs = ids.map((run_id) =>
    octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...here, run_id }),
  );
  return (await Promise.all(runs)).map(({ data }) => data.conclusion);
}

describe('concurrency', () => {
  it('lets one run of a group run and the newest wait; other groups go on', async () => {
    expect(await conclusions('polite.yml', ['a', 'a', 'a', 'b'])).toEqual([
      'success',
      'cancelled',
      'success',
      'success',
    ]);
  });

  it('ends the running one when the workflow says so', async () => {
    expect(await conclusions('pushy.yml', ['a', 'a'])).toEqual(['cancelled', 'success']);
  });
});

describe('workflow_run', () => {
  it('starts the workflows that wait for it', async () => {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/actions/runs', {
      ...here,
      event: 'workflow_run',
    });
    expect(data.workflow_runs.length).toBeGreaterThan(0);
    expect(new Set(data.workflow_runs.map(({ name, conclusion }) => `${name} ${conclusion}`))).toEqual(
      new Set(['After success']),
    );
  });
});
