// What a run of tests printed → how many of them ran, and how many were skipped, where the tools say so.
import { readJobLog } from './read-job-log.ts';

export interface TestCount {
  /** Passed and failed. */
  ran: number;
  skipped: number;
}

type Counter = (line: string) => TestCount | undefined;

const numberIn = (match: RegExpExecArray | null, group = 1): number => Number(match?.[group] ?? 0);
const sumOf = (line: string, pattern: RegExp): number =>
  [...line.matchAll(pattern)].reduce((sum, [, count]) => sum + Number(count), 0);
const counted = (ran: number, skipped = 0): TestCount => ({ ran, skipped });

/** One a tool, for lines of its summary; several summaries of one tool add up. */
const counters: readonly Counter[] = [
  // unittest, Django: the skipped ones stand in the line after
  (line) => {
    const ran = /^Ran (\d{1,7}) tests? in /.exec(line);
    const skipped = numberIn(/^(?:OK|FAILED) \(.{0,200}\bskipped=(\d{1,7})/.exec(line));
    return ran ? counted(numberIn(ran)) : skipped > 0 ? counted(-skipped, skipped) : undefined;
  },
  // pytest
  (line) =>
    /^={2,80} .{1,300} in [\d.:]{1,12}s/.test(line)
      ? counted(
          sumOf(line, /(\d{1,7}) (?:passed|failed|errors?|xpassed)\b/g),
          sumOf(line, /(\d{1,7}) (?:skipped|xfailed)\b/g),
        )
      : undefined,
  // Jest, Vitest
  (line) =>
    /^\s{0,8}Tests:? {2,20}\S/.test(line)
      ? counted(sumOf(line, /(\d{1,7}) (?:passed|failed)\b/g), sumOf(line, /(\d{1,7}) (?:skipped|todo)\b/g))
      : undefined,
  // Mocha
  (line) => {
    const found = /^ {2}(\d{1,7}) (passing|failing|pending)\b/.exec(line);
    if (!found) return undefined;
    return found[2] === 'pending' ? counted(0, numberIn(found)) : counted(numberIn(found));
  },
  // node:test and others of TAP
  (line) => {
    const found = /^(?:ℹ|#) (pass|fail|skipped|skip|todo) {1,4}(\d{1,7})$/.exec(line);
    if (!found) return undefined;
    return /pass|fail/.test(found[1] ?? '') ? counted(numberIn(found, 2)) : counted(0, numberIn(found, 2));
  },
  // RSpec, Minitest, Test::Unit
  (line) => {
    const found = /^(\d{1,7}) (?:examples?|runs|tests), .{0,60}\b\d{1,7} failures?\b/.exec(line);
    if (!found) return undefined;
    const skipped = sumOf(line, /(\d{1,7}) (?:pending|skips|omissions)\b/g);
    return counted(numberIn(found) - skipped, skipped);
  },
  // Rust
  (line) =>
    /^test result: /.test(line)
      ? counted(
          sumOf(line.slice(0, 200), /(\d{1,7}) (?:passed|failed);/g),
          sumOf(line.slice(0, 200), /(\d{1,7}) ignored;?/g),
        )
      : undefined,
  // Go: packages that ran tests
  (line) => {
    if (/^\s{0,40}--- SKIP: /.test(line)) return counted(0, 1);
    return /^(?:ok|FAIL)[ \t]{1,4}\S+[ \t]/.test(line) && !line.includes('[no tests to run]') ? counted(1) : undefined;
  },
  // Maven, in the summary at the end
  (line) => {
    const found = /^(?:\[\w+\] )?Tests run: (\d{1,7}), Failures: \d{1,7}, Errors: \d{1,7}, Skipped: (\d{1,7})$/.exec(
      line,
    );
    return found ? counted(numberIn(found) - numberIn(found, 2), numberIn(found, 2)) : undefined;
  },
  // PHPUnit
  (line) => {
    const found = /^OK(?:, but.{0,60})? \((\d{1,7}) tests?,|^Tests: (\d{1,7}), Assertions: /.exec(line);
    if (!found) return undefined;
    const skipped = sumOf(line, /(?:Skipped|Incomplete): (\d{1,7})/g);
    return counted(numberIn(found) + numberIn(found, 2) - skipped, skipped);
  },
  // .NET
  (line) => {
    const found = /\bFailed: {1,9}(\d{1,7}), Passed: {1,9}(\d{1,7}), Skipped: {1,9}(\d{1,7})/.exec(line);
    return found ? counted(numberIn(found) + numberIn(found, 2), numberIn(found, 3)) : undefined;
  },
];

/** Undefined where no tool that is known counted. */
export function testCount(output: string): TestCount | undefined {
  const lines = readJobLog(output).lines.map(({ text }) => text.slice(0, 500));
  const counts = counters.flatMap((count) => {
    const told = lines.flatMap((line) => count(line) ?? []);
    if (told.length === 0) return [];
    return [told.reduce((sum, one) => counted(sum.ran + one.ran, sum.skipped + one.skipped))];
  });
  return counts.toSorted((one, other) => other.ran - one.ran)[0];
}
