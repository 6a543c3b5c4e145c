// PHPStan's table → one failure an error.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const rule = /^ -{2,} -{5,} ?$/;
const head = /^ {2}Line {1,6}(\S.{0,500}?) *$/;
const row = /^ {2}(:?\d{1,9}|-) {1,8}(\S.{0,2000}?) *$/;
const identifier = /^(?:🪪|at) +([\w.]{3,100})$/;

export const phpstan: FailureParser = {
  tool: 'phpstan',
  kind: 'check',
  signs: ['  Line   ', ' [ERROR] Found '],
  find: (lines) =>
    lines.flatMap((line, position) => {
      const file = head.exec(line.text)?.[1];
      const isTable = rule.test(lines[position - 1]?.text ?? '') && rule.test(lines[position + 1]?.text ?? '');
      return file && isTable ? table(lines, position + 2, file.replace(/ \(in context of .{1,500}\)$/, '')) : [];
    }),
};

function table(lines: readonly LogLine[], start: number, file: string): Failure[] {
  const body = blockFrom(lines, start, ({ text }) => rule.test(text));
  return body.flatMap((line, position) => {
    const [, number, first] = row.exec(line.text) ?? [];
    if (!number || !first) return [];
    const block = blockFrom(body, position, ({ text }) => row.test(text));
    const rest = block.slice(1).map(({ text }) => text.trim());
    const type = rest.map((text) => identifier.exec(text)?.[1]).find((one) => one !== undefined);
    // Below the message stand its identifier, a tip and a link.
    const extra = rest.findIndex((text) => /^(?:🪪|💡|✏️|See: )/.test(text));
    const message = [first, ...rest.slice(0, extra < 0 ? rest.length : extra)].join(' ');
    const at = Number(number.replace(':', ''));
    return [
      failure({ tool: 'phpstan', ...(type ? { type } : {}), message, file, ...(at > 0 ? { line: at } : {}) }, block),
    ];
  });
}
