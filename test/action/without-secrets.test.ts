import { describe, expect, it } from '@jest/globals';
import { withoutSecrets } from '../../action/src/without-secrets.ts';
import { SandboxRun } from '../../src/stages/validation/sandbox-report.ts';

const secret = `ghp_${'a1B2c3D4'.repeat(4)}e5F6`;
const run = (output: string, testOutput?: string): SandboxRun => ({
  ...{ name: 'base', round: 1, startedAt: '2026-03-02T08:00:00.000Z', overlayDigest: '', reports: [] },
  ...{ exitCode: 1, ended: 'completed', durationMs: 1, output, outputTruncated: false },
  ...(testOutput === undefined
    ? {}
    : { testCommand: { exitCode: 1, ended: 'completed', durationMs: 1, output: testOutput, outputTruncated: false } }),
});

describe('what a run printed', () => {
  it('is kept without secrets, of both commands, and line for line', () => {
    const shown = withoutSecrets(run(`a\nlogin with ${secret}\nb`, `again ${secret}`));
    expect(shown.output).toBe('a\nlogin with [redacted:github-token]\nb');
    expect(shown.testCommand?.output).toBe('again [redacted:github-token]');
  });

  it('stays as it is where it has none', () => {
    const plain = run('AssertionError: 3 != 4\n    at test_zero (tests/test_calc.py:8)\n', 'ok');
    expect(withoutSecrets(plain)).toEqual(plain);
  });

  it('still fits into the report where what stands for secrets is longer than they were', () => {
    const shown = withoutSecrets(run('password=hunter2x\n'.repeat(21_800)));
    expect(shown.output).not.toContain('hunter2x');
    expect(shown.outputTruncated).toBe(true);
    expect(SandboxRun.parse(shown)).toEqual(shown);
  });
});
