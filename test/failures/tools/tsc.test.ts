// Errors of the TypeScript compiler, beyond what the fixtures show.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

describe('tsc', () => {
  it.each(['tsc', 'tsc-pretty'])('reads %s', (name) => {
    expect(failuresIn(fixture(name))).toMatchObject([
      {
        tool: 'tsc',
        type: 'TS2322',
        message: "Type 'string' is not assignable to type 'number'.",
        file: 'price.ts',
        line: 1,
        column: 14,
      },
      { tool: 'tsc', type: 'TS2551', file: 'price.ts', line: 2, column: 7 },
    ]);
  });

  it.each([
    ['C:\\shop\\src\\a.ts(3,5): error TS2304: Cannot find name x.', 'C:\\shop\\src\\a.ts'],
    ['C:/shop/src/a.ts:3:5 - error TS2304: Cannot find name x.', 'C:/shop/src/a.ts'],
    ['src/my shop/[id]/a.tsx(3,5): error TS2304: Cannot find name x.', 'src/my shop/[id]/a.tsx'],
    ['##[error]src/a.ts(3,5): error TS2304: Cannot find name x.', 'src/a.ts'],
  ])('reads %s', (text, file) => {
    expect(failuresIn(`2026-03-01T12:00:00.0000000Z ${text}`)).toMatchObject([
      { tool: 'tsc', type: 'TS2304', message: 'Cannot find name x.', file, line: 3, column: 5 },
    ]);
  });

  it.each(['  src/a.ts(3,5): error TS2304: quoted', 'explains error TS2304: Cannot find', 'Found 0 errors.'])(
    'leaves %j',
    (text) => {
      expect(failuresIn(text)).toEqual([]);
    },
  );
});
