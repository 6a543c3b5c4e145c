import { describe, expect, it } from '@jest/globals';
import type { Annotation, GitHub } from '../../../src/ports.ts';
import type { Findings } from '../../../src/stages/evidence/findings.ts';
import { runFindings } from '../../../src/stages/evidence/run-findings.ts';
import { incident, runTrigger } from '../../incident/sample.ts';
import { streamed } from '../desk.ts';
import { failedTest, greenRun, job, log, pricing, secret, stamped, step } from './pricing.ts';

async function found(answers: Partial<GitHub>) {
  const { desk, calls, argsOf } = pricing(answers);
  const finding = await runFindings(runTrigger, incident().repository, desk);
  if ('stopped' in finding) throw new Error('it was stopped');
  const findings: Findings = finding.found;
  return { findings, names: calls.map(({ name }) => name), argsOf };
}

const mark = (changes: Partial<Annotation> = {}): Annotation => ({
  ...{ path: 'pricing/rates.py', startLine: 4, endLine: 4, level: 'failure', title: '', message: 'rates are negative' },
  ...changes,
});
const exitMark = mark({ path: '.github', startLine: 1, message: 'Process completed with exit code 3.' });

/** A script of their own, full of the words of failures when it passes too. */
const chatter = ['checking for errors', 'retry 1 failed, trying again', 'no error left behind', 'error handler: ready'];
const usual = Array.from({ length: 12 }, (_, i) => `checked rule ${i}: failed 0 of ${i * 7}`);
const script = (said: readonly string[], exitCode: number) =>
  stamped(
    step('./check.sh', [...chatter, ...usual, ...said, 'error report written, 3 failed hooks skipped'], exitCode),
  );

describe('annotations', () => {
  it('say where, when the log tells nothing but an exit code', async () => {
    const { findings, argsOf } = await found({
      jobLog: async () => streamed(script([], 3)),
      jobAnnotations: async () => [exitMark, mark({ level: 'warning' }), mark({ title: `Rates ${secret}` })],
    });
    expect(argsOf('jobAnnotations')).toEqual([[9]]);
    expect(findings.failures).toMatchObject([
      {
        tool: 'annotation',
        type: 'Rates [redacted:github-token]',
        message: 'rates are negative',
        file: 'pricing/rates.py',
        line: 4,
      },
    ]);
  });

  it('are not asked for where a tool named the failure, or the last words a place', async () => {
    expect((await found({})).names).not.toContain('jobAnnotations');
    const placed = stamped(step('./check.sh', ['error: a rate is negative, see pricing/calc.py:2'], 3));
    const { findings, names } = await found({ jobLog: async () => streamed(placed) });
    expect(findings.failures).toMatchObject([{ tool: 'shell', file: 'pricing/calc.py', line: 2 }]);
    expect(names).not.toContain('jobAnnotations');
  });

  it('that only repeat the exit code say nothing', async () => {
    const { findings } = await found({
      jobLog: async () => streamed(script([], 3)),
      jobAnnotations: async () => [exitMark, mark({ path: '.github', message: 'The operation was canceled.' })],
    });
    expect(findings.failures).toMatchObject([{ tool: 'shell' }]);
  });
});

describe('the log of the last green run', () => {
  const green: Partial<GitHub> = {
    runsOf: async () => [greenRun({ attempt: 2 })],
    jobs: async (runId) =>
      runId === 60 ? [job({ id: 5, name: 'lint' }), job({ id: 6, conclusion: 'success' })] : [job()],
    jobAnnotations: async () => [],
  };
  const said = 'the ten percent rule gives 8';

  it('is taken away where no tool names the failure', async () => {
    const { findings, argsOf } = await found({
      ...green,
      jobLog: async (id) => streamed(id === 6 ? script([], 0) : script([said], 3)),
    });
    expect(argsOf('jobs')).toEqual([
      [71, 1],
      [60, 2],
    ]);
    expect(argsOf('jobLog').map(([id]) => id)).toEqual([9, 6]);
    expect(findings.failures).toMatchObject([{ tool: 'shell', message: `${said} (exit code 3)` }]);
    expect(findings.excerpt).toContain(said);
  });

  it('takes the files with it that are always printed: none of them is a sign', async () => {
    const usually = [...chatter, 'read tests/test_calc.py'];
    const { findings } = await found({
      ...green,
      jobLog: async (id) =>
        streamed(stamped(id === 6 ? step('./x', usually) : step('./x', [...usually, 'README.md is wrong'], 3))),
    });
    expect(findings.excerpt).toContain('README.md is wrong');
    expect(findings.excerpt).not.toContain('tests/test_calc.py');
  });

  it('is not asked for where one does', async () => {
    const { argsOf } = await found(green);
    expect(argsOf('jobLog').map(([id]) => id)).toEqual([9]);
    expect(argsOf('jobs')).toEqual([[71, 1]]);
  });

  it('may be gone, or be of a job that was called otherwise', async () => {
    const answers = { ...green, jobLog: async (id: number) => (id === 6 ? undefined : streamed(script([said], 3))) };
    expect((await found(answers)).findings.failures).toMatchObject([{ tool: 'shell' }]);
    const { argsOf } = await found({ ...answers, jobs: async (runId) => (runId === 60 ? [] : [job()]) });
    expect(argsOf('jobLog').map(([id]) => id)).toEqual([9]);
  });
});

