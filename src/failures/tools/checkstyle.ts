// Checkstyle's violations, by itself, below Ant and Gradle, and as its Maven plugin prints them → one failure a violation.
import type { Failure } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { buildVerdicts } from './build-verdict.ts';

const tool = 'checkstyle';
const file = String.raw`(?<file>(?:[A-Za-z]:)?[^:\n]{1,500}\.\w{1,12})`;
const own = new RegExp(
  String.raw`^\s*(?:\[(?:ant:)?checkstyle\] )?\[(?<level>ERROR|WARN)\] ${file}:(?<line>\d{1,9})(?::(?<column>\d{1,9}))?: (?<message>.{1,4000}) \[(?<type>[\w.]{1,100})\]$`,
);
const maven = new RegExp(
  String.raw`^\[(?<level>ERROR|WARN|WARNING)\] ${file}:\[(?<line>\d{1,9})(?:,(?<column>\d{1,9}))?\] \(\w{1,60}\) (?<type>\w{1,100}): (?<message>.+)$`,
);
/** A limit on warnings says so at the end. */
const warned = /Checkstyle (?:rule violations were found|ended? with|files with violations)|Checkstyle violations?\b/;

export const checkstyle: FailureParser = {
  tool,
  kind: 'check',
  signs: ['[checkstyle]', '[ant:checkstyle]', 'Checkstyle ', '.java:['],
  find(lines) {
    const verdictAt = buildVerdicts(lines);
    const found = lines.flatMap((line) => read(line)).filter((one) => verdictAt(one.failure.at.from) !== 'passed');
    const errors = found.filter(({ isError }) => isError);
    const counted = errors.length > 0 || !lines.some(({ text }) => warned.test(text)) ? errors : found;
    return counted.map((one) => one.failure);
  },
};

function read(line: LogLine): { isError: boolean; failure: Failure }[] {
  const groups = line.text.includes('] ') ? (own.exec(line.text) ?? maven.exec(line.text))?.groups : undefined;
  if (!groups) return [];
  const { level, file: path = '', message = '', type = '' } = groups;
  const column = Number(groups.column);
  const place = { file: path, line: Number(groups.line), ...(column > 0 ? { column } : {}) };
  return [{ isError: level === 'ERROR', failure: failure({ tool, type, message, ...place }, [line]) }];
}
