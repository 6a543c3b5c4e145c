import { expect, it } from '@jest/globals';
import { dollars } from '../../src/text/dollars.ts';

it.each([
  [0, '0.00 $'],
  [0.000001, '< 0.01 $'],
  [0.0099, '< 0.01 $'],
  [0.01, '0.01 $'],
  [0.126, '0.13 $'],
  [1234.5, '1234.50 $'],
])('%s dollars are shown as %s', (usd, shown) => {
  expect(dollars(usd)).toBe(shown);
});
