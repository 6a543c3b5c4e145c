// Playwright Test's numbered failures → one failure a test that failed in all its attempts, or a file that could not be loaded.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { thrownError } from '../thrown-error.ts';
import { expectValues } from './expect-values.ts';

const tool = 'playwright';
/** `  1) [chromium] › tests/a.spec.ts:7:3 › price › adds ────`, at the end a step's name; the project may be missing. */
const headerLine = /^ {0,2}\d{1,7}\) ((?:\[[^\]]{1,200}\] › )?([^\s›[][^›]{0,500}):(\d{1,7}):(\d{1,7}) › \S.*)$/;
const attemptLine = /^ {4}(?:Retry #\d{1,3} |attachment #\d{1,3}: |Error Context: )/;
const outcomeLine =
  /^ {2}\d{1,7} (failed|interrupted|flaky|skipped|did not run|passed|errors? (?:was|were) not a part of any test)\b/;
const startLine = /^Running \d{1,7} tests? using \d{1,7} workers?|^> playwright test\b/;
const boxLine = /^\s*[╔║╚]/;
const placeLine = /^ {3}at (\S.{0,500}):(\d{1,7})$/;
const rule = / ─+$/;

export const playwright: FailureParser = {
  tool,
  kind: 'test',
  signs: ['──────────', '.spec.', '.test.', '> playwright test', 'Running 1 test using '],
  find(lines) {
    const { failed, flaky } = outcomes(lines);
    const found = new Map<string, Failure>();
    for (const [position, line] of lines.entries()) {
      const title = headerLine.exec(line.text.replace(rule, ''))?.[1];
      const test = title && (failed ? failed.find((one) => isOf(title, one)) : title);
      if (!test || flaky.some((one) => isOf(title, one))) continue;
      const block = blockFrom(lines, position, isEnd);
      if (block.length > 1 && isBetter(line, found.get(test), lines)) found.set(test, testFailure(test, block));
    }
    return [...found.values(), ...unloaded(lines)];
  },
};

const isOf = (title: string, listed: string): boolean => title === listed || title.startsWith(`${listed} › `);

const isEnd = ({ text, kind }: LogLine): boolean =>
  kind !== 'output' ||
  attemptLine.test(text) ||
  outcomeLine.test(text) ||
  headerLine.test(text) ||
  /^\[\d{1,7}\/\d{1,7}\] |^\S/.test(text);

/** The report tells more than the annotation that repeats it. */
const isBetter = ({ kind }: LogLine, known: Failure | undefined, lines: readonly LogLine[]): boolean =>
  !known || (kind === 'output' && lines.find((line) => line.number === known.at.from)?.kind === 'error');

/** At the end stands which tests failed, and which only at first. A log without that end has neither. */
function outcomes(lines: readonly LogLine[]): { failed?: string[]; flaky: string[] } {
  const lists = new Map<string, string[]>();
  let list: string[] | undefined;
  for (const { text } of lines) {
    const outcome = outcomeLine.exec(text)?.[1];
    if (outcome) {
      list = lists.get(outcome) ?? [];
      lists.set(outcome, list);
    } else if (/^ {4}\S/.test(text)) list?.push(text.replace(rule, '').trim());
    else list = undefined;
  }
  const failed = [...(lists.get('failed') ?? []), ...(lists.get('interrupted') ?? [])];
  return { ...(failed.length > 0 ? { failed } : {}), flaky: lists.get('flaky') ?? [] };
}

function testFailure(title: string, block: readonly LogLine[]): Failure {
  const [, , file = '', line, column] = headerLine.exec(block[0]?.text.replace(rule, '') ?? '') ?? [];
  const texts = block.slice(1).map((one) => one.text.replace(/^ {4}/, ''));
  const said = texts.filter((text) => !boxLine.test(text) && !placeLine.test(text));
  const error = thrownError(said, { file, line: Number(line), column: Number(column) });
  // Lines move: the test keeps its name without them.
  const test = title.replace(`${file}:${line}:${column}`, file);
  return failure({ tool, test, ...error, ...expectValues(texts) }, block);
}

/** Errors of loading stand at the line's begin, before any test has run, with the file under them or in them. */
function unloaded(lines: readonly LogLine[]): Failure[] {
  const start = lines.findIndex((line) => startLine.test(line.text));
  if (start < 0) return [];
  return lines.slice(start).flatMap(({ text }, offset) => {
    const position = start + offset;
    if (!/^\w/.test(text) || !typed(text).type || lines[position - 1]?.text !== '') return [];
    const block = blockFrom(
      lines,
      position,
      (line) => line.kind !== 'output' || /^(?:\w|\[| {2}\d+\) )/.test(line.text),
    );
    const texts = block.map((line) => line.text);
    const place = texts.map((one) => placeLine.exec(one)).find((match) => match);
    if (!place && !/ imported from /.test(text)) return [];
    const said = texts.filter((one) => !placeLine.test(one));
    const error = thrownError(said, place?.[1] ? { file: place[1], line: Number(place[2]) } : undefined);
    return [failure({ tool, ...error }, block)];
  });
}
