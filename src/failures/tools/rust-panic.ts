// Rust's panics and what `main` returned as an error → one failure each, named after its root cause.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign } from '../stack-trace.ts';

const tool = 'rust';

export const rustPanic: FailureParser = {
  tool,
  kind: 'crash',
  signs: ['panicked at ', 'Caused by:', 'fatal runtime error: '],
  find(lines) {
    const found: RustPanic[] = [];
    let isTesting = false;
    for (let position = 0; position < lines.length; position += 1) {
      const text = lines[position]?.text ?? '';
      if (/^running \d+ tests?$/.test(text)) isTesting = true;
      else if (text.startsWith('test result: ')) isTesting = false;
      const panic = isTesting ? undefined : panicAt(lines, position);
      if (panic) found.push(panic);
      if (panic) position = panic.end - 1;
    }
    const root = rootPanics(found).map((panic) => panic.failure);
    return root.length > 0 ? root : returnedErrors(lines);
  },
};

export interface RustPanic {
  failure: Failure;
  thread: string;
  /** The position behind it. */
  end: number;
}

/** Another thread's panic ends nothing by itself; where `main` dies of it, that one is the root. */
function rootPanics(found: readonly RustPanic[]): RustPanic[] {
  return found.flatMap((panic, index) => {
    if (panic.thread !== 'main') return [];
    const before = /`Err` value: Any \{ \.\. \}/.test(panic.failure.message) ? found[index - 1] : undefined;
    return [before ?? panic];
  });
}

const panicLine = /^(\s*)thread '([^']{0,500})' (?:\(\d{1,20}\) )?panicked at (.*)$/;
const place = /^(.{1,1000}?):(\d{1,9}):(\d{1,9}):?$/;
const endLine =
  /^(?:stack backtrace:|note: |failures:|successes:|---- |thread '|test |\d+ panics?$|──|Couldn't compile)/;
const longestMessage = 60;

/** Since 1.73 the message stands below its place; before, it was quoted on the same line and the place came last. */
export function panicAt(lines: readonly LogLine[], position: number): RustPanic | undefined {
  const [, indent = '', thread = '', rest = ''] = panicLine.exec(lines[position]?.text ?? '') ?? [];
  if (!rest) return undefined;
  const quoted = rest.startsWith("'") ? quotedMessage(lines, position, rest.slice(1)) : undefined;
  const at = place.exec(quoted?.at ?? rest);
  if (!at?.[1] || Number(at[2]) < 1) return undefined;
  const start = quoted?.end ?? position + 1;
  const below = quoted ? { texts: quoted.texts, end: start } : messageBelow(lines, start, indent);
  const trace = backtrace(lines, below.end, indent);
  const own: StackFrame = { file: at[1], line: Number(at[2]), column: Number(at[3]) };
  const frames = [own, ...trace.frames.filter((frame) => !isSame(frame, own))];
  const where = frames.find((frame) => !isForeignRust(frame)) ?? own;
  const { function: _, ...shown } = where;
  const { message, ...values } = compared(below.texts);
  return {
    failure: failure(
      { tool, type: 'panic', ...rooted(message), ...values, ...shown, frames },
      lines.slice(position, trace.told),
    ),
    thread,
    end: Math.max(trace.told, below.end),
  };
}

function quotedMessage(lines: readonly LogLine[], position: number, first: string) {
  const texts = [first];
  for (let end = position + 1; end < position + longestMessage; end += 1) {
    const [, last, at] = /^(.*)', (\S{1,1000}:\d{1,9}:\d{1,9})$/.exec(texts.at(-1) ?? '') ?? [];
    if (at !== undefined && last !== undefined) return { texts: [...texts.slice(0, -1), last], at, end };
    texts.push(lines[end]?.text ?? '');
  }
  return undefined;
}

function messageBelow(lines: readonly LogLine[], start: number, indent: string): { texts: string[]; end: number } {
  const texts: string[] = [];
  let end = start;
  for (; end < lines.length && texts.length < longestMessage; end += 1) {
    const raw = lines[end]?.text ?? '';
    const text = raw.startsWith(indent) ? raw.slice(indent.length) : raw;
    const isOver = text.trim() === '' && !/^\s*Caused by:/.test(lines[end + 1]?.text ?? '');
    if (isOver || endLine.test(text) || lines[end]?.kind !== 'output') break;
    texts.push(text);
  }
  return { texts, end };
}

