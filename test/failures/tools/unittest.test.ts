// What unittest printed, saved from a real run → every failed test.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

const root = '/home/runner/work/shop/shop';

describe('unittest', () => {
  it('names every failed test, sub-test and fixture, its root cause and its place', () => {
    expect(failuresIn(fixture('unittest'))).toMatchObject([
      {
        tool: 'unittest',
        test: 'unittest.loader._FailedTest.test_broken',
        type: 'ModuleNotFoundError',
        file: `${root}/test_broken.py`,
        line: 1,
      },
      { test: 'test_pricing.PriceTest.test_load', type: 'FileNotFoundError', file: `${root}/pricing.py`, line: 7 },
      {
        test: 'test_pricing.PriceTest.test_zero',
        type: 'ZeroDivisionError',
        message: 'division by zero',
        file: `${root}/pricing.py`,
        line: 2,
      },
      { test: 'test_pricing.SetUp.setUpClass', type: 'ValueError', message: 'no database' },
      { test: 'test_pricing.PriceTest.test_half', type: 'AssertionError', message: '5.0 != 6', line: 11 },
      { test: 'test_pricing.PriceTest.test_sub (i=1)', message: '1 not less than 1' },
      { test: 'test_pricing.PriceTest.test_sub (i=2)', message: '2 not less than 1' },
    ]);
  });

  it('gives a test the same name as Python before 3.11 did', () => {
    const older = fixture('unittest').replace(/\((test_pricing\.PriceTest)\.\w+\)/g, '($1)');
    expect(failuresIn(older).map((failure) => failure.test)).toEqual(
      failuresIn(fixture('unittest')).map((failure) => failure.test),
    );
  });

  it('takes a log line that looks like a title for what it is', () => {
    expect(failuresIn('ERROR: test_x (a.B)\nTraceback\nOK')).toEqual([]);
  });

  it('reads the progress where the report is lost', () => {
    const text =
      'test_a (shop.tests.A.test_a) ... ok\ntest_b (shop.tests.A) ... ERROR\ntest_c (shop.tests.A.test_c) ... FAIL';
    expect(failuresIn(text).map(({ test }) => test)).toEqual(['shop.tests.A.test_b', 'shop.tests.A.test_c']);
  });
});
