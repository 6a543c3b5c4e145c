// Go's panics, fatal errors and race reports → one failure each, its root panic's frames first.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { type FailureParser, failure } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { isForeign } from '../stack-trace.ts';

const tool = 'go';

export const goPanic: FailureParser = {
  tool,
  kind: 'crash',
  signs: ['panic: ', 'fatal error: ', 'goroutine ', 'WARNING: DATA RACE', 'exit status '],
  find(lines) {
    const found: Failure[] = [];
    for (let position = 0; position < lines.length; position += 1) {
      const crash = goCrashAt(lines, position);
      if (crash && endsProcess(lines, crash.end)) found.push(crash.failure);
      const logged = logFatalAt(lines, position);
      if (logged) found.push(logged);
      if (crash) position = crash.end - 1;
    }
    return found;
  },
};

export interface GoCrash {
  failure: Failure;
  /** The test, where a frame or the time-out's list names it. */
  test?: string;
  /** The position behind it. */
  end: number;
}

export function goCrashAt(lines: readonly LogLine[], position: number): GoCrash | undefined {
  const text = lines[position]?.text ?? '';
  if (text === 'WARNING: DATA RACE') return raceAt(lines, position);
  return /^(?:panic|fatal error): \S/.test(text) ? panicAt(lines, position) : undefined;
}

const standardLibrary =
  /(?:^|[\\/]go(?:-[\d.]{1,9})?[\\/](?:[\d.]{1,9}[\\/]x64[\\/])?src[\\/])(?:archive|bufio|bytes|cmd|compress|container|context|crypto|database|encoding|errors|flag|fmt|go|hash|html|internal|io|iter|log|maps|math|mime|net|os|path|reflect|regexp|runtime|slices|sort|strconv|strings|sync|syscall|testing|text|time|unicode|vendor)[\\/]|_testmain\.go$|_cgo_gotypes\.go$/;
