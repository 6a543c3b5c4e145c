// The whole candidate's runs: red ones by what broke, repeated ones by how often they pass, and reports that outvote an exit code.
import { describe, expect, it } from '@jest/globals';
import { proof } from '../../../src/stages/validation/proof.ts';
import type { SandboxReport, SandboxRun } from '../../../src/stages/validation/sandbox-report.ts';
import { evidence } from '../../incident/sample.ts';
import { namedFailure, otherFailure, report, sandboxRun, somePatch } from './sandbox-report.ts';

const green = 'Ran 9 tests in 0.001s\n\nOK\n';
const base = sandboxRun('base', 1, namedFailure);
const judged = (candidates: readonly SandboxRun[], changes: Partial<SandboxReport> = {}, before = [base]) =>
  proof(report([...before, ...candidates], changes), evidence, 'workflow-run', somePatch);

describe('a red candidate', () => {
  it('that breaks another test says which, and that the failure is gone', () => {
    const { verdict, feedback } = judged([sandboxRun('candidate', 1, otherFailure)]);
    expect(verdict).toBe('broke-others');
    expect(feedback).toMatch(
      /^With the patch the failure is gone, but this test fails that did not fail without it: .*test_ten/,
    );
  });

  it('that breaks another test and keeps the failure is still failing, and says both', () => {
    const { verdict, feedback } = judged([sandboxRun('candidate', 1, `${namedFailure}\n${otherFailure}`)]);
    expect(verdict).toBe('still-failing');
    expect(feedback).toMatch(/still fail \(exit code 1\):\nAlso this test fails .*test_ten/);
  });

  it('whose own new test is what fails has broken nothing', () => {
    const testOnly = sandboxRun('test-only', 1, otherFailure);
    expect(judged([sandboxRun('candidate', 1, otherFailure)], {}, [base, testOnly]).verdict).toBe('still-failing');
  });

  it('that fails where the base did, in another test than the named one, is no worse', () => {
    const both = sandboxRun('base', 1, `${namedFailure}\n${otherFailure}`);
    expect(judged([sandboxRun('candidate', 1, otherFailure)], {}, [both]).verdict).toBe('still-failing');
  });

  it('that ran out of time says so, and that the base did not', () => {
    const late = { exitCode: null, ended: 'timed-out', reason: 'ended after the time limit of 300 s' } as const;
    expect(judged([sandboxRun('candidate', 0, '', late)])).toMatchObject({
      verdict: 'timed-out',
      feedback: 'With the patch the tests did not end (ended after the time limit of 300 s), and without it they did.',
    });
  });

  it('that was never started is nobody’s fault', () => {
    const absent = { exitCode: null, ended: 'not-started', reason: 'the sandbox did not start' } as const;
    expect(judged([sandboxRun('candidate', 0, '', absent)]).verdict).toBe('sandbox-unavailable');
  });
});

describe('a candidate that is run again', () => {
  const round = (number: number, exitCode: number) =>
    sandboxRun('candidate', exitCode, exitCode === 0 ? green : otherFailure, { round: number });

  it('is proven when it passes every time', () => {
    const { verdict, runs } = judged([round(1, 0), round(2, 0), round(3, 0)], { repeat: 2 });
    expect(verdict).toBe('proven');
    expect(runs.map(({ detail }) => detail).slice(2)).toEqual([
      'run 1 of 3: exit code 0',
      'run 2 of 3: exit code 0',
      'run 3 of 3: exit code 0',
    ]);
  });

  it('goes back when it passes now and then, with its rate', () => {
    const { verdict, feedback } = judged([round(1, 0), round(2, 1), round(3, 0)], { repeat: 2 });
    expect(verdict).toBe('broke-others');
    expect(feedback).toMatch(/^With the patch the tests passed in 2 of 3 runs: they have to pass every time\.\n/);
  });

  it('less often than asked is partly proven', () => {
    expect(judged([round(1, 0)], { repeat: 2 })).toMatchObject({
      verdict: 'partly-proven',
      shortfall: 'The candidate was run 1 of the 3 times that the workflow asks for.',
    });
  });
});

describe('test reports of a candidate that ends with 0', () => {
  const junit = (...cases: string[]) => [
    { path: 'reports/junit.xml', text: `<testsuite>${cases.join('')}</testsuite>` },
  ];
  const failed = (name: string, message: string) =>
    `<testcase classname="tests.test_calc.CalcTest" name="${name}"><failure message="${message}"/></testcase>`;
  const fine = (name: string) => `<testcase classname="tests.test_calc.CalcTest" name="${name}"/>`;
  const told = (reports: SandboxRun['reports']) => judged([sandboxRun('candidate', 0, green, { reports })]).verdict;

  it('outvote it where they name a test that did not fail before, or the failure itself', () => {
    expect(told(junit(fine('test_zero'), failed('test_ten', 'AssertionError: 1')))).toBe('broke-others');
    expect(told(junit(failed('test_zero', 'ZeroDivisionError: float division by zero')))).toBe('still-failing');
  });

  it('do not where all in them passed', () => {
    expect(told(junit(fine('test_zero'), fine('test_ten')))).toBe('proven');
  });
});
