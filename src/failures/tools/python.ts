// Python tracebacks, wherever they stand → one failure a traceback, named after the exception that came first.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { type FailureParser, failure, typed } from '../failure-parser.ts';
import type { LogLine } from '../job-log.ts';
import { unfolded } from '../json-log.ts';
import { place, pythonFrame } from '../stack-trace.ts';

const chained =
  /^(?:During handling of the above exception, another exception occurred|The above exception was the direct cause of the following exception):$/;
/** A recursion that ran away prints 3 lines for each of the frames that Python shows. */
const longestTrace = 2_000;
const longestSyntaxError = 6;
const head = 'Traceback (most recent call last):';

interface Part {
  type?: string;
  message: string;
  frames: StackFrame[];
  /** Position after its last line. */
  end: number;
}

export const python: FailureParser = {
  tool: 'python',
  kind: 'crash',
  signs: [],
  find(logLines) {
    const lines = unfolded(logLines);
    const found: Failure[] = [];
    for (let position = 0; position < lines.length; position += 1) {
      const part = partAt(lines, position);
      if (!part) continue;
      const parts = [part];
      for (let next = nextInChain(lines, part.end); next; next = nextInChain(lines, next.end)) parts.push(next);
      const end = parts.at(-1)?.end ?? part.end;
      const { type, message } = part;
      const frames = parts.flatMap((one) => one.frames);
      found.push(
        failure(
          { tool: 'python', ...(type ? { type } : {}), message, ...place(frames), frames },
          lines.slice(position, end),
        ),
      );
      position = end - 1;
    }
    return found;
  },
};

/** A traceback, or the file and line of a syntax error, which comes without a head. */
function partAt(lines: readonly LogLine[], position: number): Part | undefined {
  const text = lines[position]?.text ?? '';
  const start = text.indexOf(head);
  if (start >= 0) {
    const prefix = text
      .slice(0, start)
      .replace(/\+( Exception Group )$/, '| ')
      .replace(/Exception Group $/, '');
    return read(lines, position + 1, prefix);
  }
  return /^ {2}File "[^"]+", line \d+$/.test(text) ? read(lines, position, '', longestSyntaxError) : undefined;
}

function read(lines: readonly LogLine[], start: number, prefix: string, longest = longestTrace): Part | undefined {
  const frames: StackFrame[] = [];
  for (let position = start; position < Math.min(lines.length, start + longest); position += 1) {
    const text = unprefixed(lines[position]?.text ?? '', prefix);
    const frame = pythonFrame(text);
    if (frame) frames.unshift(frame);
    else if (/^\S/.test(text) || (text.trim() === '' && frames.length > 0)) {
      const { end, message } = messageFrom(lines, position, prefix);
      if (text.trim() === '' || (frames.length === 0 && !/^[\w.]+(?::|$)/.test(text))) return undefined;
      return { ...typed(message), frames, end };
    }
  }
  return undefined;
}

/** The exception's message may go on over several lines; the next empty line or traceback ends it. */
function messageFrom(lines: readonly LogLine[], position: number, prefix: string): { end: number; message: string } {
  const kept = [unprefixed(lines[position]?.text ?? '', prefix)];
  let end = position + 1;
  while (end < lines.length && kept.length < 20) {
    const line = lines[end];
    const text = unprefixed(line?.text ?? '', prefix);
    if (line?.kind !== 'output' || !/^\s+[^\s+|]/.test(text) || text.includes(head)) break;
    kept.push(text);
    end += 1;
  }
  return { end, message: kept.join('\n') };
}

function nextInChain(lines: readonly LogLine[], from: number): Part | undefined {
  const upcoming = lines.slice(from, from + 6);
  const link = upcoming.findIndex((line) => chained.test(line.text.replace(/^[\s>|]+/, '').trim()));
  const next = upcoming.findIndex((line, index) => index > link && line.text.includes(head));
  return link >= 0 && next > link ? partAt(lines, from + next) : undefined;
}

/** Quotes, indentation, loggers' prefixes (whose digits change from line to line) stand before every line. */
function unprefixed(text: string, prefix: string): string {
  if (prefix === '') return text;
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  const shape = (part: string) => part.replace(/\d/g, '0');
  if (shape(text.slice(0, prefix.length)) === shape(prefix)) return text.slice(prefix.length);
  return prefix.startsWith(text) || prefix.trimEnd() === text.trimEnd() ? '' : text;
}
