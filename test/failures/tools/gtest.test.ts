// GoogleTest as Visual C++ prints places, and CTest's repetitions.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('gtest', () => {
  it('reads the places of Visual C++', () => {
    const text =
      '[ RUN      ] Price.Half\nD:\\a\\shop\\price_test.cpp(12): error: Expected: (a) > (b), actual: 1 vs 2\n[  FAILED  ] Price.Half (0 ms)';
    expect(failuresIn(text)).toMatchObject([
      { test: 'Price.Half', file: 'D:\\a\\shop\\price_test.cpp', line: 12, expected: '(a) > (b)', actual: '1 vs 2' },
    ]);
  });
});

describe('ctest', () => {
  it('leaves a test that passed when repeated', () => {
    const text =
      '1/1 Test #1: price ....***Failed    0.00 sec\nnot this time\n    Start 1: price\n1/1 Test #1: price ....   Passed    0.00 sec\n\n100% tests passed, 0 tests failed out of 1';
    expect(failuresIn(text)).toEqual([]);
  });
});
