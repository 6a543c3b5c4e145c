// What ESLint prints in its usual formats → one failure an error; a warning only where there were too many of them.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign, place, v8Frames } from '../stack-trace.ts';
import { printedPlace } from './printed-place.ts';

const tool = 'eslint';
const tooManyWarnings = 'ESLint found too many warnings';
const oops = 'Oops! Something went wrong! :(';

interface Finding {
  severity: string;
  failure: Failure;
}

export const eslint: FailureParser = {
  tool,
  kind: 'check',
  // As printed: in colours, codes stand around the word.
  signs: [
    '  error  ',
    '\x1b[31merror\x1b[39m',
    ', Error - ',
    ' [Error/',
    ' [Error]',
    '"severity":2',
    tooManyWarnings,
    oops,
  ],
  find(lines) {
    const found: Failure[] = [];
    let warnings: Failure[] = [];
    let reported = false;
    let file: string | undefined;
    for (const [position, line] of lines.entries()) {
      file = heading(lines, position) ?? (/^\s|^$/.test(line.text) ? file : undefined);
      if (line.text.startsWith(tooManyWarnings)) found.push(...warnings.splice(0));
      else if (/^✖ \d+ problems? \(/.test(line.text)) reported = true;
      else if (line.text === oops) found.push(...crash(lines, position));
      for (const { severity, failure: one } of findingsIn(line, file)) {
        if (severity === 'error') found.push(one);
        else if (reported) [warnings, reported] = [[one], false];
        else warnings.push(one);
      }
    }
    return found;
  },
};

const row = /^\s{1,8}(?<line>\d{1,7}):(?<column>\d{1,7})\s+(?<severity>error|warning)\s{2,}(?<message>\S.*)$/;

/** In the stylish format the file stands alone above its rows. */
function heading(lines: readonly LogLine[], position: number): string | undefined {
  const text = lines[position]?.text ?? '';
  return row.test(lines[position + 1]?.text ?? '') && /^\S.{0,1000}$/.test(text) ? text.trim() : undefined;
}

const compactRow =
  /^(?<file>[^\s:](?::[\\/])?[^:]{1,500}): line (?<line>\d{1,7}), col (?<column>\d{1,7}), (?<severity>Error|Warning) - (?<message>.+)$/;
const unixRow =
  /^(?<file>[^\s:](?::[\\/])?[^:]{1,500}):(?<line>\d{1,7}):(?<column>\d{1,7}): (?<message>.+) \[(?<severity>Error|Warning)(?:\/(?<type>[\w@/-]+))?\]$/;

function findingsIn(line: LogLine, file: string | undefined): Finding[] {
  if (line.text.startsWith('[{"filePath":')) return jsonFindings(line);
  const groups =
    (file ? row.exec(line.text)?.groups : undefined) ??
    (line.text.includes(', col ') ? compactRow.exec(line.text)?.groups : undefined) ??
    (line.text.endsWith(']') ? unixRow.exec(line.text)?.groups : undefined);
  if (!groups) return [];
  const { message, type } = groups.type ? { message: groups.message ?? '', type: groups.type } : ruled(groups);
  const where = printedPlace(groups.file ?? file, groups.line, groups.column);
  const one = failure({ tool, ...(type ? { type } : {}), message, ...where }, [line]);
  return [{ severity: (groups.severity ?? '').toLowerCase(), failure: one }];
}

/** The rule stands last: in a column of its own, or in parentheses. A parsing error has none. */
function ruled({ message = '' }: Record<string, string | undefined>): { message: string; type?: string } {
  const text = message.trimEnd();
  const gap = Math.max(text.lastIndexOf('  '), /\([\w@/-]+\)$/.test(text) ? text.lastIndexOf(' (') : -1);
  const type = text
    .slice(gap + 1)
    .trim()
    .replace(/^\(|\)$/g, '');
  if (gap < 0 || !/^@?[\w-]+(?:\/[\w-]+){0,3}$/.test(type)) return { message: text };
  return { message: text.slice(0, gap).trimEnd(), type };
}

const jsonPart =
  /"filePath":"((?:[^"\\]|\\.)*)"|\{"ruleId":(?:null|"([^"\\]*)")[^{}]{0,200}?"severity":([12]),"message":"((?:[^"\\]|\\.)*)"(?:,"line":(\d+),"column":(\d+))?/g;

/** Read in parts: the line may have been cut. */
function jsonFindings(line: LogLine): Finding[] {
  let file = '';
  return [...line.text.matchAll(jsonPart)].flatMap(([, path, type, severity, message, at, column]) => {
    if (path !== undefined) file = unquoted(path);
    if (message === undefined) return [];
    const where = printedPlace(file, at, column);
    const one = failure({ tool, ...(type ? { type } : {}), message: unquoted(message), ...where }, [line]);
    return [{ severity: severity === '2' ? 'error' : 'warning', failure: one }];
  });
}

function unquoted(literal: string): string {
  try {
    return String(JSON.parse(`"${literal}"`));
  } catch {
    return literal;
  }
}

/** ESLint's own end: a configuration it cannot read, a rule that throws. */
function crash(lines: readonly LogLine[], position: number): Failure[] {
  const block = blockFrom(
    lines,
    position,
    ({ text, kind }) => kind !== 'output' || /^(?:npm |error Command)/.test(text),
    60,
  );
  const texts = block.map((line) => line.text);
  const said = texts.findIndex((text, index) => index > 0 && text.trim() !== '' && !text.startsWith('ESLint: '));
  if (said < 0) return [];
  const trace = texts.findIndex((text, index) => index > said && /^\s+at /.test(text));
  const message = texts.slice(said, trace < 0 ? texts.length : trace).join('\n');
  const frames = v8Frames(texts.slice(said));
  const linted = /^Occurred while linting (?<file>.{1,500}):(?<line>\d{1,7})$/m.exec(message)?.groups;
  const own = frames.some((frame) => !isForeign(frame)) ? place(frames) : printedPlace(linted?.file, linted?.line);
  return [failure({ tool, ...typed(message), ...own, frames }, block)];
}
