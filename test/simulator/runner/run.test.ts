import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobRecord } from '../../../simulator/runner/contract.ts';
import { startRun } from '../../../simulator/runner/run.ts';
import {
  begin,
  createRepository,
  type Ran,
  runWorkflow,
  type TestRepository,
  withExpressions,
} from './run-workflow.ts';

let repository: TestRepository;
beforeAll(async () => {
  repository = await createRepository();
});
afterAll(() => repository.remove());

const text = (jobs: string): string => withExpressions(`on: push\njobs:\n${jobs}`);

const conclusions = (ran: Ran) => Object.fromEntries(Object.values(ran.jobs).map((job) => [job.name, job.conclusion]));

/** The last line that a job's own steps printed. */
const said = (ran: Ran, job: string) => ran.lines(job).at(-2);

const one = (key: string, run: string, more = ''): string =>
  `  ${key}:\n    runs-on: ubuntu-latest\n${more}    steps:\n      - run: ${run}\n`;

describe('needs', () => {
  it('order the jobs and hand on results and outputs', async () => {
    const ran = await runWorkflow(
      repository,
      text(`
  last:
    needs: [first]
    runs-on: ubuntu-latest
    steps:
      - run: echo "%{needs.first.result} %{needs.first.outputs.v}"
  first:
    runs-on: ubuntu-latest
    outputs:
      v: '%{steps.s.outputs.v}'
    steps:
      - id: s
        run: echo v=7 >> $GITHUB_OUTPUT
`),
    );
    expect(said(ran, 'last')).toBe('success 7');
    expect(ran.conclusion).toBe('success');
    expect(ran.jobs.last?.startedAt?.localeCompare(ran.jobs.first?.completedAt ?? '')).toBeGreaterThanOrEqual(0);
  });

  it('skip what comes after a failure, however far, unless it asks for it', async () => {
    const ran = await runWorkflow(
      repository,
      text(
        one('a', 'exit 1') +
          one('b', 'echo b', '    needs: a\n') +
          one('c', 'echo c', '    needs: b\n    if: always()\n') +
          one('d', 'echo d', '    needs: c\n') +
          one('e', 'echo e', '    needs: a\n    if: failure()\n'),
      ),
    );
    expect(conclusions(ran)).toEqual({ a: 'failure', b: 'skipped', c: 'success', d: 'skipped', e: 'success' });
    expect(ran.conclusion).toBe('failure');
  });

  it('withhold an output that holds a secret', async () => {
    const ran = await runWorkflow(
      repository,
      text(
        `${one('a', 'echo v=s3cret-value >> $GITHUB_OUTPUT', "    outputs: {v: '%{steps.__run.outputs.v}'}\n")}${one('b', "echo 'v=%{needs.a.outputs.v}'", '    needs: a\n')}`,
      ),
      { secrets: { KEY: 's3cret-value' } },
    );
    expect(said(ran, 'b')).toBe('v=');
    expect(ran.jobs.a?.annotations.map((annotation) => annotation.message)).toEqual([
      "Skip output 'v' since it may contain secret.",
    ]);
  });
});

describe('a matrix', () => {
  it('runs each combination under its name', async () => {
    const ran = await runWorkflow(
      repository,
      text(
        one(
          'test',
          "echo '%{matrix.n} of %{strategy.job-total}, %{matrix.extra}'",
          '    strategy:\n      matrix:\n        n: [1, 2]\n        include: [{n: 2, extra: more}]\n',
        ),
      ),
    );
    expect(conclusions(ran)).toEqual({ 'test (1)': 'success', 'test (2, more)': 'success' });
    expect(said(ran, 'test (2, more)')).toBe('2 of 2, more');
  });

  it('can come from another job, and be named by an expression', async () => {
    const ran = await runWorkflow(
      repository,
      text(
        `${one('plan', 'echo \'list=["x","y"]\' >> $GITHUB_OUTPUT', "    outputs: {list: '%{steps.__run.outputs.list}'}\n")}${one(
          'use',
          'echo hi',
          "    needs: plan\n    name: use %{matrix.v}\n    strategy: {matrix: {v: '%{fromJSON(needs.plan.outputs.list)}'}}\n",
        )}`,
      ),
    );
    expect(Object.keys(ran.jobs)).toEqual(['plan', 'use x', 'use y']);
  });

  it('ends early with its first failure, or not', async () => {
    const failing = (failFast: boolean) =>
      text(
        one(
          'm',
          "test '%{matrix.n}' != 1",
          `    strategy: {fail-fast: ${failFast}, max-parallel: 1, matrix: {n: [1, 2, 3]}}\n`,
        ),
      );
    const fast = await runWorkflow(repository, failing(true));
    expect(conclusions(fast)).toEqual({ 'm (1)': 'failure', 'm (2)': 'cancelled', 'm (3)': 'cancelled' });
    const slow = await runWorkflow(repository, failing(false));
    expect(conclusions(slow)).toEqual({ 'm (1)': 'failure', 'm (2)': 'success', 'm (3)': 'success' });
    expect(slow.conclusion).toBe('failure');
  });

  it('that cannot be expanded fails its job, and says why', async () => {
    const ran = await runWorkflow(
      repository,
      text(one('m', 'echo', "    strategy: {matrix: '%{fromJSON(github.sha)}'}\n")),
    );
    expect(ran.conclusion).toBe('failure');
    expect(ran.jobs.m?.steps.map((step) => [step.name, step.conclusion])).toEqual([
      ['Set up job', 'failure'],
      ['Complete job', 'success'],
    ]);
    expect(ran.jobs.m?.annotations[0]?.message).toContain('Error parsing JSON');
  });
});

