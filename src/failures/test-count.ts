// What a run of tests printed → how many of them ran, where the tools say so: passed and failed, not skipped.
import { readJobLog } from './read-job-log.ts';

type Counter = (line: string) => number | undefined;

const numberIn = (match: RegExpExecArray | null, group = 1): number => Number(match?.[group] ?? 0);
const sumOf = (line: string, pattern: RegExp): number =>
  [...line.matchAll(pattern)].reduce((sum, [, count]) => sum + Number(count), 0);

/** One a tool, for lines of its summary; several summaries of one tool add up. */
const counters: readonly Counter[] = [
  // unittest, Django: the skipped ones stand in the line after
  (line) => {
    const ran = /^Ran (\d{1,7}) tests? in /.exec(line);
    const skipped = /^(?:OK|FAILED) \(.{0,200}\bskipped=(\d{1,7})/.exec(line);
    return ran ? numberIn(ran) : skipped ? -numberIn(skipped) : undefined;
  },
  // pytest
  (line) =>
    /^={2,80} .{1,300} in [\d.:]{1,12}s/.test(line)
      ? sumOf(line, /(\d{1,7}) (?:passed|failed|errors?|xpassed)\b/g)
      : undefined,
  // Jest, Vitest
  (line) => (/^\s{0,8}Tests:? {2,20}\S/.test(line) ? sumOf(line, /(\d{1,7}) (?:passed|failed)\b/g) : undefined),
  // Mocha
  (line) => {
    const found = /^ {2}(\d{1,7}) (?:passing|failing)\b/.exec(line);
    return found ? numberIn(found) : undefined;
  },
  // node:test and others of TAP
  (line) => {
    const found = /^(?:ℹ|#) (?:pass|fail) {1,4}(\d{1,7})$/.exec(line);
    return found ? numberIn(found) : undefined;
  },
  // RSpec, Minitest, Test::Unit
  (line) => {
    const found = /^(\d{1,7}) (?:examples?|runs|tests), .{0,60}\b\d{1,7} failures?\b/.exec(line);
    if (!found) return undefined;
    return numberIn(found) - sumOf(line, /(\d{1,7}) (?:pending|skips|omissions)\b/g);
  },
  // Rust
  (line) => (/^test result: /.test(line) ? sumOf(line.slice(0, 200), /(\d{1,7}) (?:passed|failed);/g) : undefined),
  // Go: packages that ran tests
  (line) => (/^(?:ok|FAIL)[ \t]{1,4}\S+[ \t]/.test(line) && !line.includes('[no tests to run]') ? 1 : undefined),
  // Maven, in the summary at the end
  (line) => {
    const found = /^(?:\[\w+\] )?Tests run: (\d{1,7}), Failures: \d{1,7}, Errors: \d{1,7}, Skipped: (\d{1,7})$/.exec(
      line,
    );
    return found ? numberIn(found) - numberIn(found, 2) : undefined;
  },
  // PHPUnit
  (line) => {
    const found = /^OK(?:, but.{0,60})? \((\d{1,7}) tests?,|^Tests: (\d{1,7}), Assertions: /.exec(line);
    if (!found) return undefined;
    return numberIn(found) + numberIn(found, 2) - sumOf(line, /(?:Skipped|Incomplete): (\d{1,7})/g);
  },
  // .NET
  (line) => {
    const found = /\bFailed: {1,9}(\d{1,7}), Passed: {1,9}(\d{1,7}), Skipped: /.exec(line);
    return found ? numberIn(found) + numberIn(found, 2) : undefined;
  },
];

/** Undefined where no tool that is known counted. */
export function testsRun(output: string): number | undefined {
  const lines = readJobLog(output).lines.map(({ text }) => text.slice(0, 500));
  const counts = counters.flatMap((count) => {
    const told = lines.flatMap((line) => count(line) ?? []);
    return told.length > 0 ? [told.reduce((sum, one) => sum + one, 0)] : [];
  });
  return counts.length > 0 ? Math.max(...counts) : undefined;
}
