// Vitest's list of failures (`FAIL  file > test`, unhandled errors) → one failure each; the annotations where they are all there is.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { markedFrame, v8Frame } from '../stack-trace.ts';
import { thrownError } from '../thrown-error.ts';
import { diffValues } from './expect-values.ts';

const tool = 'vitest';
const sectionLine = /^⎯{3,} (Failed [A-Z][A-Za-z ]{1,40} \d{1,7}|Unhandled (?:Source )?Errors?) ⎯{3,}$/;
const errorLine = /^⎯{3,} ([A-Z][A-Za-z ]{1,60}) ⎯{3,}$/;
const closeLine = /^⎯{10,}(?:\[\d{1,7}\/\d{1,7}\]⎯)?$/;
const failLine = /^ FAIL {2,3}(\S.*)$/;
const summaryLine = /^ {1,12}(?:Snapshots|Test Files|Tests|Errors|Start at|Duration) {2}/;
const isReport = /^(?:⎯{3,} (?:Failed|Unhandled|Startup)| RUN {2}v\d)/;
const withoutTest =
  /^(?:ERROR: Coverage for \w+ \(.{1,60} does not meet (?:global|".{1,300}") threshold|No test files found, exiting with code 1$)/;

export const vitest: FailureParser = {
  tool,
  kind: 'test',
  signs: [' FAIL ', ' Unhandled ', ' Startup Error ', ' ❯ ', 'ERROR: Coverage for ', 'No test files found, exiting'],
  find(lines) {
    const found: Failure[] = [];
    let section = '';
    for (let position = 0; position < lines.length; position += 1) {
      const { text = '' } = lines[position] ?? {};
      const heading = errorLine.exec(text)?.[1];
      if (sectionLine.test(text)) section = text;
      else if (summaryLine.test(text)) section = '';
      else if (heading && (section.includes('Unhandled') || heading === 'Startup Error'))
        found.push(unhandled(lines, position));
      else if (section.includes('Failed') && failLine.test(text)) {
        const block = blockFrom(lines, position, isEnd);
        found.push(...failuresOf(block));
        position += block.length - 1;
      }
    }
    if (found.length > 0) return found;
    const alone = lines.filter((line) => withoutTest.test(line.text));
    return alone.length > 0
      ? alone.map((line) => failure({ tool, message: line.text.replace(/^ERROR: /, '') }, [line]))
      : lines.some((line) => isReport.test(line.text))
        ? []
        : annotations(lines);
  },
};

const isEnd = ({ text, kind }: LogLine): boolean => closeLine.test(text) || kind !== 'output' || summaryLine.test(text);

/** Tests that failed with the same error stand above one another. */
function failuresOf(block: readonly LogLine[]): Failure[] {
  const last = block.findLastIndex((line) => failLine.test(line.text));
  return block.slice(0, last + 1).flatMap((line) => {
    const title = failLine.exec(line.text)?.[1];
    if (!title) return [];
    const test = withoutProject(title);
    return [failure({ tool, test, ...detailsOf(block.slice(last + 1), test.split(' > ')[0]) }, block)];
  });
}

function detailsOf(lines: readonly LogLine[], file?: string) {
  const texts = lines.map((line) => line.text);
  const serialized = texts.findIndex((text) => /^Serialized Error: |^⎯{10,}$/.test(text));
  const cause = texts.findIndex((text) => text.startsWith('Caused by: '));
  const end = serialized < 0 ? texts.length : serialized;
  const shown = [...texts.slice(0, end), ...(cause > end ? texts.slice(cause) : [])];
  const error = thrownError(shown, file ? { file } : undefined, frameOf);
  return { ...error, message: error.message.replace(/^Unknown Error: /, ''), ...diffValues(texts) };
}

const frameOf = (text: string) => markedFrame(text) ?? (/^\s*at /.test(text) ? v8Frame(text) : undefined);

/** ` FAIL  |api| file`, or ` FAIL   api  file` where the project is coloured; a suite's file follows it in brackets. */
const withoutProject = (title: string): string =>
  title
    .replace(/^(?:\|[^|]{1,200}\| |[^>\s]{1,200}(?: \([^)]{1,100}\))? {2})/, '')
    .replace(/ \[ [^[\]]{1,500} \]$/, '');

function unhandled(lines: readonly LogLine[], position: number): Failure {
  const block = blockFrom(lines, position, (line) => isEnd(line) || errorLine.test(line.text));
  const said = block.findIndex((line) => line.text.startsWith('This error originated in "'));
  const test = /^This error originated in "([^"]{1,500})"/.exec(block[said]?.text ?? '')?.[1];
  const details = detailsOf(block.slice(1, said < 0 ? block.length : said), test);
  return failure({ tool, ...(test ? { test } : {}), ...details }, said < 0 ? block : block.slice(0, said + 1));
}

/** The reporter for GitHub alone: an error's message and frames, without the test's name. */
function annotations(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    if (line.kind !== 'error') return [];
    const block = blockFrom(lines, position, ({ kind }) => kind !== 'output');
    const isOurs = block.some(({ text }) => /^ ❯ /.test(text) && markedFrame(text));
    return isOurs ? [failure({ tool, ...detailsOf(block) }, block)] : [];
  });
}