const isOwn = (frame: StackFrame): boolean => !isForeign(frame) && !standardLibrary.test(frame.file);
const testFunction = /\.((?:Test|Fuzz|Example|Benchmark)(?![a-z])\w*)(?:[.(]|$)/;
const goroutineLine = /^goroutine \d+ .*\[/;
const longestTrace = 5_000;

function panicAt(lines: readonly LogLine[], position: number): GoCrash | undefined {
  const ahead = lines.slice(position, position + 200);
  const trace = ahead.findIndex((line) => goroutineLine.test(line.text));
  // A recovered panic that was printed with its stack has no empty line in between.
  if (trace < 2 || ahead[trace - 1]?.text.trim() !== '') return undefined;
  const head = ahead.slice(0, trace).map((line) => line.text);
  if (head.some((text, index) => index > 0 && /^(?:panic: |FAIL\b|ok\b|=== |exit status)/.test(text))) return undefined;
  const end = traceEnd(lines, position + trace);
  const goroutines = goroutinesIn(lines, position + trace, end);
  const timedOut = /^panic: test timed out/.test(head[0] ?? '');
  const listed = timedOut
    ? head.map((text) => /^\t\t(\S+) \(/.exec(text)?.[1]).find((name) => name !== undefined)
    : undefined;
  const inTest = (frame: StackFrame) => testFunction.exec(frame.function ?? '')?.[1] === listed?.split('/')[0];
  const telling =
    (timedOut ? goroutines.find(({ frames }) => frames.some(inTest)) : undefined) ??
    goroutines.find(({ frames }) => frames.some(isOwn)) ??
    goroutines[0];
  if (!telling) return undefined;
  const frames = rootFirst(telling.frames);
  const test = listed ?? testIn(frames);
  return {
    failure: failure({ tool, ...said(head), ...ownPlace(frames), frames }, lines.slice(position, telling.end)),
    ...(test ? { test } : {}),
    end,
  };
}

/** `panic: a [recovered]`, then `panic: b`: what was raised first is the root. */
function said(head: readonly string[]): { type: string; message: string } {
  const [, type = 'panic', first = ''] = /^(panic|fatal error): (.*)$/.exec(head[0] ?? '') ?? [];
  const again = head.slice(1).flatMap((text) => /^\tpanic: (.*)$/.exec(text)?.[1] ?? []);
  const more = head
    .slice(1)
    .filter((text) => text.trim() !== '' && !/^\tpanic: |^\[signal |^\t+running tests:|^\t\t/.test(text));
  const root = plain(first);
  const wrapped = again.map(plain).filter((text) => text !== root);
  const message = [
    root,
    ...more.map((text) => text.trim()),
    ...wrapped.map((text) => `raised again as panic: ${text}`),
  ];
  return { type, message: message.join('\n') };
}

const plain = (text: string): string => text.replace(/ \[recovered[^\]]{0,40}\]$/, '');

function traceEnd(lines: readonly LogLine[], start: number): number {
  let end = start;
  while (end < lines.length && end - start < longestTrace) {
    const text = lines[end]?.text ?? '';
    if (/^(?:FAIL|ok|exit status|panic:|fatal error:|===|---|##\[)(?:\s|$)/.test(text) || lines[end]?.kind !== 'output')
      break;
    end += 1;
  }
  return end;
}

interface Goroutine {
  frames: StackFrame[];
  end: number;
}

function goroutinesIn(lines: readonly LogLine[], from: number, to: number): Goroutine[] {
  const found: Goroutine[] = [];
  for (let position = from; position < to; position += 1) {
    const text = lines[position]?.text ?? '';
    if (goroutineLine.test(text)) found.push({ frames: [], end: position + 1 });
    const frame = frameAt(lines, position);
    const current = found.at(-1);
    if (frame && current) {
      current.frames.push(frame);
      current.end = position + 1;
    }
  }
  return found;
}

/** The function's line stands above its place's. */
function frameAt(lines: readonly LogLine[], position: number): StackFrame | undefined {
  const [, file, line] =
    /^\s+(\S+\.(?:go|s|c)):(\d{1,9})(?: \+0x\w+)?(?: fp=.*)?$/.exec(lines[position]?.text ?? '') ?? [];
  if (!file || Number(line) < 1) return undefined;
  const above = (lines[position - 1]?.text ?? '').trim();
  const name = above
    .replace(/^created by /, '')
    .replace(/ in goroutine \d+$/, '')
    .replace(/\([^()]*\)$/, '');
  return { file, line: Number(line), ...(name ? { function: name } : {}) };
}

/** A deferred function that panics again stands above the first panic's own frames. */
function rootFirst(frames: readonly StackFrame[]): StackFrame[] {
  const last = frames.findLastIndex((frame) =>
    /^(?:panic|runtime\.gopanic|runtime\.sigpanic)$/.test(frame.function ?? ''),
  );
  const root = frames.slice(last + 1);
  return root.some(isOwn) ? [...root, ...frames.slice(0, last + 1)] : [...frames];
}

function ownPlace(frames: readonly StackFrame[]): Partial<Pick<StackFrame, 'file' | 'line'>> {
  const frame = frames.find(isOwn);
  return frame ? { file: frame.file, ...(frame.line ? { line: frame.line } : {}) } : {};
}

const testIn = (frames: readonly StackFrame[]): string | undefined =>
  frames
    .filter(isOwn)
    .map((frame) => testFunction.exec(frame.function ?? '')?.[1])
    .find((name) => name !== undefined);

function raceAt(lines: readonly LogLine[], position: number): GoCrash | undefined {
  const ahead = lines.slice(position, position + 500);
  const length = ahead.findIndex((line, index) => index > 0 && /^={10,}$/.test(line.text));
  if (length < 2) return undefined;
  const block = ahead.slice(0, length);
  const frames = block.flatMap((_, index) => frameAt(lines, position + index) ?? []);
  const accesses = block.flatMap(({ text }) => (/^\S.* at 0x\w+ by .+:$/.test(text) ? text.slice(0, -1) : []));
  const message = ['race detected', ...accesses].join('\n');
  const test = testIn(frames);
  return {
    failure: failure({ tool, type: 'DATA RACE', message, ...ownPlace(frames), frames }, ahead.slice(0, length + 1)),
    ...(test ? { test } : {}),
    end: position + length + 1,
  };
}

/** What goes on to pass has only printed a trace. */
export function endsProcess(lines: readonly LogLine[], end: number): boolean {
  for (const { text } of lines.slice(end, end + 2_000)) {
    if (/^\s*--- PASS: |^ok {2}\t|^PASS$/.test(text)) return false;
    if (/^(?:exit status \d|FAIL\b|Found \d+ data race)|^\s*--- FAIL: /.test(text)) return true;
  }
  return true;
}

/** `log.Fatal` has Go's own form of a line only; what `go run` says below it tells that it was the end. */
function logFatalAt(lines: readonly LogLine[], position: number): Failure | undefined {
  const [line, next] = [lines[position], lines[position + 1]];
  if (!line || !next || !/^exit status [1-9]/.test(next.text)) return undefined;
  const match = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? (?:(\S{1,300}\.go):(\d{1,9}): )?(\S.*)$/.exec(
    line.text,
  );
  const [, file, at, message] = match ?? [];
  if (!message) return undefined;
  const where = file && Number(at) > 0 ? { file, line: Number(at) } : {};
  return failure({ tool, message, ...where }, [line, next]);
}
