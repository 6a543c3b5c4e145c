// Jest's report → one failure a failed test, or a suite that could not run.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { place, v8Frames } from '../stack-trace.ts';

const suiteLine = /^\s*(FAIL|PASS)\s+(?:.*\s)?(\S+\.[cm]?[jt]sx?)(?:\s+\([\d.]+ m?s\))?(?:\s+\[.*\])?$/;
const titleLine = /^\s*● (.+)$/;
const notFailures =
  /^(?:Console|Cannot log after tests are done|Deprecation Warning|Validation Warning|Multiple configurations)/;
const endLine =
  /^\s*(?:● |FAIL |PASS |Test Suites: |Tests: +\d|Summary of all failing tests|Snapshot Summary|-{10,}\|?)/;

export const jest: FailureParser = {
  tool: 'jest',
  kind: 'test',
  signs: [],
  find(lines) {
    const found = new Map<string, Failure>();
    let suite: string | undefined;
    for (const [position, line] of lines.entries()) {
      const suiteMatch = suiteLine.exec(line.text);
      if (suiteMatch) suite = suiteMatch[2];
      const title = titleLine.exec(line.text)?.[1]?.trim();
      if (!title || notFailures.test(title)) continue;
      const block = blockFrom(lines, position, ({ text }) => endLine.test(text));
      if (block.length < 2 || !/^\s{2}/.test(line.text)) continue;
      const one = testFailure(title, suite, block);
      const key = `${suite ?? ''}\n${title}`;
      if (!found.has(key)) found.set(key, one);
    }
    return [...found.values()];
  },
};

function testFailure(title: string, suite: string | undefined, block: readonly LogLine[]): Failure {
  const texts = block.slice(1).map((line) => line.text.replace(/^ {4}/, ''));
  const frames = v8Frames(texts.filter((text) => !/^\s*(?:>\s*)?\d+ \|/.test(text)));
  const root = texts.findLastIndex((text) => /^\s*Cause:$/.test(text)) + 1;
  const said = texts.slice(root);
  const message = said
    .slice(0, indexOrEnd(said, /^\s*(?:>\s*)?\d+ \||^\s*at \S.*:\d+/))
    .map((text) => (root > 0 ? text.replace(/^ {4}/, '') : text))
    .join('\n')
    .trim();
  const where = place(frames);
  const own = where?.file && !where.file.includes('node_modules') ? where : suite ? { file: suite } : {};
  const test = /^Test suite failed to run/.test(title) ? suite : title;
  return failure(
    { tool: 'jest', ...(test ? { test } : {}), ...typed(message), ...values(texts), ...own, frames },
    block,
  );
}

/** `Expected: 12`, or the `-` and `+` lines of a diff. */
function values(texts: readonly string[]): { expected?: string; actual?: string } {
  const named = (pattern: RegExp) => texts.map((text) => pattern.exec(text)?.[1]).find((value) => value !== undefined);
  const expected = named(/^\s*Expected(?: [a-z ]+)?: +(.+)$/);
  const actual = named(/^\s*Received(?: [a-z ]+)?: +(.+)$/);
  if (expected !== undefined || actual !== undefined)
    return { ...(expected ? { expected } : {}), ...(actual ? { actual } : {}) };
  const diff = texts.findIndex((text) => /^\s*- Expected\b/.test(text));
  if (diff < 0) return {};
  const lines = texts.slice(diff + 2, diff + 2 + indexOrEnd(texts.slice(diff + 2), /^\s*(?:>\s*)?\d+ \||^\s*at /));
  const side = (sign: string) =>
    lines
      .filter((text) => text.startsWith(sign))
      .map((text) => text.slice(1).trim())
      .join('\n');
  return { ...(side('-') ? { expected: side('-') } : {}), ...(side('+') ? { actual: side('+') } : {}) };
}

function indexOrEnd(texts: readonly string[], pattern: RegExp): number {
  const index = texts.findIndex((text) => pattern.test(text));
  return index < 0 ? texts.length : index;
}
