// Errors that esbuild throws without logging them, as tsx and tsup show them.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('esbuild', () => {
  it('reads what was thrown', () => {
    const text =
      'Error: Transform failed with 1 error:\nC:/w/a.ts:4:54: ERROR: Expected ")" but found ";"\n    at x (y.js:1:2)';
    expect(failuresIn(text)).toMatchObject([
      { tool: 'esbuild', message: 'Expected ")" but found ";"', file: 'C:/w/a.ts', line: 4, column: 54 },
    ]);
  });

  it('leaves the line alone', () => {
    expect(failuresIn('a.ts:4:54: ERROR: quoted\n✘ ERROR none\nlog: [ERROR] handled')).toEqual([]);
  });
});
