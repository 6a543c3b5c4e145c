// A made-up sandbox report with the runs that a test wants.
import type { Patched } from '../../../src/stages/validation/judgement.ts';
import type { CommandEnd, SandboxReport, SandboxRun } from '../../../src/stages/validation/sandbox-report.ts';
import { incident, sha } from '../../incident/sample.ts';

const unittest = (id: string, name: string, line: string): string =>
  [
    'E',
    '======================================================================',
    `ERROR: ${name} (${id})`,
    '----------------------------------------------------------------------',
    'Traceback (most recent call last):',
    '  File "/work/tests/test_calc.py", line 12, in test',
    '    self.assertEqual(calc(80, 0), 80)',
    line,
    '',
    '----------------------------------------------------------------------',
    'Ran 2 tests in 0.001s',
    '',
    'FAILED (errors=1)',
    '',
  ].join('\n');

/** The failure that the sample's evidence names. */
export const namedFailure = unittest(
  'tests.test_calc.CalcTest.test_zero',
  'test_zero',
  'ZeroDivisionError: float division by zero',
);
export const otherFailure = unittest('tests.test_calc.CalcTest.test_ten', 'test_ten', 'AssertionError: 72 != 71');

/** What most tests say of the patch: nothing. */
export const somePatch: Patched = { onlyTests: false, bringsTests: false, newTests: 0 };

export const commandEnd = (exitCode: number, output: string): CommandEnd => ({
  exitCode,
  ended: 'completed',
  durationMs: 210,
  output,
  outputTruncated: false,
});

export const sandboxRun = (
  name: SandboxRun['name'],
  exitCode: number,
  output: string,
  changes: Partial<SandboxRun> = {},
): SandboxRun => ({
  name,
  round: 1,
  startedAt: '2026-03-02T08:30:10.000Z',
  ...commandEnd(exitCode, output),
  reports: [],
  overlayDigest: '',
  ...changes,
});

export const report = (runs: SandboxRun[], changes: Partial<SandboxReport> = {}): SandboxReport => ({
  version: 2,
  incident: incident().id,
  attempt: 1,
  trigger: 'workflow-run',
  base: sha('a'),
  candidate: sha('c'),
  command: 'python3 -m unittest',
  repeat: 0,
  engine: 'bubblewrap',
  limits: {
    timeoutSeconds: 300,
    memoryMb: 2_048,
    cpus: 0,
    processes: 256,
    diskMb: 4_096,
    outputKb: 256,
    network: 'none',
  },
  environment: { system: 'Linux 6.8.0', architecture: 'x64', processors: 4, memoryMb: 16_000 },
  changedPaths: ['pricing/calc.py'],
  testPaths: [],
  startedAt: '2026-03-02T08:30:00.000Z',
  finishedAt: '2026-03-02T08:31:00.000Z',
  runs,
  ...changes,
});
