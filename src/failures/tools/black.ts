// What black would change or cannot read → one failure a file.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'black';
const changedLine = /^would reformat (?<file>\S.*)$/;
const brokenLine = /^error: cannot format (?<file>[^:]{1,400}(?::[\\/][^:]{1,400})?): (?<message>.+)$/;
const parsePlace = /^Cannot parse[^:]{0,100}: (?<line>\d{1,9}):(?<column>\d{1,9})/;

export const black: FailureParser = {
  tool,
  kind: 'check',
  signs: ['would reformat ', 'error: cannot format '],
  find(lines) {
    // A run that only shows the difference ends well.
    const end = lines.findLastIndex(({ text }) => text.startsWith('Oh no! '));
    return lines.slice(0, end + 1).flatMap((line, position) => [...changed(line), ...broken(lines, position)]);
  },
};

function changed(line: LogLine): Failure[] {
  const file = changedLine.exec(line.text)?.groups?.file;
  return file ? [failure({ tool, message: 'would reformat', file }, [line])] : [];
}

function broken(lines: readonly LogLine[], position: number): Failure[] {
  const { file, message } = brokenLine.exec(lines[position]?.text ?? '')?.groups ?? {};
  if (!file || !message) return [];
  const block = blockFrom(
    lines,
    position,
    ({ text, kind }) => kind === 'error' || !/^(?: {4}|\w+Error: )/.test(text),
    6,
  );
  const groups = parsePlace.exec(message)?.groups;
  const where = groups && Number(groups.line) > 0 ? { line: Number(groups.line), column: Number(groups.column) } : {};
  return [failure({ tool, message, file, ...where }, block)];
}
