// Linkers that fixtures do not show.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('ld', () => {
  it.each([
    [
      'ld.lld: error: undefined symbol: total(int)\n>>> referenced by main.cpp:2 (/w/src/main.cpp:2)\n>>>               main.o:(main)',
      { message: 'undefined symbol: total(int)', file: '/w/src/main.cpp', line: 2, at: { from: 1, to: 3 } },
    ],
    [
      'Undefined symbols for architecture arm64:\n  "_total", referenced from:\n      _main in main.o\nld: symbol(s) not found for architecture arm64',
      { message: 'Undefined symbols for architecture arm64:\n"_total", referenced from:\n_main in main.o' },
    ],
    [
      'collect2: fatal error: ld terminated with signal 9 [Killed]',
      { message: 'ld terminated with signal 9 [Killed]' },
    ],
  ])('reads %j', (text, expected) => {
    expect(failuresIn(text)).toMatchObject([{ tool: 'ld', ...expected }]);
  });
});
