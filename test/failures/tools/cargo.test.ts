// What fixtures do not show of `cargo test`: panics of several threads, output that was asked for, a signal.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

const run = (printed: string, result = 'FAILED. 0 passed; 1 failed') =>
  `running 1 test\ntest tests::half ... FAILED\n\nfailures:\n\n---- tests::half stdout ----\n${printed}\n\nfailures:\n    tests::half\n\ntest result: ${result}; 0 ignored`;

describe('cargo', () => {
  it('names the thread that panicked first where the test only joined it', () => {
    const printed = `thread '<unnamed>' panicked at src/worker.rs:3:5:
no such shop

thread 'tests::half' panicked at src/price.rs:9:9:
called \`Result::unwrap()\` on an \`Err\` value: Any { .. }`;
    expect(failuresIn(run(printed))).toMatchObject([
      { tool: 'cargo', test: 'tests::half', message: 'no such shop', file: 'src/worker.rs', line: 3 },
    ]);
  });

  it('finds the place in one’s own code where a library panicked', () => {
    const printed = `thread 'tests::half' panicked at /home/runner/.cargo/registry/src/index-1/list-1.0.0/src/lib.rs:9:9:
list is empty
stack backtrace:
   1: list::first
             at /home/runner/.cargo/registry/src/index-1/list-1.0.0/src/lib.rs:9:9
   2: shop::tests::half
             at ./src/price.rs:14:9`;
    expect(failuresIn(run(printed))).toMatchObject([{ message: 'list is empty', file: './src/price.rs', line: 14 }]);
  });

  it('leaves the output of tests that passed', () => {
    const text =
      "running 1 test\ntest tests::half ... ok\n\nsuccesses:\n\n---- tests::half stdout ----\nthread 'x' panicked at src/a.rs:1:1:\ncaught\n\n\nsuccesses:\n    tests::half\n\ntest result: ok. 1 passed; 0 failed";
    expect(failuresIn(text)).toEqual([]);
  });

  it('tells how a harness of its own ended', () => {
    const text =
      "running 2 tests\nerror: test failed, to rerun pass `--test custom`\n\nCaused by:\n  process didn't exit successfully: `/w/target/debug/deps/custom-1` (signal: 11, SIGSEGV: invalid memory reference)";
    expect(failuresIn(text)).toMatchObject([
      { tool: 'cargo', message: 'signal: 11, SIGSEGV: invalid memory reference' },
    ]);
  });
});
