// A made-up sandbox report with the runs that a test wants.
import type { SandboxReport, SandboxRun } from '../../../src/stages/validation/sandbox-report.ts';
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

export const sandboxRun = (name: SandboxRun['name'], exitCode: number, output: string): SandboxRun => ({
  name,
  exitCode,
  ended: 'completed',
  durationMs: 210,
  overlayDigest: '',
  output,
  outputTruncated: false,
});

export const report = (runs: SandboxRun[], changes: Partial<SandboxReport> = {}): SandboxReport => ({
  version: 1,
  incident: incident().id,
  attempt: 1,
  base: sha('a'),
  candidate: sha('c'),
  command: 'python3 -m unittest',
  engine: 'bubblewrap',
  limits: { timeoutSeconds: 300, memoryMb: 2_048, processes: 256, outputKb: 1_024, network: 'none' },
  changedPaths: ['pricing/calc.py'],
  testPaths: [],
  startedAt: '2026-03-02T08:30:00.000Z',
  finishedAt: '2026-03-02T08:31:00.000Z',
  runs,
  ...changes,
});
