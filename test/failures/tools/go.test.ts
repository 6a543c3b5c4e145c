// What `go test` prints → every failed test, and the panic that ended one.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('go', () => {
  it('names the tests that say something, not the parents that only fail with them', () => {
    const text = `=== RUN   TestPrice
--- FAIL: TestPrice (0.00s)
    --- FAIL: TestPrice/zero (0.00s)
        price_test.go:12: got 5, want 6
    --- PASS: TestPrice/half (0.00s)
--- FAIL: TestLoad (0.01s)
    load_test.go:7: open /nowhere: no such file
        more of it
FAIL
FAIL	example.com/shop/price	0.004s`;
    expect(failuresIn(text)).toMatchObject([
      { tool: 'go', test: 'TestPrice/zero', message: 'got 5, want 6', file: 'price_test.go', line: 12 },
      { test: 'TestLoad', message: 'open /nowhere: no such file\nmore of it', line: 7 },
    ]);
  });

  it('joins a test and the panic that ended it', () => {
    const text = `--- FAIL: TestZero (0.00s)
panic: runtime error: integer divide by zero [recovered]
	panic: runtime error: integer divide by zero

goroutine 7 [running]:
testing.tRunner.func1.2({0x5})
	/opt/hostedtoolcache/go/1.25.0/x64/src/testing/testing.go:1389 +0x24e
example.com/shop.Calc(...)
	/home/runner/work/shop/shop/price.go:4 +0x1d
FAIL	example.com/shop	0.004s`;
    expect(failuresIn(text)).toMatchObject([
      {
        test: 'TestZero',
        type: 'panic',
        message: 'runtime error: integer divide by zero',
        file: '/home/runner/work/shop/shop/price.go',
        line: 4,
        at: { from: 1, to: 9 },
      },
    ]);
  });

  it('reads what the compiler says', () => {
    expect(failuresIn('# example.com/shop\n./price.go:4:9: undefined: discuont\n')).toMatchObject([
      { tool: 'go', message: 'undefined: discuont', file: './price.go', line: 4, column: 9 },
    ]);
  });
});