describe('cancel', () => {
  it('ends what runs, skips what waits, and lets always() finish', async () => {
    const jobs = `  a:
    runs-on: x
    steps:
      - run: echo started; sleep 60
      - if: always()
        run: echo tidied
${one('b', 'echo', '    needs: a\n')}${one('c', 'echo report', '    needs: a\n    if: always()\n')}`;
    const { handle, told, finished } = begin(repository, text(jobs));
    const sleeping = () =>
      told.some((job) => job.steps.some((step) => step.number === 2 && step.status === 'in_progress'));
    while (!sleeping()) await new Promise((resolve) => setImmediate(resolve));
    handle.cancel();
    const ran = await finished;
    expect(ran.jobs.a?.steps.map((step) => step.conclusion)).toEqual(['success', 'cancelled', 'success', 'success']);
    expect(ran.lines('a')).toEqual(expect.arrayContaining(['##[error]The operation was canceled.', 'tidied']));
    expect(conclusions(ran)).toEqual({ a: 'cancelled', b: 'cancelled', c: 'success' });
    expect(ran.conclusion).toBe('cancelled');
  });
});

describe('a re-run', () => {
  it('keeps the jobs it is given, and uses their outputs', async () => {
    const workflow = text(
      `${one('a', 'echo v=7 >> $GITHUB_OUTPUT', "    outputs: {v: '%{steps.__run.outputs.v}'}\n")}${one('b', "test -n '%{vars.GOOD}' && echo 'v=%{needs.a.outputs.v}'", '    needs: a\n')}`,
    );
    const first = await runWorkflow(repository, workflow);
    expect(conclusions(first)).toEqual({ a: 'success', b: 'failure' });
    const keep = [first.jobs.a].filter((job): job is JobRecord => job !== undefined);
    const second = await runWorkflow(repository, workflow, {
      keep,
      variables: { GOOD: '1' },
      run: { id: 41, number: 3, attempt: 2 },
    });
    expect(Object.keys(second.jobs)).toEqual(['b']);
    expect(said(second, 'b')).toBe('v=7');
    expect(second.conclusion).toBe('success');
  });
});

describe('startRun', () => {
  it('ends at once for a workflow that is none', async () => {
    const { handle } = begin(repository, text(one('a', 'echo')));
    await handle.done;
    const workDirectory = `${repository.folder}/none`;
    const broken = startRun({
      workflow: { path: '.github/workflows/ci.yml', text: 'on: push\njobs: {' },
      repository: { owner: 'o', name: 'n', gitDirectory: '', defaultBranch: 'main', id: 1, private: false },
      event: { name: 'push', ref: 'refs/heads/main', sha: '', changedPaths: [], payload: {} },
      inputs: {},
      run: { id: 1, number: 1, attempt: 1 },
      actor: 'ada',
      secrets: {},
      variables: {},
      mintToken: async () => 'token',
      urls: { server: '', api: '', graphql: '' },
      localActions: {},
      workDirectory,
      keep: [],
      nextJobId: () => 1,
      onJob: () => {
        throw new Error('no job was expected');
      },
      onArtifact: () => {},
    });
    expect(await broken.done).toBe('startup_failure');
    expect(existsSync(workDirectory)).toBe(false);
  });
});
