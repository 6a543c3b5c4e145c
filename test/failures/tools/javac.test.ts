// Errors of Java's compiler where no fixture shows them.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

describe('javac', () => {
  it('reads its own output', () => {
    expect(failuresIn(fixture('javac'))).toMatchObject([
      {
        tool: 'javac',
        message: 'incompatible types: String cannot be converted to int',
        file: 'shop/Broken.java',
        line: 2,
      },
    ]);
  });

  it.each([
    ['error: release version 25 not supported', { tool: 'javac', message: 'release version 25 not supported' }],
    ['A.java:3: error: [ArrayEquals] by reference', { type: 'ArrayEquals', message: 'by reference', line: 3 }],
    ['[ERROR] C:\\w\\A.java:[3,12] cannot find symbol', { file: 'C:\\w\\A.java', line: 3, column: 12 }],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([expected]);
  });

  it.each([
    'A.java:3: warning: [unchecked] unchecked call',
    '[WARNING] /w/A.java:[3,12] deprecated',
    'error: something',
    'A.java:3: error: printed by a test\n[INFO] BUILD SUCCESS',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
