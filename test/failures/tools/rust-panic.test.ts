// Panics outside of tests, and errors that `main` returned.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

describe('rust-panic', () => {
  it('reads a panic, and takes its numbered backtrace for no other error', () => {
    expect(failuresIn(fixture('rust-panic'))).toMatchObject([
      {
        tool: 'rust',
        type: 'panic',
        message: 'index out of bounds: the len is 1 but the index is 5',
        file: 'b.rs',
        line: 4,
        column: 21,
      },
    ]);
  });

  it('names the root of what `main` returned', () => {
    const text =
      'Error: load the list\n\nCaused by:\n    0: read prices.csv\n    1: No such file or directory (os error 2)\n';
    expect(failuresIn(text)).toMatchObject([
      {
        type: 'Error',
        message:
          'No such file or directory (os error 2)\nraised again as read prices.csv\nraised again as load the list',
        at: { from: 1, to: 5 },
      },
    ]);
  });

  it('leaves the panic of a thread that nothing died of', () => {
    expect(failuresIn("thread 'worker' panicked at src/a.rs:1:1:\nhandled\n")).toEqual([]);
  });
});
