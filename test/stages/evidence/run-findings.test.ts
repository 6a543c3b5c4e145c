import { describe, expect, it } from '@jest/globals';
import type { GitHub, JobSummary } from '../../../src/ports.ts';
import type { Findings } from '../../../src/stages/evidence/findings.ts';
import { runFindings } from '../../../src/stages/evidence/run-findings.ts';
import { incident, runTrigger, sha } from '../../incident/sample.ts';
import { streamed } from '../desk.ts';
import { comparison, failedTest, greenRun, job, log, pricing, stamped, step } from './pricing.ts';

const { repository } = incident();

async function found(answers: Partial<GitHub>) {
  const { desk, calls, argsOf } = pricing(answers);
  const finding = await runFindings(runTrigger, repository, desk);
  const findings: Partial<Findings> = 'found' in finding ? finding.found : {};
  return { finding, findings, names: () => calls.map(({ name }) => name), argsOf };
}

const shard = (n: number, changes: Partial<JobSummary> = {}) => job({ id: n, name: `test (${n}, 10)`, ...changes });

describe('the jobs of a run', () => {
  it('of one matrix are read once, and told in words', async () => {
    const passed = shard(3, { conclusion: 'success' });
    const { findings, argsOf } = await found({ jobs: async () => [shard(1), shard(2), passed, job({ name: 'lint' })] });
    expect(argsOf('jobLog').map(([id]) => id)).toEqual([1, 9]);
    expect(findings.jobs).toEqual([
      'test: 2 of 3 failed (failed: test (1, 10), test (2, 10); passed: test (3, 10))',
      'lint: failed',
    ]);
    expect(findings.job).toMatchObject({ id: 1, name: 'test (1, 10)', step: 'Run the tests' });
  });

  it('with the same failure in ten shards have one', async () => {
    const shards = Array.from({ length: 10 }, (_, i) => job({ id: i + 1, name: `shard ${i}` }));
    const { findings, argsOf } = await found({ jobs: async () => shards });
    expect(argsOf('jobLog')).toHaveLength(3);
    expect(findings.failures).toMatchObject([{ tool: 'unittest', type: 'ZeroDivisionError' }]);
  });

  it('are read on within a matrix only as long as nothing is named', async () => {
    const died = stamped(step('./run', ['working'], 2));
    const { findings, argsOf } = await found({
      jobs: async () => [shard(1), shard(2), shard(3)],
      jobLog: async (id) => streamed(id === 1 ? died : log),
    });
    expect(argsOf('jobLog').map(([id]) => id)).toEqual([1, 2]);
    expect(findings.job?.id).toBe(2);
    expect(findings.failures).toMatchObject([{ tool: 'unittest' }]);
  });

  it('each add their failures, those of the job that is told about first', async () => {
    const compiler = "src/cart.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.";
    const { findings } = await found({
      jobs: async () => [job({ id: 8, name: 'types' }), job()],
      jobLog: async (id) => streamed(id === 8 ? stamped(step('npx tsc', [compiler], 2)) : log),
    });
    expect(findings.failures?.map(({ tool }) => tool)).toEqual(['tsc', 'unittest']);
    expect(findings).toMatchObject({ job: { name: 'types' }, failingCommand: 'npx tsc', exitCode: 2 });
  });

  it('that is alone needs no words', async () => {
    expect((await found({})).findings).not.toHaveProperty('jobs');
  });

  it.each<[string, Partial<GitHub>, string]>([
    [
      'none failed',
      { jobs: async () => [job({ conclusion: 'cancelled' }), job({ conclusion: null })] },
      'could not start',
    ],
    ['their logs are gone', { jobLog: async () => undefined }, 'are gone'],
    ['the commit is gone', { commit: async () => undefined }, 'is gone'],
  ])('stop it where %s', async (_, answers, said) => {
    expect((await found(answers)).finding).toMatchObject({
      stopped: { kind: 'stop', reason: 'no-evidence', said: expect.stringContaining(said) },
    });
  });

  it('that ran out of time are failed ones', async () => {
    expect((await found({ jobs: async () => [job({ conclusion: 'timed_out' })] })).findings.job?.id).toBe(9);
  });
});

describe('the step that failed', () => {
  const at = (seconds: number) => new Date(Date.parse('2026-03-02T08:00:00Z') + seconds * 1000);
  const lint = step(
    'npx eslint .',
    ['/home/runner/work/pricing/pricing/a.js', "  1:1  error  'x' is not defined  no-undef"],
    1,
  );
  const test = step('python3 -m unittest -v', failedTest, 1);
  const timed = (conclusions: [string, string]) => [
    { number: 1, name: 'Lint', conclusion: conclusions[0], startedAt: at(0), completedAt: at(lint.length - 1) },
    { number: 2, name: 'Test', conclusion: conclusions[1], startedAt: at(lint.length), completedAt: at(60) },
  ];

  it.each<[string, [string, string], string, string]>([
    ['the second, where the first may fail', ['success', 'failure'], 'unittest', 'Test'],
    ['the first, where the second ran in any case', ['failure', 'success'], 'eslint', 'Lint'],
  ])('is the one that GitHub says: %s', async (_, conclusions, tool, name) => {
    const { findings } = await found({
      jobs: async () => [job({ steps: timed(conclusions) })],
      jobLog: async () => streamed(stamped([...lint, ...test])),
      jobAnnotations: async () => [],
    });
    expect(new Set(findings.failures?.map((one) => one.tool))).toEqual(new Set([tool]));
    expect(findings.job?.step).toBe(name);
  });
});

describe('what changed', () => {
  it('is nothing where the same commit was green', async () => {
    const { findings, names } = await found({ runsOf: async () => [greenRun({ headSha: sha('a') })] });
    expect(findings).toMatchObject({ changes: { nothingChanged: true, since: { runId: 60 } }, files: [] });
    expect(names()).not.toContain('compare');
  });

  it('has the files first that the log names, however deep the runner keeps them', async () => {
    const files = [{ path: 'docs/a.md', status: 'modified', patch: '' }, ...comparison.files];
    const { findings } = await found({
      runsOf: async () => [greenRun()],
      compare: async () => ({ ...comparison, files }),
    });
    expect(findings.changes?.files.map(({ path }) => path)).toEqual(['pricing/calc.py', 'docs/a.md']);
  });
});
