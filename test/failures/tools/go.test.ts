// What fixtures do not show of `go test`: where a file's folder comes from, which lines are the assertion, what is no end.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

const failed = (printed: string, name = 'example.com/shop/price') =>
  failuresIn(`--- FAIL: TestPrice (0.00s)\n${printed}\nFAIL\nFAIL\t${name}\t0.004s`);

describe('go', () => {
  it.each([
    ['example.com/shop/price', 'price/price_test.go'],
    ['github.com/shop/shop/v2/internal/price', 'internal/price/price_test.go'],
    ['example.com/shop', 'price_test.go'],
    ['shop/price', 'price/price_test.go'],
  ])('puts the folder of package %s before its file', (name, file) => {
    expect(failed('    price_test.go:12: got 5, want 6', name)).toMatchObject([{ test: 'TestPrice', file, line: 12 }]);
  });

  it.each([
    ['Price(2) = 5, want 6', { actual: '5', expected: '6' }],
    ['expected 6 but got 5', { actual: '5', expected: '6' }],
    ['wrong price: got 5; want 6', { actual: '5', expected: '6' }],
    ['want: 6, got: 5', { actual: '5', expected: '6' }],
  ])('reads the two values of %j', (message, values) => {
    expect(failed(`    price_test.go:12: ${message}`)).toMatchObject([{ message, ...values }]);
  });

  it('takes the last line for the reason where none compares', () => {
    const printed =
      '    price_test.go:3: loading\n    price_test.go:9: open /nowhere: no such file\n        more of it';
    expect(failed(printed)).toMatchObject([{ message: 'open /nowhere: no such file\nmore of it', line: 9 }]);
  });

  it('reads the events of packages that run at the same time', () => {
    const event = (name: string, text: string) => JSON.stringify({ Action: 'output', Package: name, Output: text });
    const text = [
      event('example.com/shop/a', '--- FAIL: TestA (0.00s)\n'),
      event('example.com/shop/b', '--- FAIL: TestB (0.00s)\n'),
      event('example.com/shop/a', '    a_test.go:'),
      event('example.com/shop/b', '    b_test.go:7: b is wrong\n'),
      event('example.com/shop/a', '3: a is wrong\n'),
      event('example.com/shop/a', 'FAIL\texample.com/shop/a\t0.1s\n'),
      event('example.com/shop/b', 'FAIL\texample.com/shop/b\t0.1s\n'),
    ].join('\n');
    expect(failuresIn(text)).toMatchObject([
      { test: 'TestA', message: 'a is wrong', file: 'a/a_test.go', line: 3 },
      { test: 'TestB', message: 'b is wrong', file: 'b/b_test.go', line: 7 },
    ]);
  });

  it.each([
    [
      'what a test of a package that passed printed',
      '--- FAIL: TestInner (0.00s)\n    x_test.go:3: printed\nok  \tshop\t0.1s',
    ],
    [
      'a try that passed when repeated',
      '=== FAIL: price TestA (0.00s)\n    a_test.go:3: not this time\n\n=== FAIL: price TestB (re-run 1) (0.00s)\n    b_test.go:3: got 1, want 2\n\nDONE 2 runs, 3 tests, 2 failures in 1s',
    ],
  ])('leaves %s', (_, text) => {
    expect(failuresIn(text).map(({ test }) => test)).not.toContain(text.includes('TestB') ? 'TestA' : 'TestInner');
  });
});
