// Compilers' errors in forms that fixtures do not show, and what only looks like one.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

describe('gcc', () => {
  it('reads an undeclared name', () => {
    expect(failuresIn(fixture('gcc'))).toMatchObject([
      { tool: 'gcc', message: '‘prise’ undeclared (first use in this function)', file: 'a.c', line: 2, column: 10 },
    ]);
  });

  it.each([
    [
      'price.cpp(12): error C2065: sum: undeclared identifier [D:\\a\\shop\\shop.vcxproj]',
      { tool: 'cl', type: 'C2065', line: 12 },
    ],
    [
      'g++: fatal error: Killed signal terminated program cc1plus',
      { tool: 'gcc', message: 'Killed signal terminated program cc1plus' },
    ],
    [
      'a.cpp:3:5: error: unused variable [-Werror,-Wunused-variable]\n1 error generated.',
      { tool: 'clang', type: '-Werror,-Wunused-variable' },
    ],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([expected]);
  });

  it.each([
    'src/a.c:3:1: warning: unused',
    'conftest.c:11:10: fatal error: nowhere.h: No such file or directory',
    'shop.txt:3:1: note: x',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
