// The base with only the candidate's tests: red in the new test, red as before, green, or not run at all.
import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '../../../src/incident/case-file.ts';
import type { Patched } from '../../../src/stages/validation/judgement.ts';
import { proof } from '../../../src/stages/validation/proof.ts';
import { failuresOf } from '../../../src/stages/validation/run-results.ts';
import type { SandboxRun } from '../../../src/stages/validation/sandbox-report.ts';
import { evidence } from '../../incident/sample.ts';
import { namedFailure, otherFailure, report, sandboxRun, somePatch } from './sandbox-report.ts';

const withTest: Patched = { ...somePatch, bringsTests: true, newTests: 1 };
const green = 'Ran 9 tests in 0.001s\n\nOK\n';
const bases = {
  red: sandboxRun('base', 1, namedFailure),
  green: sandboxRun('base', 0, 'Ran 2 tests in 0.001s\n\nOK\n'),
};
const candidate = sandboxRun('candidate', 0, green);

const judged = (
  testOnly: SandboxRun[],
  patched = withTest,
  base = bases.red,
  trigger: Trigger['kind'] = 'workflow-run',
) => proof(report([base, ...testOnly, candidate]), evidence, trigger, patched);
const only = (output: string, changes: Partial<SandboxRun> = {}) => [sandboxRun('test-only', 1, output, changes)];
const ran = (count: number, output = namedFailure) => output.replace('Ran 2 tests', `Ran ${count} tests`);

describe('with its new test alone the failing commit', () => {
  it('fails in that test: proven', () => {
    expect(judged(only(`${otherFailure}\n${ran(3)}`)).verdict).toBe('proven');
  });

  it('fails in it under the name of a test that fails anyway: proven', () => {
    const twice = `${namedFailure}\n${namedFailure.replace('float division by zero', 'new test')}`;
    expect(judged(only(twice)).verdict).toBe('proven');
  });

  it('fails as before while more tests ran: the new one passes', () => {
    expect(judged(only(ran(3))).verdict).toBe('test-does-not-fail');
  });

  it('fails as before and nobody can tell whether the new one ran: partly proven', () => {
    expect(judged(only(namedFailure))).toMatchObject({
      verdict: 'partly-proven',
      shortfall: expect.stringContaining('cannot be told'),
    });
  });

  it('fails as before where the patch only changes that test: proven', () => {
    expect(judged(only(namedFailure), { ...withTest, newTests: 0 }).verdict).toBe('proven');
  });

  it.each([
    [
      'unittest',
      'tests/test_calc.py',
      namedFailure.replace(
        /ERROR: test_zero.*/,
        'ERROR: tests.test_calc (unittest.loader._FailedTest.tests.test_calc)',
      ),
    ],
    [
      'node:test',
      'test/calc.test.js',
      "TAP version 13\n# Subtest: /work/test/calc.test.js\nnot ok 1 - /work/test/calc.test.js\n  ---\n  failureType: 'testCodeFailure'\n  error: 'test failed'\n  ...\n1..1\n",
    ],
  ])('cannot load the file that the new test is in (%s): proven', (_, path, output) => {
    const named = { ...evidence, failures: failuresOf(sandboxRun('base', 1, output)) };
    const told = (testPaths: string[]) =>
      proof(
        report([sandboxRun('base', 1, output), ...only(output), candidate], { testPaths }),
        named,
        'workflow-run',
        withTest,
      ).verdict;
    expect(told([path])).toBe('proven');
    expect(told(['test/other.test.js'])).toBe('partly-proven');
  });

  it('does not even compile: proven by the base, where no test is named', () => {
    const broken = 'src/calc.ts(3,9): error TS2322: Type A is not assignable to type B.\n';
    expect(judged(only(broken)).verdict).toBe('proven');
  });
});

describe('a new test that reports know', () => {
  const junit = (...names: string[]) => ({
    reports: [
      {
        path: 'junit.xml',
        text: `<testsuite>${names.map((name) => `<testcase classname="tests.test_calc.CalcTest" name="${name}">${name === 'test_zero' ? '<error message="ZeroDivisionError: float division by zero"/>' : ''}</testcase>`).join('')}</testsuite>`,
      },
    ],
  });
  const healed = (...names: string[]) => ({
    reports: junit(...names).reports.map((one) => ({ ...one, text: one.text.replace(/<error[^>]*>/g, '') })),
  });
  const told = (before: string[], alone: string[], after: string[]) =>
    proof(
      report([
        sandboxRun('base', 1, namedFailure, junit(...before)),
        sandboxRun('test-only', 1, namedFailure, junit(...alone)),
        sandboxRun('candidate', 0, green, healed(...after)),
      ]),
      evidence,
      'workflow-run',
      withTest,
    ).verdict;

  it('did not run: no test', () => {
    const names = ['test_zero', 'test_ten'];
    expect(told(names, names, names)).toBe('no-test');
  });

  it('ran and passed: it does not fail', () => {
    const more = ['test_zero', 'test_ten', 'test_new'];
    expect(told(['test_zero', 'test_ten'], more, more)).toBe('test-does-not-fail');
  });

  it('ran only once all passed, for the first red ends the run: partly proven', () => {
    expect(told(['test_zero'], ['test_zero'], ['test_zero', 'test_ten', 'test_new'])).toBe('partly-proven');
  });
});

describe('a run with only the new tests that is missing', () => {
  const ended = (end: 'timed-out' | 'killed' | 'skipped', reason: string) =>
    only('', { exitCode: null, ended: end, reason });

  it.each([
    ['timed-out', 'ended after 300 s', bases.red, 'partly-proven'],
    ['killed', 'held 4 GB', bases.red, 'partly-proven'],
    ['skipped', 'none was named', bases.red, 'partly-proven'],
    ['timed-out', 'ended after 300 s', bases.green, 'partly-proven'],
    ['killed', 'held 4 GB', bases.green, 'sandbox-unavailable'],
    ['skipped', 'none was named', bases.green, 'sandbox-unavailable'],
  ] as const)('%s (%s) is told with the reason', (end, reason, base, verdict) => {
    const trigger = base === bases.red ? 'workflow-run' : 'issue';
    const told = judged(ended(end, reason), withTest, base, trigger);
    expect(told.verdict).toBe(verdict);
    expect(told.feedback).toContain(reason);
    expect(told.shortfall).toBe(verdict === 'partly-proven' ? told.feedback : undefined);
  });

  it('because there is no new test is as good as it can be', () => {
    expect(judged([], somePatch).verdict).toBe('proven');
    expect(judged([], somePatch, bases.green, 'issue').verdict).toBe('no-test');
    expect(judged([]).verdict).toBe('partly-proven');
  });
});
