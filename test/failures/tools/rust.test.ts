// Rust's panics, a real one and as `cargo test` prints them.
import { describe, expect, it } from '@jest/globals';
import { failuresIn, fixture } from '../fixture.ts';

describe('rust', () => {
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

  it('names the test that panicked, and what it compared', () => {
    const text = `failures:

---- price::tests::half stdout ----

thread 'price::tests::half' panicked at src/price.rs:14:9:
assertion \`left == right\` failed: half of ten
  left: 4
 right: 5
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace

failures:
    price::tests::half`;
    expect(failuresIn(text)).toMatchObject([
      {
        test: 'price::tests::half',
        actual: '4',
        expected: '5',
        file: 'src/price.rs',
        line: 14,
        at: { from: 5, to: 8 },
      },
    ]);
  });
});
