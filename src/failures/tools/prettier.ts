// What `prettier --check` prints → one failure a file that is not formatted or cannot be read.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { printedPlace } from './printed-place.ts';

const tool = 'prettier';
const verdict =
  /^(?:\[warn\] )?(?<message>Code style issues (?:were )?found in .{1,200}|Error occurred when checking code style in .{1,200})$/;
const unreadable =
  /^\[error\] (?<file>\S[^:]{0,500}): (?<type>[A-Z]\w{2,60}Error): (?<message>.+) \((?<line>\d{1,7}):(?<column>\d{1,7})\)$/;
const stopped =
  /^\[error\] (?<message>(?:No files matching|Invalid configuration|Cannot find|No parser|Couldn't resolve).+)$/;

export const prettier: FailureParser = {
  tool,
  kind: 'check',
  signs: ['Code style issues', 'Error occurred when checking code style', '[error] ', 'error\x1b[39m] '],
  find(lines) {
    const found: Failure[] = [];
    let unformatted: { line: LogLine; file: string }[] = [];
    for (const [position, line] of lines.entries()) {
      const file = /^\[warn\] (\S.{0,500})$/.exec(line.text)?.[1];
      const summary = verdict.exec(line.text)?.groups?.message;
      if (line.text === 'Checking formatting...') unformatted = [];
      else if (summary) {
        const message = summary.startsWith('Code')
          ? summary
          : 'Code style issues found. Run Prettier with --write to fix.';
        found.push(...unformatted.splice(0).map((one) => failure({ tool, message, file: one.file }, [one.line])));
      } else if (file) unformatted.push({ line, file });
      else found.push(...errorAt(lines, position));
    }
    return found;
  },
};

function errorAt(lines: readonly LogLine[], position: number): Failure[] {
  const text = lines[position]?.text ?? '';
  const groups = text.startsWith('[error] ') ? (unreadable.exec(text) ?? stopped.exec(text))?.groups : undefined;
  if (!groups) return [];
  const { type, message = '', file, line, column } = groups;
  const block = blockFrom(lines, position, (other) => !/^\[error\] (?:>|\s)/.test(other.text), 30);
  return [failure({ tool, ...(type ? { type } : {}), message, ...printedPlace(file, line, column) }, block)];
}
