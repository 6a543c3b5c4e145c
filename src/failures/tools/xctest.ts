// The output of XCTest (SwiftPM's and xcodebuild's) and of Swift Testing → one failure an assertion, issue or crash.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';

const assertion =
  /^((?:[A-Za-z]:)?[^\s:][^:]{0,500}\.swift|<EXPR>|<unknown>):(\d{1,9}): error: (-\[[^\]]{1,300}\]|[\w.]{1,300}) : (.{1,4000})$/;
const issue =
  /^\S{1,4} {1,3}Test (.{1,500}?) recorded an issue (?:with \d{1,3} arguments? .{1,500}? )?at ([^\s:]{1,300}\.swift):(\d{1,9}):(\d{1,9}): (.{1,4000})$/;
const crash =
  /^((?:[A-Za-z]:)?[^\s:][^:]{0,500}\.swift):(\d{1,9}): (Fatal error|Precondition failed|Assertion failed)(?:: (.{1,2000}))?$/;
const started = /^Test Case '(.{1,300})' started/;

export const xctest: FailureParser = {
  tool: 'xctest',
  kind: 'test',
  signs: [' : XCT', '.swift:', ' recorded an issue ', "' failed ("],
  find(lines) {
    let running: string | undefined;
    return lines.flatMap((line, position) => {
      const { text } = line;
      running =
        started.exec(text)?.[1] ?? (/^Test Case '.{1,300}' (?:passed|failed|skipped)/.test(text) ? undefined : running);
      return asserted(lines, position) ?? recorded(lines, position) ?? crashed(line, running) ?? [];
    });
  },
};

/** `PriceTests.swift:12: error: PriceTests.testDiscount : XCTAssertEqual failed: ("99") is not equal to ("90")` */
function asserted(lines: readonly LogLine[], position: number): Failure | undefined {
  const [, file, line, test, said] = assertion.exec(lines[position]?.text ?? '') ?? [];
  if (!file || !test || !said) return undefined;
  const where = file.startsWith('<') ? {} : { file, line: Number(line) };
  const block = blockFrom(
    lines,
    position,
    ({ kind, text }) =>
      kind !== 'output' || /^Test (?:Case|Suite) |^\S.{0,500}\.swift:\d|^error: |^<\w+>:\d/.test(text),
    30,
  );
  const whole = [said, ...block.slice(1).map(({ text }) => text)].join('\n');
  const message = whole.replace(/ - $/, '');
  const [, left, right] =
    /^XCTAssertEqual failed: \("([\s\S]{0,1000}?)"\) is not equal to \("([\s\S]{0,1000}?)"\)/.exec(message) ?? [];
  const pair = left !== undefined && right !== undefined ? { actual: left, expected: right } : {};
  const type = /^(?:failed: caught error: "|threw error "?)([A-Z]\w{0,200})/.exec(message)?.[1];
  return failure({ tool: 'xctest', test, ...(type ? { type } : {}), message, ...pair, ...where }, block);
}

/** `✘ Test discount() recorded an issue at PriceTests.swift:8:3: Expectation failed: (price → 99) == 90`, comments below. */
function recorded(lines: readonly LogLine[], position: number): Failure | undefined {
  const [, name, file, line, column, said] = issue.exec(lines[position]?.text ?? '') ?? [];
  if (!name || !file || !said) return undefined;
  const block = blockFrom(lines, position, ({ text }) => !/^(?:↳|􀄵) /u.test(text), 30);
  const comments = block.slice(1).map(({ text }) => text.replace(/^\S+ /, ''));
  const message = [said, ...comments].join('\n');
  const [, actual, expected] =
    /^Expectation failed: \(.{1,500}? → (.{1,500}?)\) == \(?(.{1,500}?)\)?$/.exec(said) ?? [];
  const right = expected === undefined ? undefined : (/ → (.{1,500})$/.exec(expected)?.[1] ?? expected);
  const pair = actual !== undefined && right !== undefined ? { actual, expected: right } : {};
  const type = /^Caught error: (?:\.\w|([A-Z]\w{0,200}))/.exec(said)?.[1];
  const test = name.replace(/^"(.*)"$/, '$1');
  return failure(
    {
      tool: 'swift-testing',
      test,
      ...(type ? { type } : {}),
      message,
      ...pair,
      file,
      line: Number(line),
      column: Number(column),
    },
    block,
  );
}

/** A trap ends the whole run: the test that was running is the one that failed. */
function crashed(line: LogLine, test: string | undefined): Failure | undefined {
  const [, file, at, type, message] = crash.exec(line.text) ?? [];
  if (!file || !type || !test) return undefined;
  return failure({ tool: 'xctest', test, type, message: message ?? type, file, line: Number(at) }, [line]);
}
