import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRepository, type Ran, runWorkflow, type TestRepository, withExpressions } from './run-workflow.ts';

let repository: TestRepository;
beforeAll(async () => {
  repository = await createRepository();
});
afterAll(() => repository.remove());

const text = (jobs: string, top = ''): string => withExpressions(`on: push\n${top}jobs:\n${jobs}`);

const conclusions = (ran: Ran) => Object.fromEntries(Object.values(ran.jobs).map((job) => [job.name, job.conclusion]));

/** The last line that a job's own steps printed. */
const said = (ran: Ran, job: string) => ran.lines(job).at(-2);

const one = (key: string, run: string, more = ''): string =>
  `  ${key}:\n    runs-on: ubuntu-latest\n${more}    steps:\n      - run: ${run}\n`;

describe('a job', () => {
  it('that may fail does not fail the run', async () => {
    const ran = await runWorkflow(
      repository,
      text(one('a', 'exit 1', '    continue-on-error: true\n') + one('b', 'echo', '    needs: a\n')),
    );
    expect(conclusions(ran)).toEqual({ a: 'failure', b: 'success' });
    expect(ran.conclusion).toBe('success');
  });

  it('is skipped by its condition, with nothing run', async () => {
    const ran = await runWorkflow(repository, text(one('a', 'echo', "    if: github.ref == 'refs/heads/dev'\n")));
    expect(ran.jobs.a).toMatchObject({ status: 'completed', conclusion: 'skipped', steps: [] });
    expect(ran.conclusion).toBe('skipped');
  });

  it('takes its shell and folder from the defaults', async () => {
    const ran = await runWorkflow(
      repository,
      text(
        one('a', '"import os; print(os.getcwd())"', '    defaults: {run: {working-directory: /}}\n'),
        'defaults: {run: {shell: python}}\n',
      ),
    );
    expect(said(ran, 'a')).toBe('/');
  });

  it.each([
    ['services', '    services: {db: {image: postgres}}\n', "'services' of job 'a' needs containers"],
    ['container', '    container: node:24\n', "'container' of job 'a' needs containers"],
  ])('refuses %s clearly', async (_title, more, message) => {
    const ran = await runWorkflow(repository, text(one('a', 'echo', more)));
    expect(ran.conclusion).toBe('failure');
    expect(ran.lines('a').join('\n')).toContain(`##[error]${message}`);
  });

  it('refuses a reusable workflow clearly', async () => {
    const ran = await runWorkflow(repository, text('  a:\n    uses: ./.github/workflows/other.yml\n'));
    expect(ran.conclusion).toBe('failure');
    expect(ran.lines('a').join('\n')).toContain('does not know reusable workflows');
  });

  it('fails in its set-up for an action nobody knows', async () => {
    const ran = await runWorkflow(
      repository,
      text('  a:\n    runs-on: x\n    steps:\n      - run: echo\n      - uses: some/thing@v1\n'),
    );
    expect(ran.lines('a')).toContain('##[error]Unable to resolve action `some/thing@v1`, repository not found');
    expect(ran.jobs.a?.steps.map((step) => step.name)).toEqual(['Set up job', 'Complete job']);
  });

  it('that takes too long is cancelled, and still cleans up', async () => {
    const ran = await runWorkflow(
      repository,
      text(`  a:
    runs-on: x
    timeout-minutes: %{fromJSON('0.005')}
    steps:
      - run: sleep 60
      - run: echo never
      - if: cancelled()
        run: echo cleaned up
`),
    );
    expect(ran.jobs.a?.steps.map((step) => step.conclusion)).toEqual([
      'success',
      'cancelled',
      'skipped',
      'success',
      'success',
    ]);
    expect(ran.jobs.a?.annotations.map((annotation) => annotation.message)).toEqual([
      'The operation was canceled.',
      'The job has exceeded the maximum execution time of 0s',
    ]);
    expect([ran.jobs.a?.conclusion, ran.conclusion]).toEqual(['cancelled', 'cancelled']);
  });
});

describe('a dispatch', () => {
  it('gives inputs their types and defaults', async () => {
    const dispatch = `on:
  workflow_dispatch:
    inputs:
      who: {default: world}
      loud: {type: boolean, default: true}
      times: {type: number}
jobs:
  a:
    runs-on: x
    steps:
      - if: inputs.loud && inputs.times > 1
        run: echo "\${{ inputs.who }} \${{ github.event.inputs.loud }} \${{ toJSON(inputs.loud) }}"
`;
    const event = {
      name: 'workflow_dispatch',
      ref: 'refs/heads/main',
      sha: repository.sha,
      changedPaths: [],
      payload: {},
    };
    const ran = await runWorkflow(repository, dispatch, { event, inputs: { times: '2' } });
    expect(said(ran, 'a')).toBe('world true true');
  });
});
