// The diagnostics of Biome → one failure an error; a warning only where warnings fail the run.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { printedPlace } from './printed-place.ts';

const tool = 'biome';
const ruler = '━━━━━━━━';
/** `src/price.js:2:2 lint/style/useConst  FIXABLE  ━━━━`, without the rule at its end. */
const title =
  /^(?<file>\S{1,1000}?)(?::(?<line>\d{1,7}):(?<column>\d{1,7}))? (?<type>[a-z]\w*(?:\/\w+){0,4})(?:\s+[A-Z]+)*$/;
const told = /^\s{2}(?<mark>[×✖!⚠]) (?<message>.+)$/;
const warningsCount = /^\s{2}[×✖] Some warnings were emitted while running checks\./;
/** The run itself: nothing to check, an option it does not know. */
const ofRun = /^(?:check|ci|lint|format)$/;
/** Follows from errors that are reported too. */
const derived = /^(?:Code formatting aborted due to parsing errors|Some (?:errors|warnings) were emitted)/;

export const biome: FailureParser = {
  tool,
  kind: 'check',
  // The progress bars of pip and uv are of the same sign, but do not end the line.
  signs: ['━━━━\n', '━━━━\r', '━━━━\x1b[0m'],
  find(lines) {
    const warningsFail = lines.some(({ text }) => warningsCount.test(text));
    return lines.flatMap((line, position) =>
      line.text.endsWith(ruler) ? diagnostic(lines, position, warningsFail) : [],
    );
  },
};

function diagnostic(lines: readonly LogLine[], position: number, warningsFail: boolean): Failure[] {
  const text = lines[position]?.text ?? '';
  const titled = text.slice(0, text.indexOf(ruler)).trimEnd();
  const groups = title.exec(titled)?.groups ?? (ofRun.test(titled) ? {} : undefined);
  const first = position + (lines[position + 1]?.text.trim() === '' ? 2 : 1);
  const said = told.exec(lines[first]?.text ?? '')?.groups;
  const counts = said?.mark === '×' || said?.mark === '✖' || (said && warningsFail);
  if (!groups || !said?.message || !counts || derived.test(said.message)) return [];
  const block = blockFrom(
    lines,
    position,
    (line, at) => at > first && (!/^\s|^$/.test(line.text) || (line.text === '' && lines[at + 1]?.text === '')),
    200,
  );
  const more = block.slice(first - position + 1).map((line) => line.text);
  const message = [
    said.message,
    ...more.slice(
      0,
      more.findIndex((other) => other.trim() === ''),
    ),
  ].join('\n');
  const { type, file, line, column } = groups;
  return [failure({ tool, ...(type ? { type } : {}), message, ...printedPlace(file, line, column) }, block)];
}
