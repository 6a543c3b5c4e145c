// `cargo nextest run` → one failure a test that failed in its last try.
import type { Failure } from '../../incident/failure.ts';
import { failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { panicAt } from './rust-panic.ts';

const resultLine =
  /^\s+(?:TRY \d{1,3} )?(FAIL|ABORT|SIG[A-Z]{2,5}|TIMEOUT|TMT|LEAK-FAIL|PASS|FLAKY \d+\/\d+) {1,3}\[[^\]]{1,20}\] {1,3}(?:\([^)]{1,20}\) )?(\S+) +(\S.{0,1000})$/;

export function nextestFailures(lines: readonly LogLine[]): Failure[] {
  const summary = lines.findLastIndex(({ text }) => /^\s+Summary \[/.test(text));
  const last = new Map<string, { status: string; line: LogLine }>();
  for (const line of lines) {
    const [, status, , test] = line.text.includes('[') ? (resultLine.exec(line.text) ?? []) : [];
    if (status && test && (last.get(test)?.status !== status || line.number < (lines[summary]?.number ?? 0)))
      last.set(test, { status, line });
  }
  return [...last].flatMap(([test, { status, line }]) =>
    /^(?:PASS|FLAKY)/.test(status) ? [] : [one(lines, test, status, line)],
  );
}

/** The tries before the last one print their panics too. */
function one(lines: readonly LogLine[], test: string, status: string, line: LogLine): Failure {
  const found = lines.findLastIndex(
    ({ text }, position) => text.includes(`thread '${test}' `) && panicAt(lines, position) !== undefined,
  );
  const panic = found < 0 ? undefined : panicAt(lines, found)?.failure;
  if (!panic) {
    const said = lastWords(lines, line);
    return failure({ tool: 'cargo', test, message: said?.text.trim() ?? status }, said ? [line, said] : [line]);
  }
  return { ...panic, tool: 'cargo', test };
}

/** What the test returned, or the runtime's last words, in the output that follows its result. */
function lastWords(lines: readonly LogLine[], line: LogLine): LogLine | undefined {
  const start = lines.indexOf(line);
  const ahead = lines.slice(start + 1, start + 60);
  const end = ahead.findIndex(({ text }) => resultLine.test(text));
  return ahead
    .slice(0, end < 0 ? undefined : end)
    .find(({ text }) =>
      /^\s*(?:Error: \S|thread '[^']{1,500}' (?:\(\d{1,20}\) )?has overflowed its stack$)/.test(text),
    );
}
