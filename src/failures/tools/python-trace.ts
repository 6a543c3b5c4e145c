// Lines with Python tracebacks → the traces: the exception that came first, what it was raised again as, and the frames.
import type { StackFrame } from '../../incident/failure.ts';
import type { LogLine } from '../job-log.ts';
import { pythonFrame } from '../stack-trace.ts';

export interface PythonTrace {
  type?: string;
  /** Of the exception that came first; below it, a line for each that it was raised again as. */
  message: string;
  frames: StackFrame[];
  /** Positions of its first line and after its last one. */
  from: number;
  to: number;
  /** What stands before each of its lines: quotes, a logger's or a container's name. */
  prefix: string;
}

interface Part {
  type?: string;
  message: string;
  frames: StackFrame[];
  end: number;
  /** Of an exception group: what it holds. */
  held: PythonTrace[];
}

interface Reading {
  lines: readonly LogLine[];
  /** The lines are one report and nothing else: whatever follows the exception's name is its message. */
  isReport: boolean;
}

const head = 'Traceback (most recent call last):';
const link =
  /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):$/;
/** A recursion that ran away prints 3 lines for each of the frames that Python shows. */
const longestTrace = 2_000;
const longestSyntaxError = 6;
const longestMessage = 60;
/** In columns; groups in groups are read by recursion. */
const deepestGroup = 200;
const exceptionLine = /^(?<type>[A-Za-z_][\w.<>]{0,200})(?::(?: (?<message>.*))?)?$/;

export function pythonTraces(lines: readonly LogLine[], isReport = false): PythonTrace[] {
  const found: PythonTrace[] = [];
  for (let position = 0; position < lines.length; position += 1) {
    const traces = tracesAt({ lines, isReport }, position);
    found.push(...traces);
    position = Math.max(position, (traces.at(-1)?.to ?? 0) - 1);
  }
  return found;
}

/** A chain is one trace; a group is one for each exception that it holds. */
function tracesAt(reading: Reading, from: number): PythonTrace[] {
  const text = reading.lines[from]?.text ?? '';
  const prefix = prefixOf(text);
  if (prefix === undefined) return [];
  const first = partAt(reading, from, prefix);
  if (!first) return [];
  const parts = [first];
  for (let next = nextInChain(reading, first.end, prefix); next; next = nextInChain(reading, next.end, prefix))
    parts.push(next);
  const to = parts.at(-1)?.end ?? first.end;
  if (first.held.length > 0) return parts.flatMap((part, at) => part.held.map((held) => within(held, parts.slice(at))));
  const { type } = first;
  return [{ ...(type ? { type } : {}), ...wrapped(first, parts.slice(1)), from, to, prefix }];
}

const within = (held: PythonTrace, around: readonly Part[]): PythonTrace => ({ ...held, ...wrapped(held, around) });

function wrapped(root: Pick<PythonTrace, 'message' | 'frames'>, around: readonly Part[]) {
  const again = around.map((part) => {
    const said = [part.type, part.message.split('\n')[0]].filter((word) => word && word !== part.type);
    return `raised again as ${part.type ? [part.type, ...said.slice(-1)].filter(Boolean).join(': ') : said[0]}`;
  });
  return {
    message: [root.message, ...again].join('\n'),
    frames: [...root.frames, ...around.flatMap((part) => part.frames)],
  };
}

/** A traceback, or the file and line of a syntax error, which comes without a head. */
function prefixOf(text: string): string | undefined {
  const start = text.indexOf(head);
  if (start >= 0)
    return text
      .slice(0, start)
      .replace(/\+( Exception Group )$/, '| ')
      .replace(/Exception Group $/, '');
  return /^(?:\*\*\* )?(?: {2})?File "[^"]+", line \d+$/.test(text) ? '' : undefined;
}

