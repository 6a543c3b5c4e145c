// ruff's findings in its full, concise and GitHub forms, and files that it would reformat → one failure each.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const tool = 'ruff';
/** flake8 prints this form too. */
export const conciseLine =
  /^(?<file>(?:[A-Za-z]:)?[^\s:][^:]{0,300}):(?<line>\d{1,9}):(?<column>\d{1,9}): (?:(?<type>[A-Z]{1,5}\d{1,5}) (?:\[\*\] )?|(?<word>[a-z]+-[a-z-]+|SyntaxError): )(?<message>\S.*)$/;
const place = String.raw`(?<file>(?:[A-Za-z]:)?[^\s:][^:]{0,300}\.(?:pyi?|ipynb|toml|md)):(?<line>\d{1,9}):(?<column>\d{1,9})`;
const arrowLine = new RegExp(`^ *--> ${place}$`);
const titleLine = /^(?:(?<type>[A-Z]{1,5}\d{1,5}) (?:\[\*\] )?|(?<word>[a-z]+(?:-[a-z]+)*): )(?<message>\S.*)$/;
const commandLine = /^::error title=[Rr]uff \((?<code>[\w-]+)\),[^:]{0,1000}::(?<rest>.+)$/;
const countLine = /^Found (?<found>\d{1,9}) errors?(?: \(\d{1,9} fixed, (?<left>\d{1,9}) remaining\))?\.$/;
const reformatLine = /^Would reformat: (?<file>.+)$/;
const unparsedLine = new RegExp(`^error: Failed to parse ${place}: (?<message>.+)$`);
const mostShown = 60;

export const ruff: FailureParser = {
  tool,
  kind: 'check',
  signs: [' --> ', '.py:', '.pyi:', '.ipynb:', 'Would reformat: ', 'error: Failed to parse ', '::error title='],
  find(lines) {
    const concise = ruffConcise(lines);
    return lines.flatMap((line, position) => {
      if (concise.has(position)) return [finding(conciseLine.exec(line.text)?.groups ?? {}, [line])];
      return [...full(lines, position), ...github(line), ...format(line)];
    });
  },
};

/** Of the lines that have the form that flake8 prints too: positions of those that ruff counts below them, or quotes as it does. */
export function ruffConcise(lines: readonly LogLine[]): Set<number> {
  const own = new Set<number>();
  let waiting: number[] = [];
  for (const [position, { text, kind }] of lines.entries()) {
    const { found, left } = countLine.exec(text)?.groups ?? {};
    const count = Number(left ?? found);
    if (count > 0) for (const counted of waiting.slice(-count)) own.add(counted);
    if (count >= 0) waiting = [];
    const groups = /:\d+: [A-Za-z]/.test(text) ? conciseLine.exec(text)?.groups : undefined;
    if (!groups) continue;
    if (kind === 'error' && (groups.word !== undefined || groups.message?.includes('`'))) own.add(position);
    else waiting.push(position);
  }
  return own;
}

function full(lines: readonly LogLine[], position: number): Failure[] {
  const title = lines[position]?.text ?? '';
  const arrow = lines[position + 1]?.text.includes('--> ')
    ? arrowLine.exec(lines[position + 1]?.text ?? '')?.groups
    : undefined;
  const groups = arrow && titleLine.exec(title)?.groups;
  if (!groups || !arrow) return [];
  const below = lines.slice(position, position + mostShown);
  const end = below.findIndex(
    ({ text, kind }, at) => at > 1 && (kind === 'error' || !/^\s*(?:\d+ )?\s*(?:[|-]|\.\.\.)/.test(text)),
  );
  return [finding({ ...groups, ...arrow }, end < 0 ? below : below.slice(0, end))];
}

/** The runner shows what follows the command's `::`; elsewhere the whole line is seen. */
function github(line: LogLine): Failure[] {
  const rest = line.text.startsWith('::error ')
    ? commandLine.exec(line.text)?.groups?.rest?.split('%0A')[0]
    : undefined;
  const groups = rest === undefined ? undefined : conciseLine.exec(rest)?.groups;
  return groups ? [finding(groups, [line])] : [];
}

function format(line: LogLine): Failure[] {
  const groups = unparsedLine.exec(line.text)?.groups;
  if (groups) return [finding({ ...groups, word: 'invalid-syntax' }, [line])];
  const file = reformatLine.exec(line.text)?.groups?.file;
  return file ? [failure({ tool, type: 'unformatted', message: 'would reformat', file }, [line])] : [];
}

function finding(groups: Record<string, string | undefined>, lines: readonly LogLine[]): Failure {
  const { file = '', message = '', type = groups.word } = groups;
  const [line, column] = [Number(groups.line), Number(groups.column)];
  const where = { file, ...(line > 0 ? { line } : {}), ...(column >= 0 ? { column } : {}) };
  return failure({ tool, ...(type ? { type } : {}), message, ...where }, lines);
}
