// What pytest printed in each of its styles, saved from real runs → every failed test.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

const failed = [
  'test_zero',
  'test_half',
  'test_pairs[2-3]',
  'TestLoad::test_chain',
  'TestLoad::test_raises',
  'test_text',
  'test_fixture',
].map((name) => `test_price.py::${name}`);
const byTest = (name: string) => new Map(failuresIn(fixture(name)).map((failure) => [failure.test, failure]));

describe('pytest', () => {
  it.each(['pytest-colour', 'pytest-short', 'pytest-native', 'pytest-line', 'pytest-no'])(
    'names the failed tests of %s by their ids',
    (name) => {
      expect([...byTest(name).keys()].sort()).toEqual([...failed].sort());
    },
  );

  it.each(['pytest-verbose-continue', 'pytest-short', 'pytest-colour'])(
    'reads errors, values and places of %s',
    (name) => {
      const found = byTest(name);
      expect(found.get('test_price.py::test_zero')).toMatchObject({
        tool: 'pytest',
        type: 'ZeroDivisionError',
        message: 'division by zero',
        file: 'pricing.py',
        line: 2,
      });
      expect(found.get('test_price.py::test_zero')?.frames.map((frame) => `${frame.file}:${frame.line}`)).toEqual([
        'pricing.py:2',
        'test_price.py:6',
        'test_price.py:10',
      ]);
      expect(found.get('test_price.py::test_half')).toMatchObject({
        type: 'AssertionError',
        actual: '5.0',
        expected: '6',
        line: 14,
      });
      expect(found.get('test_price.py::test_fixture')).toMatchObject({
        type: 'ConnectionError',
        message: 'refused',
        line: 33,
      });
      expect(found.get('test_price.py::TestLoad::test_raises')).toMatchObject({
        type: 'Failed',
        message: "DID NOT RAISE <class 'ValueError'>",
      });
      expect(found.get('test_price.py::test_text')?.message).toMatch(/^greetings differ\nassert 'hello world'/);
    },
  );

  it.each(['pytest-verbose-continue', 'pytest-short', 'pytest-native'])(
    'names the root of a chain of exceptions in %s',
    (name) => {
      const found = byTest(name).get('test_price.py::TestLoad::test_chain');
      expect(found).toMatchObject({
        type: 'FileNotFoundError',
        message: "[Errno 2] No such file or directory: '/nowhere'",
        line: 7,
      });
      expect(found?.file).toMatch(/pricing\.py$/);
    },
  );

  it('reads modules that cannot be collected', () => {
    expect(failuresIn(fixture('pytest-long'))).toMatchObject([
      {
        test: 'test_collect.py',
        type: 'ModuleNotFoundError',
        message: "No module named 'missing_module'",
        file: 'test_collect.py',
        line: 1,
      },
      {
        test: 'test_syntax.py',
        type: 'SyntaxError',
        message: 'invalid syntax',
        file: '/home/runner/work/shop/shop/test_syntax.py',
        line: 1,
      },
    ]);
  });

  it('makes up the id where the summary is missing, and leaves out what was captured', () => {
    const text = `=================================== FAILURES ===================================
____________________________ TestPrice.test_zero[a] ____________________________
tests/test_price.py:10: in test_zero
    calc(1, 0)
src/pricing.py:2: in calc
    return price / discount
E   ZeroDivisionError: division by zero
----------------------------- Captured stdout call -----------------------------
E   RuntimeError: only printed
=========================== 1 failed in 0.10s ===========================`;
    expect(failuresIn(text)).toMatchObject([
      {
        test: 'tests/test_price.py::TestPrice::test_zero[a]',
        type: 'ZeroDivisionError',
        file: 'src/pricing.py',
        line: 2,
        at: { from: 2, to: 7 },
      },
    ]);
  });
});