describe('test reports', () => {
  const upload = (name: string, id: number) =>
    step('actions/upload-artifact@v4', [
      `Artifact ${name}.zip successfully finalized. Artifact ID ${id}`,
      `Artifact ${name} has been successfully uploaded! Final size is 417 bytes. Artifact ID is ${id}`,
    ]);
  const report = `<testsuite>
<testcase classname="tests.test_calc.CalcTest" name="test_zero"><error type="ZeroDivisionError" message="float division by zero">Traceback</error></testcase>
<testcase classname="tests.test_calc.CalcTest" name="test_half" file="tests/test_calc.py" line="12"><failure type="AssertionError" message="40 != 41">no</failure></testcase>
</testsuite>`;
  const reported: Partial<GitHub> = { artifactFiles: async () => new Map([['out/junit.xml', report]]) };

  it('among the uploaded artifacts complete what the log names', async () => {
    const lines = [
      ...step('python3 -m unittest -v', failedTest, 1),
      ...upload('coverage', 11),
      ...upload('test-results', 12),
    ];
    const { findings, argsOf } = await found({ ...reported, jobLog: async () => streamed(stamped(lines)) });
    expect(argsOf('artifactFiles').map(([id]) => id)).toEqual([12]);
    expect(findings.failures).toMatchObject([
      { tool: 'unittest', test: expect.stringContaining('test_zero'), at: { from: expect.any(Number) } },
      {
        tool: 'junit',
        test: expect.stringContaining('test_half'),
        report: 'out/junit.xml',
        file: 'tests/test_calc.py',
      },
    ]);
  });

  it('name the failure where the log does not: then nothing else is asked', async () => {
    const lines = [...step('./test.sh', ['running'], 3), ...upload('junit', 12)];
    const { findings, names } = await found({ ...reported, jobLog: async () => streamed(stamped(lines)) });
    expect(findings.failures.map(({ tool }) => tool)).toEqual(['junit', 'junit']);
    expect(names).not.toContain('jobAnnotations');
  });

  it.each<[string, string[]]>([
    ['none was uploaded', []],
    ['what was uploaded is no report', upload('dist', 13)],
    ['a test only prints such a line', ['  Artifact junit has been successfully uploaded! Artifact ID is 14']],
  ])('are not asked for where %s', async (_, lines) => {
    const printed = stamped([...step('python3 -m unittest -v', failedTest, 1), ...lines]);
    expect((await found({ jobLog: async () => streamed(printed) })).names).not.toContain('artifactFiles');
  });

  it('that are gone leave the log’s word', async () => {
    const printed = stamped([...step('python3 -m unittest -v', failedTest, 1), ...upload('junit', 12)]);
    const { findings } = await found({ jobLog: async () => streamed(printed), artifactFiles: async () => undefined });
    expect(findings.failures).toMatchObject([{ tool: 'unittest' }]);
  });
});

describe('an artifact that is not there', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute));
  const build = job({ id: 1, name: 'build', conclusion: 'success', startedAt: at(0), completedAt: at(3) });
  const later = job({ id: 2, name: 'docs', conclusion: 'success', startedAt: at(0), completedAt: at(9) });
  const deploy = job({ id: 3, name: 'deploy', startedAt: at(4), completedAt: at(5) });
  const download = [
    ...step('actions/download-artifact@v4', []),
    '##[error]Unable to download artifact(s): Artifact not found for name: dist',
  ];
  const warning = `No files were found with the provided path: dist/. No artifacts will be uploaded.${' '.repeat(900)}${secret}`;
  const logs: Record<number, string[]> = {
    1: [...step('actions/upload-artifact@v4', []), '##[warning]The cache is full', `##[warning]${warning}`],
    3: download,
  };

  it('is traced to the earlier job that passed and made none', async () => {
    const { findings, argsOf } = await found({
      jobs: async () => [build, later, deploy],
      jobLog: async (id) => streamed(stamped(logs[id] ?? [])),
    });
    expect(argsOf('jobLog').map(([id]) => id)).toEqual([3, 1]);
    expect(findings.failures).toMatchObject([{ tool: 'runner', type: 'ArtifactMissing' }]);
    const [first = ''] = findings.excerpt.split('\n');
    expect(first).toContain('In the job build, which passed: No files were found with the provided path: dist/.');
    expect(first.length).toBeLessThanOrEqual(500);
    expect(findings.excerpt).not.toContain('The cache is full');
    expect(findings.excerpt).not.toContain(secret.slice(0, 20));
  });

  it('is looked for nowhere else when nothing is missing', async () => {
    const { argsOf } = await found({ jobs: async () => [build, job()], jobLog: async () => streamed(log) });
    expect(argsOf('jobLog').map(([id]) => id)).toEqual([9]);
  });
});
