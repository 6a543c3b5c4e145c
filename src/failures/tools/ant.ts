// Ant's last words → one failure, at the line of the innermost build file that it names.
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';

const tool = 'ant';
const opens = 'BUILD FAILED';
const place = /^(.{1,500}\.xml):(\d{1,9}): ?(.*)$/;

export const ant: FailureParser = {
  tool,
  kind: 'build',
  signs: [opens],
  find: (lines) =>
    lines.flatMap(({ text }, position) => {
      if (text.trim() !== opens || !place.test(lines[position + 1]?.text ?? '')) return [];
      const block = blockFrom(
        lines,
        position,
        (line) => line.kind !== 'output' || /^\s*$|^Total time: /.test(line.text),
        100,
      );
      const said = block.slice(1).map((line) => line.text);
      const last = said.findLastIndex((line) => place.test(line));
      const [, file = '', line, message = ''] = place.exec(said[last] ?? '') ?? [];
      return [
        failure({ tool, message: [message, ...said.slice(last + 1)].join('\n'), file, line: Number(line) }, block),
      ];
    }),
};