/** `   6: shop::price::cheapest`, then `             at ./src/price.rs:8:11`; told up to the last frame of one's own. */
function backtrace(lines: readonly LogLine[], start: number, indent: string): { frames: StackFrame[]; told: number } {
  const frames: StackFrame[] = [];
  let told = start;
  if (lines[start]?.text.slice(indent.length) !== 'stack backtrace:') return { frames, told };
  let name = '';
  for (let position = start + 1; position < Math.min(lines.length, start + 500); position += 1) {
    const text = lines[position]?.text ?? '';
    const called = /^\s*\d{1,4}:\s+(?:0x[\da-f]+ - )?(\S.*)$/.exec(text)?.[1];
    const at = /^\s+at (\S.{0,1000}?):(\d{1,9})(?::(\d{1,9}))?$/.exec(text);
    if (called) name = called;
    else if (at?.[1] && Number(at[2]) > 0) {
      const frame = { file: at[1], line: Number(at[2]), ...(at[3] ? { column: Number(at[3]) } : {}), function: name };
      if (isRuntime(frame)) continue;
      frames.push(frame);
      if (!isForeignRust(frame)) told = position + 1;
    } else break;
  }
  return { frames, told };
}

const isRuntime = (frame: StackFrame): boolean => /^(?:\/rustc\/|library[\\/])/.test(frame.file);
const isForeignRust = (frame: StackFrame): boolean => isForeign(frame) || isRuntime(frame);
const isSame = (a: StackFrame, b: StackFrame): boolean =>
  a.line === b.line && a.file.replace(/^\.\//, '') === b.file.replace(/^\.\//, '');

/** `assert_eq!` prints the two sides under its message; the left one is what was computed, by convention. */
function compared(said: readonly string[]): { message: string; expected?: string; actual?: string } {
  const old = (said[0] ?? '').includes('`(left == right)`');
  const side = (name: RegExp) => {
    const value = said.map((text) => name.exec(text)?.[1]).find((found) => found !== undefined);
    return old && value ? value.replace(/^`|`.*$/g, '') : value;
  };
  const [actual, expected] = [side(/^ {0,2}left: (.*)$/), side(/^ {0,2}right: (.*)$/)];
  const values = actual !== undefined && expected !== undefined ? { actual, expected } : {};
  return { message: said.join('\n').trim() || 'panicked', ...values };
}

/** anyhow, eyre and cargo list causes below the message, the root last; `0:` numbers them where they stand in one list. */
export function rooted(message: string): { message: string } {
  const [head = '', ...lists] = message.split(/^\s*Caused by:$/m).map((part) => part.trim());
  const causes = lists.flatMap((list) => (/^\d{1,3}: /.test(list) ? list.split(/^\s*\d{1,3}: /m) : [list]));
  const told = causes.map((cause) => cause.trim()).filter((cause) => cause !== '');
  const root = told.pop();
  if (root === undefined) return { message };
  const wrapped = [head.replaceAll(/\s*\n\s*/g, ' '), ...told].reverse();
  return { message: [root, ...wrapped.map((text) => `raised again as ${text}`)].join('\n') };
}

/** `Error: …` with its causes is how `main` returns one; without causes any tool may have said it. */
function returnedErrors(lines: readonly LogLine[]): Failure[] {
  return lines.flatMap((line, position) => {
    if (!/^Error: \S/.test(line.text) || lines[position + 2]?.text !== 'Caused by:') return [];
    if (lines[position + 1]?.text.trim() !== '') return [];
    let end = position + 3;
    while (/^\s+\S/.test(lines[end]?.text ?? '')) end += 1;
    const block = lines.slice(position, end);
    const message = block
      .map(({ text }) => text)
      .join('\n')
      .slice('Error: '.length);
    return [failure({ tool, type: 'Error', ...rooted(message) }, block)];
  });
}
