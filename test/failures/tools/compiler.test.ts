// Errors of compilers and linters, real ones and in their documented forms → one failure an error.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

describe('compiler', () => {
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
    ['gcc', { message: '‘prise’ undeclared (first use in this function)', file: 'a.c', line: 2, column: 10 }],
    ['javac', { message: 'incompatible types: String cannot be converted to int', file: 'shop/Broken.java', line: 2 }],
    ['rustc', { tool: 'rustc', type: 'E0308', message: 'mismatched types', file: 'a.rs', line: 2, column: 18 }],
  ])('reads %s', (name, expected) => {
    expect(failuresIn(fixture(name))).toMatchObject([expected]);
  });

  it.each([
    [
      '[ERROR] /w/src/main/java/shop/Price.java:[3,12] cannot find symbol',
      { tool: 'javac', message: 'cannot find symbol', line: 3, column: 12 },
    ],
    ['e: file:///w/src/Price.kt:3:12 Unresolved reference: x', { tool: 'kotlinc', file: '/w/src/Price.kt' }],
    [
      'shop/price.py:3: error: Incompatible return value type  [return-value]',
      { tool: 'mypy', type: 'return-value', message: 'Incompatible return value type' },
    ],
    ['shop/price.py:3:1: F401 `os` imported but unused', { tool: 'ruff', type: 'F401' }],
    ['Price.cs(3,12): error CS0103: The name x does not exist', { tool: 'msbuild', type: 'CS0103' }],
    [
      '/w/src/a.ts\n  3:12  error  Unexpected var  no-var\n  4:1  warning  x  y\n',
      { tool: 'eslint', type: 'no-var', message: 'Unexpected var', file: '/w/src/a.ts', line: 3 },
    ],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([expected]);
  });

  it.each(['src/a.c:3:1: warning: unused', 'error: something', 'npm error: x', '  3:12  error  no file above'])(
    'leaves %j',
    (text) => {
      expect(failuresIn(text)).toEqual([]);
    },
  );
});
