// `cargo fmt --check` → one failure a place that is formatted differently.
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';

const diffLine = /^Diff in (\S.{0,1000}?\.rs)(?::| at line )(\d{1,9}):$/;

export const rustfmt: FailureParser = {
  tool: 'rustfmt',
  kind: 'check',
  signs: ['Diff in '],
  find: (lines) =>
    lines.flatMap((line, position) => {
      const [, file, row] = diffLine.exec(line.text) ?? [];
      if (!file || Number(row) < 1) return [];
      const block = blockFrom(lines, position, ({ text, kind }) => kind !== 'output' || !/^(?:[ +-]|\(B|$)/.test(text));
      const side = (sign: string) =>
        block
          .slice(1)
          .filter(({ text }) => text.startsWith(sign))
          .map(({ text }) => text.slice(1))
          .join('\n');
      const [actual, expected] = [side('-'), side('+')];
      const values = { ...(expected ? { expected } : {}), ...(actual ? { actual } : {}) };
      const first = block.findIndex(({ text }) => /^[+-]/.test(text));
      const at = Number(row) + Math.max(0, first - 1);
      return [failure({ tool: 'rustfmt', message: 'is not formatted', ...values, file, line: at }, block)];
    }),
};
