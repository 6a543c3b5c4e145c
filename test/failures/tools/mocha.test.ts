// Mocha's list of failures → every failed test and hook.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

const text = `  price
    1) divides
    ✔ is fine (12ms)

  7 passing (9s)
  2 failing

  1) price
       with a discount
         divides:

      AssertionError: expected 5 to equal 6
      + expected - actual

      -5
      +6

      at Context.<anonymous> (test/price.test.js:28:11)
      at process.processImmediate (node:internal/timers:483:21)

  2) price
       "before all" hook for "loads":
     Error: Timeout of 2000ms exceeded. (/app/test/load.js)
      at listOnTimeout (node:internal/timers:564:17)

npm error code 2
npm error path /app`;

describe('mocha', () => {
  it('reads titles, errors, values and places', () => {
    expect(failuresIn(text)).toMatchObject([
      {
        tool: 'mocha',
        test: 'price with a discount divides',
        type: 'AssertionError',
        message: 'expected 5 to equal 6',
        expected: '6',
        actual: '5',
        file: 'test/price.test.js',
        line: 28,
      },
      {
        test: 'price "before all" hook for "loads"',
        type: 'Error',
        message: 'Timeout of 2000ms exceeded. (/app/test/load.js)',
      },
    ]);
  });
});
