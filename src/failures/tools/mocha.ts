// Mocha's list of failures under `N failing`, or what kept it from running → one failure a failed test or hook.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { thrownError } from '../thrown-error.ts';
import { expectValues } from './expect-values.ts';

const countLine = /^ {2}(\d{1,7}) failing$/;
const brokenLine = /^ ?(?:Exception during run: |Error: No test files found)/;
const wrapperLine = /^(?:npm (?:ERR!|error)|error Command failed|\s?ELIFECYCLE)/;
/** A time-out's message ends in the test's file; its frames are all the runtime's. */
const timedOut = /^Timeout of \d{1,9}ms exceeded\. .{0,1000}\(((?:\/|[A-Z]:\\)[^()]{1,500})\)$/m;

export const mocha: FailureParser = {
  tool: 'mocha',
  kind: 'test',
  signs: [' failing', '+ expected', 'Exception during run: ', 'Error: No test files found'],
  find(lines) {
    // Cypress reports in Mocha's words.
    if (lines.some((line) => line.text === '  (Run Starting)')) return [];
    return [...mochaFailures('mocha', lines), ...broken(lines)];
  },
};

export function mochaFailures(tool: string, lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    const count = Math.min(1_000, Number(countLine.exec(line.text)?.[1] ?? 0));
    const found: Failure[] = [];
    for (let index = 1, from = position; index <= count; index += 1) {
      const start = headingAfter(lines, from, index);
      if (start < 0) break;
      const block = blockFrom(lines, start, endOf(lines, start, index));
      found.push(testFailure(tool, block));
      from = start + block.length - 1;
    }
    return found;
  });
}

function headingAfter(lines: readonly LogLine[], from: number, index: number): number {
  const furthest = Math.min(lines.length, from + 50);
  for (let position = from + 1; position < furthest; position += 1)
    if (lines[position]?.text.startsWith(`  ${index}) `)) return position;
  return -1;
}

/** Messages may start at the line's begin; what does so after a frame is another program's. */
function endOf(lines: readonly LogLine[], start: number, index: number): (line: LogLine, position: number) => boolean {
  let sawFrame = false;
  return ({ text, kind }, position) => {
    const isOver = kind !== 'output' || text.startsWith(`  ${index + 1}) `) || wrapperLine.test(text);
    const isOthers =
      sawFrame && (/^\S|^ {2}\(Results\)/.test(text) || (text === '' && lines[position - 1]?.text === ''));
    sawFrame ||= position > start && /^ {6}at /.test(text);
    return isOver || isOthers;
  };
}

/** The titles, one deeper than the other, end in a colon; an empty line or the error, five deep, follows. */
function testFailure(tool: string, block: readonly LogLine[]): Failure {
  const isLast = ({ text }: LogLine, index: number) =>
    text.endsWith(':') && /^$|^ {5}\S/.test(block[index + 1]?.text ?? '');
  const colon = Math.max(0, block.findIndex(isLast));
  const title = block.slice(0, colon + 1).map((line) => line.text.trim());
  const test = title
    .join(' ')
    .replace(/^\d+\) /, '')
    .replace(/:$/, '');
  const texts = block.slice(colon + 1).map((line) => line.text.replace(/^ {5,6}/, ''));
  const legend = texts.indexOf('+ expected - actual');
  const frame = texts.findIndex((text) => /^at \S/.test(text));
  const said = legend < 0 ? texts : [...texts.slice(0, legend), ...(frame < 0 ? [] : texts.slice(frame))];
  const file = timedOut.exec(said.join('\n').replace(/^Error: /, ''))?.[1];
  return failure({ tool, test, ...thrownError(said, file ? { file } : undefined), ...expectValues(texts) }, block);
}

/** A file that could not be loaded; what CommonJS throws is left to the crash that node prints. */
function broken(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    if (!brokenLine.test(line.text)) return [];
    const isOver = ({ text, kind }: LogLine) => kind !== 'output' || text === '' || brokenLine.test(text);
    const block = blockFrom(lines, position, isOver, 100);
    const texts = block.map(({ text }) =>
      text.replace(/^ Exception during run: /, '').replace(/^(\s*at .*) \{$/, '$1'),
    );
    return [failure({ tool: 'mocha', ...thrownError(texts) }, block)];
  });
}
