// RSpec's report → one failure a failed expectation or example, and each file or hook that broke outside of examples.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { blockFrom, type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { chained, rubyFrame, rubyPlace } from './ruby.ts';

const entry = /^ {1,6}\d{1,6}\) (\S.{0,1000})$/;
const part = /^ {3,10}\d{1,6}\.\d{1,6}\) (Failure\/Error:.{0,2000})$/;
const outside = /^An error occurred (?:while loading (\S{1,500}\.rb)\.?|in an? [`'].{1,200}[`'] hook\.)/;
const ends = /^Finished in |^Failed examples:|^Pending: |^Top \d+ slowest|^Randomized with seed|^\d+ examples?, /;

export const rspec: FailureParser = {
  tool: 'rspec',
  kind: 'test',
  signs: ['Failure/Error:', 'An error occurred while loading ', 'Expected pending '],
  find(lines) {
    return lines.flatMap((line, position) => {
      if (outside.test(line.text)) return outsideOfExamples(lines, position);
      const title = entry.exec(line.text)?.[1];
      const below = lines[position + 1]?.text ?? '';
      // A pending example has its reason there: what it fails with is expected.
      if (!title || !/^\s*(?:Failure\/Error:|Got \d+ failures|Expected pending )/.test(below)) return [];
      const block = blockFrom(lines, position, ({ text }) => entry.test(text) || ends.test(text) || outside.test(text));
      return /^\s*Got /.test(below)
        ? several(block, title)
        : [read(block, { test: title.replace(/ FIXED$/, '') }, indent(below))];
    });
  },
};

const indent = (text: string): number => text.length - text.trimStart().length;

/** An example may hold several failed expectations (`aggregate_failures`): `6.1) Failure/Error: …`. */
function several(block: readonly LogLine[], test: string): Failure[] {
  const starts = block.flatMap(({ text }, index) => (part.test(text) ? [index] : []));
  return starts.map((start, index) => {
    const lines = blockFrom(block.slice(0, starts[index + 1] ?? block.length), start, () => false);
    const first = lines[0]?.text ?? '';
    return read(lines, { test }, first.indexOf('Failure/Error:'));
  });
}

function outsideOfExamples(lines: readonly LogLine[], position: number): Failure[] {
  const file = outside.exec(lines[position]?.text ?? '')?.[1];
  const block = blockFrom(lines, position, ({ text }) => ends.test(text) || outside.test(text));
  const said = block.findIndex(({ text }) => text.startsWith('Failure/Error:'));
  const frames = block.findLastIndex(({ text }) => text.startsWith('# '));
  if (said < 0) return [];
  const one = read(block.slice(0, Math.max(said, frames) + 1), {}, 0);
  const [, path, line, message] = /^(\S{1,500}\.rb):(\d{1,9}): (syntax error[^\n]*)/.exec(one.message) ?? [];
  const place = path && message ? { file: path, line: Number(line), message } : !one.file && file ? { file } : {};
  return [{ ...one, ...(file ? { test: file } : {}), ...place }];
}

/** `margin`: how far the report is indented; what is indented further belongs to the message. */
function read(block: readonly LogLine[], known: { test?: string }, margin: number): Failure {
  const texts = block.map(({ text }) => (text.slice(0, margin).trim() === '' ? text.slice(margin) : text));
  const at = block.findIndex(({ text }) => text.includes('Failure/Error:'));
  const start = at < 0 ? 0 : at;
  const isFrame = (text: string) => /^# /.test(text) || text === '#';
  const firstFrame = texts.findIndex((text, index) => index > start && isFrame(text));
  const stop = firstFrame < 0 ? texts.length : firstFrame;
  const inline = /Failure\/Error: *\S/.test(block[start]?.text ?? '') || at < 0;
  const gap = texts.findIndex((text, index) => index > start && index < stop && text.trim() === '');
  const body = texts.slice(inline || gap < 0 ? start + 1 : gap + 1, stop);
  const trailer = texts
    .slice(stop)
    .filter(isFrame)
    .map((text) => text.slice(2));
  const outer = { ...saidIn(body), frames: framesOf(trailer.slice(0, causeIn(trailer, 0))) };
  const { frames, ...said } = chained([outer, ...causes(trailer)]);
  return failure({ tool: 'rspec', ...known, ...said, ...values(body), ...rubyPlace(frames), frames }, block);
}

const framesOf = (texts: readonly string[]): StackFrame[] =>
  texts.map(rubyFrame).filter((frame) => frame !== undefined);

function causeIn(texts: readonly string[], from: number): number {
  const index = texts.findIndex((text, position) => position >= from && /^-+ Caused by: -+$/.test(text));
  return index < 0 ? texts.length : index;
}

/** `# --- Caused by: ---`, `# Type:`, `#   message`, `#   file:line:in 'x'`. */
function causes(trailer: readonly string[]): { type?: string; message: string; frames: StackFrame[] }[] {
  const found = [];
  for (let start = causeIn(trailer, 0); start < trailer.length; ) {
    const end = causeIn(trailer, start + 1);
    const texts = trailer.slice(start + 1, end);
    const frames = framesOf(texts);
    const said = texts.filter((text) => !rubyFrame(text) && !/^-{5,}$/.test(text));
    found.push({ ...saidIn(said), frames });
    start = end;
  }
  return found;
}

/** What failed, without the differences and the line of code that RSpec adds. */
function saidIn(body: readonly string[]): { type?: string; message: string } {
  const extra = body.findIndex((text) => /^\s*(?:\(compared using |Diff:|Showing full backtrace)/.test(text));
  const kept = extra < 0 ? [...body] : body.slice(0, extra);
  const mark = kept.findIndex((text) => /^\s*\^+$/.test(text));
  if (mark > 1) kept.splice(mark - 1, 2);
  const texts = kept.map((text) => text.trim()).filter((text) => !/^# \S/.test(text));
  const first = texts.findIndex((text) => text !== '');
  const type = /^([A-Z]\w*(?:::\w+){0,9}):$/.exec(texts[first] ?? '')?.[1];
  const message = texts
    .slice(type ? first + 1 : Math.max(0, first))
    .join('\n')
    .trim();
  return { ...(type ? { type } : {}), message: message || (type ?? '') };
}

function values(body: readonly string[]): { expected?: string; actual?: string } {
  const named = (pattern: RegExp) => body.map((text) => pattern.exec(text)?.[1]).find((value) => value !== undefined);
  const expected = named(/^\s*expected: ?(.+)$/);
  const actual = named(/^\s*got: ?(.+)$/);
  return expected !== undefined && actual !== undefined ? { expected: expected.trim(), actual: actual.trim() } : {};
}
