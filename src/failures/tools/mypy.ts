// mypy's errors, plain or pretty → one failure an error; its notes are none.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const errorLine =
  /^(?<file>[^\s:][^:]{0,300}\.pyi?|[A-Z]:[^:]{0,300}\.pyi?)(?::(?<line>\d{1,9}))?(?::(?<column>\d{1,9}))?(?::\d{1,9}:\d{1,9})?: error: (?<message>.+)$/;
const code = / {2}\[(?<type>[\w-]{1,60})\]$/;
const otherLine = /^(?:\S[^:]*:\d+:|\S+: (?:error|note):|Found \d+ errors? in|\s|$)/;
const fatalLine = /^mypy: (?<message>(?:can't|cannot|error:) .+)$/;
/** Pretty output is wrapped at the width of the terminal; the error's code stands last. */
const mostWrapped = 6;

export const mypy: FailureParser = {
  tool: 'mypy',
  kind: 'check',
  signs: [': error: ', 'mypy: '],
  find: (lines) =>
    lines.flatMap((line, position) => found(line, lines.slice(position + 1, position + 1 + mostWrapped))),
};

function found(line: LogLine, below: readonly LogLine[]): Failure[] {
  const fatal = fatalLine.exec(line.text)?.groups?.message;
  if (fatal) return [failure({ tool: 'mypy', message: fatal.replace(/^error: /, '') }, [line])];
  const groups = line.text.includes(': error: ') ? errorLine.exec(line.text)?.groups : undefined;
  if (!groups) return [];
  const wrapped = code.test(line.text) ? [] : wrappedIn(below);
  const text = [groups.message ?? '', ...wrapped.map((more) => more.text)].join(' ');
  const type = code.exec(text)?.groups?.type;
  const number = Number(groups.line);
  const column = Number(groups.column);
  const where = {
    file: groups.file ?? '',
    ...(number > 0 ? { line: number } : {}),
    ...(column >= 0 ? { column } : {}),
  };
  return [
    failure({ tool: 'mypy', ...(type ? { type } : {}), message: text.replace(code, ''), ...where }, [line, ...wrapped]),
  ];
}

function wrappedIn(below: readonly LogLine[]): LogLine[] {
  const end = below.findIndex((line) => otherLine.test(line.text) || line.kind === 'error');
  const more = below.slice(0, end < 0 ? below.length : end);
  const last = more.findIndex((line) => code.test(line.text));
  return more.slice(0, last + 1);
}
