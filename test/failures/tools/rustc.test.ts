// rustc's errors, real ones and in forms that fixtures do not show.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

describe('rustc', () => {
  it('reads a type error', () => {
    expect(failuresIn(fixture('rustc'))).toMatchObject([
      { tool: 'rustc', type: 'E0308', message: 'mismatched types', file: 'a.rs', line: 2, column: 18 },
    ]);
  });

  it('reads an error without a place', () => {
    expect(
      failuresIn("error[E0463]: can't find crate for `std`\n  |\n  = note: the target may not be installed\n"),
    ).toMatchObject([{ type: 'E0463', message: "can't find crate for `std`", at: { from: 1, to: 3 } }]);
  });

  it.each([
    'warning: unused variable: `x`\n --> src/lib.rs:2:9\n',
    'error[invalid-argument-type]: not Rust\n --> shop/price.py:2:9\n',
    'error: something else',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
