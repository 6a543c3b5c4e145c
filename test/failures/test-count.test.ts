import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testCount } from '../../src/failures/test-count.ts';

describe('the tests that ran', () => {
  it.each([
    ['unittest', '...F\nRan 14 tests in 0.003s\n\nFAILED (failures=1, skipped=2)\n', 12],
    ['unittest of nothing', '\nRan 0 tests in 0.000s\n\nOK\n', 0],
    ['pytest', '=========== 1 failed, 6 passed, 2 skipped in 0.12s ===========\n', 7],
    ['Jest', 'Test Suites: 1 failed, 1 passed, 2 total\nTests:       1 failed, 1 skipped, 8 passed, 10 total\n', 9],
    ['Vitest', ' Test Files  1 failed (1)\n      Tests  1 failed | 3 passed (4)\n', 4],
    ['Mocha', '  12 passing (8ms)\n  1 failing\n', 13],
    ['node:test', 'ℹ tests 6\nℹ pass 4\nℹ fail 1\nℹ skipped 1\n', 5],
    ['TAP', '# tests 3\n# pass 3\n# fail 0\n', 3],
    ['RSpec', '7 examples, 1 failure, 2 pending\n', 5],
    ['Minitest', '9 runs, 12 assertions, 0 failures, 0 errors, 1 skips\n', 8],
    [
      'Rust, two crates',
      'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\ntest result: FAILED. 1 passed; 1 failed; 0 ignored\n',
      5,
    ],
    [
      'Go',
      'ok  \tshop/cart\t0.01s\nFAIL\tshop/price\t0.02s\n?   \tshop/x\t[no test files]\nok  \tshop/y\t0.01s [no tests to run]\n',
      2,
    ],
    [
      'Maven',
      '[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in CartTest\n[ERROR] Tests run: 5, Failures: 1, Errors: 0, Skipped: 1\n',
      4,
    ],
    ['PHPUnit', 'OK (5 tests, 9 assertions)\n', 5],
    ['PHPUnit, red', 'Tests: 6, Assertions: 9, Failures: 1, Skipped: 2.\n', 4],
    ['.NET', 'Failed!  - Failed:     1, Passed:     4, Skipped:     1, Total:     6\n', 5],
  ])('%s', (_, output, count) => {
    expect(testCount(output)?.ran).toBe(count);
  });

  it.each([
    ['unittest', '...F\nRan 14 tests in 0.003s\n\nFAILED (failures=1, skipped=2)\n', 2],
    ['pytest, with those that are expected to fail', '=== 6 passed, 2 skipped, 1 xfailed in 0.12s ===\n', 3],
    ['Jest', 'Tests:       1 failed, 1 skipped, 2 todo, 8 passed, 12 total\n', 3],
    ['Vitest', '      Tests  3 passed | 2 skipped (5)\n', 2],
    ['Mocha', '  12 passing (8ms)\n  3 pending\n', 3],
    ['node:test', 'ℹ tests 7\nℹ pass 4\nℹ fail 1\nℹ skipped 1\nℹ todo 1\n', 2],
    ['RSpec', '7 examples, 1 failure, 2 pending\n', 2],
    ['Rust', 'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n', 1],
    ['Go', '--- SKIP: TestSlow (0.00s)\nok  \tshop/cart\t0.01s\n', 1],
    ['Maven', '[ERROR] Tests run: 5, Failures: 1, Errors: 0, Skipped: 1\n', 1],
    ['PHPUnit', 'Tests: 6, Assertions: 9, Failures: 1, Skipped: 2, Incomplete: 1.\n', 3],
    ['.NET', 'Failed!  - Failed:     1, Passed:     4, Skipped:     2, Total:     7\n', 2],
    ['nobody', 'Ran 14 tests in 0.003s\n\nOK\n', 0],
  ])('%s says how many were skipped', (_, output, count) => {
    expect(testCount(output)?.skipped).toBe(count);
  });

  it('are unknown where nobody counts', () => {
    expect(testCount('all good\nexit 0\n')).toBeUndefined();
    expect(testCount('')).toBeUndefined();
  });

  it('never make anything up of noise', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (output) => {
        expect(testCount(output)?.ran ?? 0).not.toBeNaN();
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('are counted in logs of real runs', () => {
    const logs = new URL('../fixtures/logs/', import.meta.url);
    const counted = ['unittest', 'pytest', 'jest', 'vitest', 'mocha', 'node-test', 'go', 'cargo'].filter((tool) => {
      const names = readdirSync(new URL(`${tool}/`, logs)).filter((name) => name.endsWith('.log'));
      return names.some((name) => (testCount(readFileSync(new URL(`${tool}/${name}`, logs), 'utf8'))?.ran ?? 0) > 0);
    });
    expect(counted).toEqual(['unittest', 'pytest', 'jest', 'vitest', 'mocha', 'node-test', 'go', 'cargo']);
  });
});
