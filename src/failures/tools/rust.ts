// Rust's panics, and the tests of `cargo test` that panicked → one failure each.
import type { StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';

const panicLine = /^thread '.*' (?:\(\d+\) )?panicked at (?:'(.*)', )?(\S+\.rs):(\d{1,9}):(\d{1,9}):?$/;
const testLine = /^---- (\S+) stdout ----$/;
const endLine = /^(?:stack backtrace:|note: |failures:|---- |thread ')|^\s*$/;

export const rust: FailureParser = {
  tool: 'rust',
  kind: 'test',
  signs: [],
  find(lines) {
    let test: string | undefined;
    return lines.flatMap((line, position) => {
      if (line.text.startsWith('---- ') || /^(?:failures:|test result:)/.test(line.text))
        test = testLine.exec(line.text)?.[1];
      const [, inline, file, row, column] = panicLine.exec(line.text) ?? [];
      if (!file || Number(row) < 1) return [];
      const block = blockFrom(lines, position, ({ text }) => endLine.test(text), 50);
      const said = block.slice(1).map(({ text }) => text);
      const { expected, actual, message } = compared(inline ? [inline, ...said] : said);
      const frame: StackFrame = { file, line: Number(row), column: Number(column) };
      const values = { ...(expected ? { expected } : {}), ...(actual ? { actual } : {}) };
      return [
        failure(
          { tool: 'rust', ...(test ? { test } : {}), type: 'panic', message, ...values, ...frame, frames: [frame] },
          block,
        ),
      ];
    });
  },
};

/** `assert_eq!` prints the two sides under its message; the left one is what was computed, by convention. */
function compared(said: readonly string[]): { message: string; expected?: string; actual?: string } {
  const side = (name: string) => said.map((text) => new RegExp(`^ *${name}: (.+?),?$`).exec(text)?.[1]).find(Boolean);
  const [actual, expected] = [side('left'), side('right')];
  return { message: said.join('\n') || 'panicked', ...(actual && expected ? { actual, expected } : {}) };
}
