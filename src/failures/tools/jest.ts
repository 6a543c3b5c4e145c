// Jest's report → one failure a failed test or a suite that could not run; else what failed the run without a failed test.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { thrownError } from '../thrown-error.ts';
import { expectValues } from './expect-values.ts';

const tool = 'jest';
const titleLine = /^ {2}● (\S.*)$/;
/** The reporter for GitHub prints suites in groups of their own, and calls some that could not run `PASS`. */
const groupLine = /^Errors thrown in (\S+)$/;
const notFailures = /^(?:Console$|Cannot log after tests are done)/;
const endLine =
  /^\s{0,2}(?:● |FAIL |PASS |› \d{1,7} snapshot|Test Suites: |Summary of all failing tests$|Snapshot Summary$|={20,}|-{10,}\|)|^\S/;

export const jest: FailureParser = {
  tool,
  kind: 'test',
  // With colours, the bullet and the title are apart.
  signs: [
    '  ● ',
    '● \x1b[',
    '● Validation Error:',
    'Jest: "',
    'Jest: Uncovered',
    ' obsolete from ',
    'No tests found, exiting with code 1',
  ],
  find(lines) {
    const found = new Map<string, Failure>();
    let suite: { file?: string; passed: boolean } = { passed: false };
    for (const [position, line] of lines.entries()) {
      suite = suiteIn(line.text) ?? suite;
      const title = titleLine.exec(line.text)?.[1]?.trim();
      if (!title || suite.passed || notFailures.test(title)) continue;
      const block = blockFrom(lines, position, ({ text, kind }) => kind !== 'output' || endLine.test(text));
      const key = `${suite.file}\n${title}`;
      if (block.length > 1 && !found.has(key)) found.set(key, testFailure(title, suite.file, block));
    }
    return found.size > 0 ? [...found.values()] : withoutFailedTest(lines);
  },
};

/** ` FAIL   web shop  web/cart.test.js (5.1 s)`: what follows the status may be the project's name. */
function suiteIn(text: string): { file?: string; passed: boolean } | undefined {
  const group = groupLine.exec(text)?.[1];
  if (group) return { file: group, passed: false };
  const status = /^\s{0,2}(FAIL|PASS)\s/.exec(text)?.[1];
  const file = status && text.split(/\s+/).findLast((word) => /\.[cm]?[jt]sx?$/.test(word));
  return file ? { file, passed: status === 'PASS' } : undefined;
}

function testFailure(title: string, suite: string | undefined, block: readonly LogLine[]): Failure {
  const texts = block.slice(1).map((line) => line.text.replace(/^ {4}/, ''));
  // Above its `Details:` a parse error has only advice.
  const details = texts.includes('Jest encountered an unexpected token') ? texts.indexOf('Details:') + 1 : 0;
  const error = thrownError(texts.slice(details), suite ? { file: suite } : undefined);
  const test = /^Test suite failed to run/.test(title) ? suite : title;
  return failure(
    { tool, ...(test ? { test } : {}), ...error, ...compiled(error.message), ...expectValues(texts) },
    block,
  );
}

/** ts-jest's diagnostics stand in place of an error: `src/a.ts:3:5 - error TS2322: Type…` */
function compiled(said: string): { type?: string; message?: string } {
  const [, type, message] = /^[^\s:]{1,500}:\d{1,7}:\d{1,7} - error (TS\d{1,6}): ([\s\S]*)$/.exec(said) ?? [];
  return type && message ? { type, message } : {};
}

/** Jest also exits with 1 for a bad configuration, too little coverage, snapshots that nothing asks for, no tests at all. */
function withoutFailedTest(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    const { text } = line;
    if (text === '● Validation Error:') {
      const block = blockFrom(
        lines,
        position,
        (next) => next.kind !== 'output' || /^\S|^ {2}Configuration Documentation:/.test(next.text),
      );
      const message = block
        .slice(1)
        .map((next) => next.text.trim())
        .join('\n');
      return [failure({ tool, type: 'Validation Error', message }, block)];
    }
    const isWhole =
      /^Jest: (?:"[^"]{1,300}" coverage threshold for|Uncovered count for) \w+ \(/.test(text) ||
      text === 'No tests found, exiting with code 1';
    if (isWhole) return [failure({ tool, message: text.replace(/^Jest: /, '') }, [line])];
    const obsolete = /^ › \d{1,7} snapshots? obsolete from \d/.test(text)
      ? /^ {3}↳ (\S+)$/.exec(lines[position + 1]?.text ?? '')
      : null;
    return obsolete
      ? [failure({ tool, message: text.slice(3), file: obsolete[1] }, lines.slice(position, position + 2))]
      : [];
  });
}
