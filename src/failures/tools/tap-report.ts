// What node-tap's own reporters print (`base`, `terse`) → one failure a failed assertion, or a file that could not run.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, failure, looksLikeError } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { ownPlace, v8Frame } from '../stack-trace.ts';
import { chained, thrownError } from '../thrown-error.ts';
import { diffValues } from './expect-values.ts';

const tool = 'tap';
const fileLine = /^ FAIL {2}(\S{1,500}) \d/;
const titleLine = /^✖ (\S.*)$/;
const completeLine = /^ {2}\S{1,2} TEST COMPLETE /;
/** Lines are wrapped at 80 columns. */
const wrapped = 60;
const deepest = 20;

/** `base` first lists failures without their details, and again with them when all is done. */
export function tapReport(lines: readonly LogLine[]): Failure[] {
  if (!lines.some((line) => line.text.startsWith('# { total: '))) return [];
  const complete = lines.findIndex((line) => completeLine.test(line.text));
  const shown = lines.slice(complete + 1);
  const openings = openingsIn(lines);
  const printedBy = (file: string): readonly LogLine[] => {
    const opening = openings.get(file);
    return opening === undefined ? [] : lines.slice(opening + 1, opening + 40);
  };
  const found = shown.flatMap((line, position) => {
    const file = fileLine.exec(line.text)?.[1];
    if (file) return /^[✖☐]/.test(shown[position + 1]?.text ?? '') ? [] : [brokenFile(file, line, printedBy(file))];
    return titleLine.test(line.text) ? [failedAssertion(shown, position)] : [];
  });
  const suites = new Set(found.flatMap(({ test = '' }) => pathsAbove(test)));
  return found.filter(({ test }) => !suites.has(test ?? ''));
}

/** Of `a > b > c`: `a` and `a > b`. */
const pathsAbove = (test: string): string[] =>
  [...test.matchAll(/ > /g)].slice(0, deepest).map(({ index }) => test.slice(0, index));

function failedAssertion(lines: readonly LogLine[], position: number): Failure {
  const block = blockFrom(lines, position, ({ text }) => /^\S|^ FAIL /.test(text));
  const texts = block.map((line) => line.text.replace(/^ {2}/, ''));
  const titleEnd = continued(texts, 0);
  const test = texts.slice(0, titleEnd).join(' ').slice(2);
  const details = texts.slice(titleEnd);
  const cause = details.findIndex((text) => text.startsWith('cause: '));
  const type = /^type: (\w{1,100})$/.exec(details.find((text) => text.startsWith('type: ')) ?? '')?.[1];
  const outer = framesIn(cause < 0 ? details : details.slice(0, cause));
  const root = cause < 0 ? undefined : rootOf(details.slice(cause));
  const last = test.split(' > ').at(-1) ?? test;
  const frames = chained(root?.frames ?? [], outer);
  const file = details.find((text) => /^[\w@./-]{1,500}\.[cm]?[jt]sx?$/.test(text));
  const said = root
    ? { ...root, message: `${root.message}\nraised again as ${last}` }
    : { message: last, ...(type && looksLikeError(type) ? { type } : {}) };
  return failure(
    { tool, test, ...said, ...diffValues(details), ...(ownPlace(frames) ?? (file ? { file } : {})), frames },
    block,
  );
}

function rootOf(details: readonly string[]) {
  const said = details.slice(0, continued(details, 0)).join(' ').slice('cause: '.length);
  return { ...thrownError([said]), frames: framesIn(details) };
}

const framesIn = (texts: readonly string[]) =>
  texts
    .map((text) => (/^(?:\S.* \()?\S+:\d+:\d+\)?$/.test(text) ? v8Frame(text) : undefined))
    .filter((one) => one !== undefined);

/** How many lines the first one was wrapped into. */
function continued(texts: readonly string[], from: number): number {
  const [first = '', second = ''] = texts.slice(from);
  return first.length > wrapped && second !== '' && !/^\S+\.\w+$/.test(second) ? from + 2 : from + 1;
}

/** `2> file` opens what the file printed to stderr. */
function openingsIn(lines: readonly LogLine[]): Map<string, number> {
  const openings = new Map<string, number>();
  for (const [position, { text }] of lines.entries())
    if (text.startsWith('2> ') && !openings.has(text.slice(3))) openings.set(text.slice(3), position);
  return openings;
}

function brokenFile(file: string, line: LogLine, printed: readonly LogLine[]): Failure {
  const start = printed.findIndex(({ text }) => looksLikeError(/^(\w{1,100})(?: \[\w+\])?: /.exec(text)?.[1] ?? ''));
  const from = printed.slice(Math.max(0, start));
  const frame = from.findIndex(({ text }) => /^\s+at /.test(text));
  const said = start < 0 ? [] : from.slice(0, frame < 0 ? 3 : frame);
  const { frames, ...error } = thrownError([said.map(({ text }) => text).join(' ') || 'failed without a result'], {
    file,
  });
  return failure({ tool, test: file, ...error, frames }, said.length > 0 ? said : [line]);
}
