// Errors in the form that most compilers share → one failure an error, unless a parser of its own knows the language.
import { describe, expect, it } from '@jest/globals';
import { compiler } from '../../../src/failures/tools/compiler.ts';
import { failuresIn } from '../fixture.ts';

describe('compiler', () => {
  it('reads the form that most compilers share', () => {
    expect(failuresIn('src/main.zig:12:5: error: use of undeclared identifier\n')).toMatchObject([
      { tool: 'compiler', file: 'src/main.zig', line: 12, column: 5, message: 'use of undeclared identifier' },
    ]);
  });

  it.each(['src/a.c:3:1: error: x', 'src/a.hs:3:1: warning: unused', 'error: something', 'npm error: x'])(
    'leaves %j',
    (text) => {
      expect(compiler.find([{ number: 1, text, kind: 'output' }])).toEqual([]);
    },
  );
});
