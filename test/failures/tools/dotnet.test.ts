// .NET's tests and traces where no fixture shows them.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('dotnet', () => {
  it('reads xUnit’s own runner', () => {
    const text = `    Shop.PriceTests.Sum [FAIL]
      Assert.Equal() Failure
      Expected: 3
      Actual:   4
      Stack Trace:
        C:\\src\\PriceTests.cs(12,0): at Shop.PriceTests.Sum()
    Shop.PriceTests.Half [SKIP]`;
    expect(failuresIn(text)).toMatchObject([
      {
        test: 'Shop.PriceTests.Sum',
        expected: '3',
        actual: '4',
        file: 'C:\\src\\PriceTests.cs',
        line: 12,
        at: { from: 1, to: 6 },
      },
    ]);
  });

  it('reads a trace from an issue', () => {
    const text = `It says System.ArgumentException: no such price
   at Shop.Price.Find(String name) in /src/Price.cs:line 7
   at Shop.Program.Main() in /src/Program.cs:line 3
and stops.`;
    expect(failuresIn(text)).toMatchObject([
      {
        type: 'System.ArgumentException',
        message: 'no such price',
        file: '/src/Price.cs',
        line: 7,
        at: { from: 1, to: 3 },
      },
    ]);
  });

  it.each(['  Failed to load the cache\n  Error: none', '  Passed A.B [1 ms]', 'failed to push (12ms)\nnext'])(
    'leaves %j',
    (text) => {
      expect(failuresIn(text)).toEqual([]);
    },
  );
});