function partAt(reading: Reading, position: number, prefix: string): Part | undefined {
  const { lines } = reading;
  const isHead = lines[position]?.text.includes(head) ?? false;
  const start = isHead ? position + 1 : position;
  const end = Math.min(lines.length, start + (isHead ? longestTrace : longestSyntaxError));
  const frames: StackFrame[] = [];
  for (let at = start; at < end; at += 1) {
    const text = unprefixed(lines[at]?.text ?? '', prefix).replace(/^\*\*\* (?= {2}File ")/, '');
    if (at > position && text.includes(head)) return undefined;
    const frame = pythonFrame(text);
    if (frame && !frame.file.startsWith('<frozen ')) frames.unshift(frame);
    if (frame || (/^\s/.test(text) && text.trim() !== '') || (text === '' && frames.length === 0)) continue;
    const named = exceptionLine.exec(text)?.groups;
    if (!named?.type || /^Process completed/.test(text)) return undefined;
    const message = messageFrom(reading, at, prefix, named.message ?? '');
    const part = { type: named.type, message: message.text || named.type, frames, end: message.end };
    const bars = isHead && lines[position]?.text.includes('Exception Group') ? prefix.indexOf('|') : -1;
    return { ...part, ...heldIn(reading, message.end, bars) };
  }
  return undefined;
}

/** The exceptions of a group stand below it, each behind bars; one that was never raised has no traceback. */
function heldIn(reading: Reading, from: number, bars: number): Pick<Part, 'end' | 'held'> {
  const held: PythonTrace[] = [];
  let end = from;
  for (; bars >= 0 && bars < deepestGroup; end += 1) {
    const text = reading.lines[end]?.text ?? '';
    if (!/^\s*[+|]/.test(text) || (text.search(/\S/) <= bars && !/^\s*\+-\+/.test(text))) break;
    const traces = tracesAt(reading, end);
    held.push(...(traces.length > 0 ? traces : unraised(reading, end)));
    end = Math.max(end, (traces.at(-1)?.to ?? 0) - 1);
  }
  return { end, held };
}

function unraised({ lines }: Reading, at: number): PythonTrace[] {
  const [above, prefix] = [lines[at - 1]?.text ?? '', /^\s*\| /.exec(lines[at]?.text ?? '')?.[0]];
  const { type, message } = exceptionLine.exec(lines[at]?.text.slice(prefix?.length) ?? '')?.groups ?? {};
  if (!prefix || !type || !/^\s*\+[-+]{10,} \d+ -{10,}$/.test(above)) return [];
  return [{ type, message: message ?? type, frames: [], from: at, to: at + 1, prefix }];
}

/** The message may go on: indented, or, in a report, up to the report's end or the next of the chain. */
function messageFrom({ lines, isReport }: Reading, position: number, prefix: string, first: string) {
  const kept = [first];
  let end = position + 1;
  for (; end < lines.length && kept.length < longestMessage; end += 1) {
    const text = unprefixed(lines[end]?.text ?? '', prefix);
    if (text.includes(head) || link.test(text.trim()) || /^\s*\+[-+]/.test(text)) break;
    if (!isReport && !/^\s+[^\s+|]/.test(text)) break;
    kept.push(text);
  }
  while (kept.length > 1 && kept.at(-1)?.trim() === '') {
    kept.pop();
    end -= 1;
  }
  return { end, text: kept.join('\n').trim() };
}

function nextInChain(reading: Reading, from: number, prefix: string): Part | undefined {
  const near = reading.lines.slice(from, from + 6).map((line) => line.text);
  const barred = prefix.includes('|') ? near.findIndex((text) => /^\s*\+[-+]/.test(text)) : -1;
  const upcoming = near.slice(0, barred < 0 ? near.length : barred).map((text) => unprefixed(text, prefix).trim());
  const linked = upcoming.findIndex((text) => link.test(text.replace(/^[\s>|]+/, '')));
  const next = upcoming.findIndex((text, index) => index > linked && text.includes(head));
  if (linked < 0 || next < 0) return undefined;
  const own = prefixOf(reading.lines[from + next]?.text ?? '');
  return own === undefined ? undefined : partAt(reading, from + next, own);
}

/** Loggers' prefixes hold digits that change from line to line. */
function unprefixed(text: string, prefix: string): string {
  if (prefix === '') return text;
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  const shape = (part: string) => part.replace(/\d/g, '0');
  if (shape(text.slice(0, prefix.length)) === shape(prefix)) return text.slice(prefix.length);
  return prefix.startsWith(text) || prefix.trimEnd() === text.trimEnd() ? '' : text;
}
