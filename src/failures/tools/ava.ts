// AVA's report, its own or TAP → one failure a failed test or hook, an uncaught error, or a file that said nothing.
import type { Failure } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { markedFrame, v8Frame } from '../stack-trace.ts';
import { thrownError } from '../thrown-error.ts';
import { expectValues } from './expect-values.ts';
import { tapFailures } from './tap.ts';

const tool = 'ava';
const failedLine = /^ {2}✘ \[fail\]: (\S.*)$/;
const uncaughtLine = /^ {2}(?:Uncaught exception|Unhandled rejection) in (\S.*)$/;
const brokenLine =
  /^ {2}✘ (?:(\S+) exited (?:with a non-zero exit code: \d+|due to \w+)|(?:No tests found in|Internal error in) (\S+)|Couldn.t find any files to test|Timed out while running tests)/;
const exitedTitle = /^(\S{1,500}) exited with a non-zero exit code: \d{1,3}$/;
const ruleLine = /^ {2}─+$/;
const resultLine = /^ {2}(?:[✔✘] |- \[(?:skip|todo)\] )/;
const longestTitle = 500;
const codeLine = /^\s+\d{1,7}: /;

export const ava: FailureParser = {
  tool,
  kind: 'test',
  signs: [
    '✘ [fail]:',
    'Uncaught exception in ',
    'Unhandled rejection in ',
    ' exited with a non-zero exit code',
    'find any files to test',
    'Timed out while running tests',
    'not ok ',
    'Error thrown in test:',
  ],
  find(lines) {
    const thrown = lines.flatMap((line, position) => uncaught(lines, line, position));
    const files = new Set(thrown.map((one) => one.test));
    const broken = lines.flatMap((line) => {
      const [, exited, named] = brokenLine.exec(line.text) ?? [];
      const file = exited ?? named;
      if (!brokenLine.test(line.text) || (file && files.has(file))) return [];
      return [failure({ tool, message: line.text.slice(4).trim(), ...(file ? { test: file, file } : {}) }, [line])];
    });
    return [...inFiles(tapFailures(tool, lines)), ...failedTests(lines), ...thrown, ...broken];
  },
};

/** In TAP an uncaught error is a result of its own, followed by one that names the file. */
function inFiles(found: readonly Failure[]): Failure[] {
  const isUncaught = (one?: Failure) =>
    one?.type !== undefined && one.test !== one.message && one.test?.endsWith(one.message);
  return found.flatMap((one, index) => {
    const file = exitedTitle.exec(found[index + 1]?.test ?? '')?.[1];
    if (file && isUncaught(one)) return [{ ...one, test: file, file: one.file ?? file }];
    const own = exitedTitle.exec(one.test ?? '')?.[1];
    if (own && isUncaught(found[index - 1])) return [];
    return [own ? { ...one, test: own, file: own } : one];
  });
}

/** Live, a result's line ends in a summary; below the rule, the title stands alone above what is known. */
function failedTests(lines: readonly LogLine[]): Failure[] {
  const results = lines.flatMap((line) => failedLine.exec(line.text)?.[1] ?? []);
  if (results.length === 0) return [];
  const titles = new Set(
    results.flatMap((result) =>
      result
        .slice(0, longestTitle)
        .split(' ')
        .map((_, index, words) => words.slice(0, index + 1).join(' ')),
    ),
  );
  const isTitle = (position: number) =>
    titles.has(lines[position]?.text.replace(/^ {2}/, '') ?? '') && (lines[position - 1]?.text ?? '') === '';
  const rule = lines.findIndex((line) => ruleLine.test(line.text));
  return lines.flatMap(({ text }, position) => {
    if (rule < 0 || position < rule || !/^ {2}\S/.test(text) || !isTitle(position)) return [];
    const block = blockFrom(
      lines,
      position,
      (line, at) => line.kind !== 'output' || ruleLine.test(line.text) || isTitle(at),
    );
    return [failure({ tool, test: text.trim(), ...detailsOf(block.slice(1)) }, block)];
  });
}

function uncaught(lines: readonly LogLine[], line: LogLine, position: number): Failure[] {
  const file = uncaughtLine.exec(line.text)?.[1];
  if (!file) return [];
  const block = blockFrom(
    lines,
    position,
    ({ text, kind }) => kind !== 'output' || resultLine.test(text) || ruleLine.test(text) || uncaughtLine.test(text),
  );
  return [failure({ tool, test: file, ...detailsOf(block.slice(1), file) }, block)];
}

/** The place, the code around it, then the error: inspected and with its stack, or in a sentence of AVA's own. */
function detailsOf(block: readonly LogLine[], file?: string) {
  const texts = block.map((line) => line.text.replace(/^ {2}/, ''));
  const frame = texts.findIndex((text) => frameOf(text));
  const above = texts.slice(0, frame < 0 ? texts.length : frame);
  const header = above.findLastIndex((text) => /^\S/.test(text));
  const isStack = /^\s+at /.test(texts[frame] ?? '') && header >= 0;
  const place = /^(\S+\.\w{1,6}):(\d{1,7})$/.exec(texts.find((text) => text !== '') ?? '');
  const said = place ? { file: place[1] ?? '', line: Number(place[2]) } : file ? { file } : undefined;
  const body = above.filter((text, index) => !codeLine.test(text) && !(place && index === above.indexOf(place[0])));
  const error = thrownError(isStack ? texts.slice(header) : [...body, ...texts.slice(above.length)], said, frameOf);
  return { ...error, ...expectValues(texts) };
}

const frameOf = (text: string) => (/^\s+at /.test(text) ? v8Frame(text) : markedFrame(text));
