// What ran before and what ran with the patch: tests that are gone, that are skipped now, and names that change with every run.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SandboxRun } from '../../../src/stages/validation/sandbox-report.ts';
import { ranMore, testsLost } from '../../../src/stages/validation/tests-lost.ts';
import { commandEnd, sandboxRun } from './sandbox-report.ts';

type Case = string | { skipped: string };
const escaped = (text: string) => text.replace(/[&<>"'\n\r\t]/g, (found) => `&#${found.charCodeAt(0)};`);
const junit = (cases: readonly Case[], changes: Partial<SandboxRun> = {}): SandboxRun => {
  const text = cases
    .map((one) =>
      typeof one === 'string'
        ? `<testcase name="${escaped(one)}"/>`
        : `<testcase name="${escaped(one.skipped)}"><skipped/></testcase>`,
    )
    .join('');
  return sandboxRun('base', 0, '', {
    reports: [{ path: 'a.xml', text: `<testsuite>${text}</testsuite>` }],
    ...changes,
  });
};
const printed = (output: string, changes: Partial<SandboxRun> = {}) => sandboxRun('base', 0, output, changes);

describe('by their names in reports', () => {
  it('nothing is lost where all ran, and more', () => {
    expect(testsLost(junit(['a', 'b']), junit(['b', 'c', 'a']), 1)).toBeUndefined();
  });

  it.each<[string, Case[], Case[], RegExp]>([
    ['a test is gone, however many are new', ['a', 'b'], ['b', 'c', 'd'], /this test does not run any more: a\./],
    ['a test is skipped now', ['a', 'b'], ['a', { skipped: 'b' }, 'c'], /this test is skipped now: b\./],
    [
      'some of either',
      ['a', 'b', 'c'],
      [{ skipped: 'c' }],
      /these tests do not run any more: a, b; this test is skipped now: c/,
    ],
    ['no report came', ['a'], [], /does not run any more: a/],
    ['one row of a table is gone', ['rounds 1', 'rounds 2'], ['rounds 1'], /does not run any more: rounds 1/],
  ])('%s', (_, before, after, words) => {
    expect(testsLost(junit(before), junit(after), 5)).toMatch(words);
  });

  it('says how many more there are', () => {
    const many = Array.from({ length: 40 }, (_, index) => `test ${'x'.repeat(index + 1)}`);
    expect(testsLost(junit(many), junit([]), 0)).toMatch(/, 30 more\./);
  });

  it('takes no name that changes with every run for a lost one', () => {
    const before = [
      'reads 0x7f3a1c2b4d60',
      'asks http://127.0.0.1:43121/x',
      'keeps 12 of 31',
      'writes /tmp/shop-x81/a.csv',
    ];
    const after = [
      'reads 0x7f99aa01b2c0',
      'asks http://127.0.0.1:39007/x',
      'keeps 30 of 31',
      'writes /tmp/shop-b02/a.csv',
    ];
    expect(testsLost(junit(before), junit(after), 0)).toBeUndefined();
  });

  it('was skipped before, and may be now', () => {
    expect(testsLost(junit(['a', { skipped: 'b' }]), junit(['a', { skipped: 'b' }]), 0)).toBeUndefined();
  });

  it('does not compare what did not fit into the report', () => {
    const cut = { reportsLeftOut: { count: 1, paths: ['big.xml'] } };
    expect(testsLost(junit(['a', 'b'], cut), junit(['a']), 0)).toBeUndefined();
    expect(testsLost(junit(['a', 'b']), junit(['a'], cut), 0)).toBeUndefined();
  });

  it('never loses a test of the same cases in any order, and always one that is taken away', () => {
    const names = fc.array(
      fc.string({ minLength: 1, maxLength: 20 }).filter((text) => /[a-z]/i.test(text)),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(names, fc.nat(), (cases, at) => {
        expect(testsLost(junit(cases), junit(cases.toReversed()), 0)).toBeUndefined();
        const fewer = cases.toSpliced(at % cases.length, 1);
        expect(testsLost(junit(cases), junit(fewer), 0)).toMatch(/not run any more/);
      }),
    );
  });
});

describe('by the counts that are printed', () => {
  const unittest = (count: number, skipped = 0) =>
    `Ran ${count} tests in 0.1s\n\nOK${skipped > 0 ? ` (skipped=${skipped})` : ''}\n`;

  it.each([
    ['fewer ran', unittest(5), unittest(4), 0, /only 4 tests ran, and 5 ran/],
    ['nobody says that any ran', unittest(5), 'OK\n', 0, /no test is reported/],
    ['one is new and one is skipped', unittest(5), unittest(6, 1), 1, /1 tests are skipped, and 0 were/],
  ])('%s', (_, before, after, newTests, words) => {
    expect(testsLost(printed(before), printed(after), newTests)).toMatch(words);
  });

  it('forgives skipped tests that a red run had not come to', () => {
    expect(testsLost(printed(unittest(5)), printed(unittest(20, 3)), 1)).toBeUndefined();
  });

  it('says nothing of a count that may stand in what was left out', () => {
    expect(testsLost(printed(unittest(5)), printed('OK\n', { outputTruncated: true }), 0)).toBeUndefined();
    expect(testsLost(printed(unittest(5), { outputTruncated: true }), printed('OK\n'), 0)).toBeUndefined();
  });

  it('compares each command with itself', () => {
    const before = printed(unittest(1), { testCommand: commandEnd(1, unittest(50)) });
    expect(testsLost(before, printed(unittest(2), { testCommand: commandEnd(0, unittest(49)) }), 0)).toMatch(/only 49/);
    expect(testsLost(before, printed(unittest(2), { testCommand: commandEnd(0, unittest(51)) }), 0)).toBeUndefined();
  });
});

describe('more than before', () => {
  it('ran by name, by count, or nobody can tell', () => {
    expect(ranMore(junit(['a']), junit(['a', 'b']))).toBe(true);
    expect(ranMore(junit(['a', 'b']), junit(['a', { skipped: 'c' }]))).toBe(false);
    expect(ranMore(printed('Ran 1 test in 0.1s\n'), printed('Ran 2 tests in 0.1s\n'))).toBe(true);
    expect(ranMore(printed('Ran 2 tests in 0.1s\n'), printed('Ran 2 tests in 0.1s\n'))).toBe(false);
    expect(ranMore(printed(''), printed('Ran 2 tests in 0.1s\n'))).toBeUndefined();
  });
});
