// Errors as runtimes and runners print them → the root cause, what it was raised again as, and whose frames come first.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { thrownError } from '../../src/failures/thrown-error.ts';

const read = (text: string) => thrownError(text.split('\n'));

describe('thrownError', () => {
  it('names the root of a chain, and what it was raised again as', () => {
    const chain = `Error: outer
    at load (src/load.js:6:11)
    at test (test/load.js:3:1) {
  [cause]: Error: middle
      at load (src/load.js:5:11)
      at test (test/load.js:3:1) {
    [cause]: TypeError: inner
        at JSON.parse (<anonymous>)
        at load (src/load.js:4:17)
        at test (test/load.js:3:1)
  }
}`;
    expect(read(chain)).toMatchObject({
      type: 'TypeError',
      message: 'inner\nraised again as Error: middle\nraised again as Error: outer',
      file: 'src/load.js',
      line: 4,
    });
    expect(read(chain).frames.map((frame) => frame.line)).toEqual([4, 3, 5, 6]);
  });

  it('takes the first of several errors', () => {
    const many = `AggregateError: All promises were rejected

Errors contained in AggregateError:
    RangeError: left

    > 1 | throw
        |  ^
        at left (a.js:1:2)

    TypeError: right

        at right (a.js:2:2)`;
    expect(read(many)).toMatchObject({ type: 'RangeError', line: 1 });
    expect(read(many).message).toBe('left\nraised again as AggregateError: All promises were rejected');
  });

  it.each([
    ['/app/test/a.js:3\n  const = 3;\n        ^\n\nSyntaxError: Unexpected token', { file: '/app/test/a.js', line: 3 }],
    ['SyntaxError: /app/a.js: Unexpected token (2:8)', { file: '/app/a.js', line: 2, column: 8 }],
    ["Error: Cannot find module './b' from 'test/a.js'", { file: 'test/a.js' }],
    ['Error: Cannot find package x imported from /app/a.mjs', { file: '/app/a.mjs' }],
    ['Error: Transform failed\n/app/a.ts:3:8: ERROR: Expected', { file: '/app/a.ts', line: 3, column: 8 }],
  ])('reads the place in %j', (text, place) => {
    expect(read(text)).toMatchObject(place);
  });

  it('takes what the tool said where all frames are a library’s', () => {
    const frames = ['Error: no', '    at f (/app/node_modules/x/x.js:1:2)'];
    expect(thrownError(frames, { file: 'test/a.js' })).toMatchObject({ file: 'test/a.js' });
    expect(thrownError(frames).file).toBeUndefined();
  });

  it('reads any lines, however hostile', () => {
    const part = fc.constantFrom(
      '[cause]: ',
      'Caused by: ',
      'Error: ',
      'at a (',
      'x.js:1:2',
      ')',
      '  ',
      '[errors]: [',
      '(',
      ':',
      ' from ',
      "'",
    );
    const line = fc.array(part, { maxLength: 400 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        expect(typeof thrownError(lines).message).toBe('string');
      }),
      { numRuns: 30 },
    );
  });
});
