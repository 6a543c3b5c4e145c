// How native programs die where fixtures do not show it: other platforms' words, frames, quiet summaries.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('sanitizers', () => {
  it('keeps the frames of undefined behaviour', () => {
    const text =
      'src/a.cpp:4:7: runtime error: division by zero\n    #0 0x1 in half(int) src/a.cpp:4:7\n    #1 0x2 in main src/b.cpp:9:3\n';
    expect(failuresIn(text)).toMatchObject([
      {
        tool: 'ubsan',
        file: 'src/a.cpp',
        line: 4,
        frames: [{ function: 'half(int)' }, { file: 'src/b.cpp', line: 9 }],
      },
    ]);
  });
});

describe('valgrind', () => {
  it('leaves a report that counts no error', () => {
    const text =
      '==1== Conditional jump\n==1==    at 0x1: main (a.c:3)\n==1== \n==1== ERROR SUMMARY: 0 errors from 0 contexts (suppressed: 1 from 1)';
    expect(failuresIn(text)).toEqual([]);
  });
});

describe('native-crash', () => {
  it.each([
    [
      'Assertion failed: (count > 1), function main, file price.c, line 2.',
      { type: 'Assertion', file: 'price.c', line: 2 },
    ],
    [
      'libc++abi: terminating due to uncaught exception of type std::runtime_error: no such cart',
      { type: 'std::runtime_error', message: 'no such cart' },
    ],
    [
      '*** stack smashing detected ***: terminated\nAborted (core dumped)',
      { message: '*** stack smashing detected ***: terminated' },
    ],
    [
      '/w/test.sh: line 3: 12345 Segmentation fault      (core dumped) ./app',
      { type: 'Segmentation fault', message: 'Segmentation fault (core dumped): ./app' },
    ],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([{ tool: 'native', ...expected }]);
  });
});
