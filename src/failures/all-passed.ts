// Lines of a step → the last place where a test tool or a build said that all went well: what it printed above was handled.
import type { LogLine } from './job-log.ts';

/** Anchored: what another task prints behind its prefix says nothing of this one. */
const verdicts: readonly RegExp[] = [
  // pytest, unittest, Django, PHPUnit
  /^={2,80} (?!.{0,300}\b(?:failed|errors?)\b).{0,300}\b\d{1,7} passed\b.{0,300} in [\d.:]{1,12}s/,
  /^OK(?: \(.{1,300}\)|, but .{1,300})?$/,
  // Jest, Vitest, Mocha, node:test and others of TAP
  /^\s{0,8}Tests:? {2,20}(?!.{0,300}\bfailed\b).{0,300}\b\d{1,7} passed\b/,
  /^ {2}\d{1,7} passing \(\d/,
  /^(?:ℹ|#) fail {1,4}0$|^# ok$/,
  // RSpec, Minitest, Test::Unit
  /^\d{1,7} (?:examples?|runs|tests), .{0,100}\b0 failures\b(?!.{0,100}\b[1-9]\d{0,6} errors?\b)/,
  // .NET, Rust, CTest
  /^Passed! {1,3}- Failed: {1,9}0,|^Test Run Successful\.$|^test result: ok\. |^100% tests passed/,
  // Maven, Gradle, Ant
  /^(?:\[INFO\] )?BUILD SUCCESS(?:FUL)?(?: in .{1,40})?$/,
];

/** Its number; 0 where none said so. */
export function allPassedAt(lines: readonly LogLine[]): number {
  const last = lines.findLast(
    ({ kind, text }) => kind === 'output' && text.length < 1_000 && verdicts.some((verdict) => verdict.test(text)),
  );
  return last?.number ?? 0;
}
