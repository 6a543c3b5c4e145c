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
        message: "[Errno 2] No such file or directory: '/nowhere'\nraised again as RuntimeError: cannot load /nowhere",
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

  const section = (...lines: string[]) =>
    ['=================================== FAILURES ===================================', ...lines].join('\n');

  it('takes the test’s file for the id, not that of a helper which the test called', () => {
    const text = section(
      '_________________________________ test_order __________________________________',
      'tests/test_order.py:4: in test_order',
      '    check(order)',
      'tests/support.py:9: in check',
      '    assert order',
      'E   AssertionError: assert None',
    );
    expect(failuresIn(text)).toMatchObject([
      { test: 'tests/test_order.py::test_order', file: 'tests/support.py', line: 9 },
    ]);
  });

  it('leaves out a run of pytest that a test printed', () => {
    const text = section(
      '_________________________________ test_plugin __________________________________',
      'test_plugin.py:4: in test_plugin',
      '    result.assert_outcomes(passed=1)',
      "E   AssertionError: assert {'failed': 1} == {'passed': 1}",
      '----------------------------- Captured stdout call -----------------------------',
      '============================= test session starts ==============================',
      '=================================== FAILURES ===================================',
      '__________________________________ test_inner __________________________________',
      'test_inner.py:2: in test_inner',
      'E   assert False',
      '=========================== short test summary info ============================',
      'FAILED test_inner.py::test_inner - assert False',
      '============================== 1 failed in 0.01s ===============================',
      '=========================== short test summary info ============================',
      'FAILED test_plugin.py::test_plugin - AssertionError',
      '============================== 1 failed in 0.12s ===============================',
    );
    expect(failuresIn(text)).toMatchObject([
      { test: 'test_plugin.py::test_plugin', actual: "{'failed': 1}", expected: "{'passed': 1}" },
    ]);
  });

  it('takes no line that a test printed for the title of another', () => {
    const text = section(
      '____________________________________ test_a ____________________________________',
      'test_a.py:2: in test_a',
      'E   assert False',
      '----------------------------- Captured stdout call -----------------------------',
      '___ Summary ___',
      'E   all is lost',
      '____________________________________ test_b ____________________________________',
      'test_a.py:5: in test_b',
      'E   assert None',
      '=========================== short test summary info ============================',
      'FAILED test_a.py::test_a - assert False',
      'FAILED test_a.py::test_b - assert None',
    );
    expect(failuresIn(text).map(({ test }) => test)).toEqual(['test_a.py::test_a', 'test_a.py::test_b']);
  });

  it('reads the progress where everything after it is lost, and believes the last word on a test', () => {
    const text = [
      'tests/test_a.py::test_x FAILED                     [ 25%]',
      'tests/test_a.py::test_y[a b] RERUN                 [ 50%]',
      'tests/test_a.py::test_y[a b] PASSED                [ 50%]',
      '[gw1] [ 75%] ERROR tests/test_b.py::test_z ',
    ].join('\n');
    expect(failuresIn(text).map(({ test }) => test)).toEqual(['tests/test_a.py::test_x', 'tests/test_b.py::test_z']);
  });

  it('believes the summary’s form only where a summary stands, but for ids of tests', () => {
    expect(failuresIn('ERROR could not connect\nFAILED to start - giving up\nERROR: not found: nothing')).toMatchObject(
      [{ type: 'UsageError' }],
    );
    expect(failuresIn('FAILED tests/test_a.py::test_x - ValueError: no')).toMatchObject([
      { test: 'tests/test_a.py::test_x', type: 'ValueError', message: 'no' },
    ]);
  });

  it('tells runs apart, each with its own summary', () => {
    const run = (file: string) =>
      [
        '============================= test session starts ==============================',
        '=================================== FAILURES ===================================',
        '____________________________________ test_a ____________________________________',
        `/shop/${file}:2: in test_a`,
        'E   assert False',
        '=========================== short test summary info ============================',
        `FAILED ${file}::test_a - assert False`,
        '============================== 1 failed in 0.01s ===============================',
      ].join('\n');
    expect(failuresIn(`${run('test_one.py')}\n${run('test_two.py')}`).map(({ test }) => test)).toEqual([
      'test_one.py::test_a',
      'test_two.py::test_a',
    ]);
  });
});
