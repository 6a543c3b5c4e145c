// What every tool's parser is: lines of output → the failures that the tool printed there.
import type { Failure } from '../incident/failure.ts';
import type { LogLine } from './job-log.ts';

/**
 * In the order in which they are believed: what the runner says of itself, a failed test (it explains the traces and
 * messages around it), a compiler's, linter's or type checker's finding, a crash, a build tool's or package manager's end.
 */
export const parserKinds = ['runner', 'test', 'check', 'crash', 'build'] as const;
export type ParserKind = (typeof parserKinds)[number];

export interface FailureParser {
  tool: string;
  kind: ParserKind;
  /**
   * Literals, case-sensitive, of which at least one stands in or near every failure that the tool prints. Without any of
   * them in the log the parser is not asked; of a log too large to keep, only what stands around them is kept.
   */
  signs: readonly string[];
  find(lines: readonly LogLine[]): Failure[];
}

const longestMessage = 2_000;

/** Fields left empty are left out: a failure says only what was printed. */
export function failure(
  found: Omit<Partial<Failure>, 'at' | 'tool'> & Pick<Failure, 'tool' | 'message'>,
  lines: readonly LogLine[],
): Failure {
  const [first, last] = [lines[0], lines.at(-1)];
  const at = { from: first?.number ?? 1, to: last?.number ?? 1 };
  const { tool, message, frames = [], ...rest } = found;
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== ''));
  return { tool, ...kept, message: message.trim().slice(0, longestMessage), frames: frames.slice(0, 50), at };
}

/** Of a huge log not all lines are kept: more than this many missing are a gap, fewer were left out by a parser. */
const gapLines = 40;

/** The lines from `start` on, up to a gap or the first that `ends` it, without empty ones at the end. */
export function blockFrom(
  lines: readonly LogLine[],
  start: number,
  ends: (line: LogLine, position: number) => boolean,
  longest = 2_000,
): LogLine[] {
  let end = start + 1;
  while (end < lines.length && end - start < longest) {
    const line = lines[end];
    if (!line || line.number > (lines[end - 1]?.number ?? 0) + gapLines || ends(line, end)) break;
    end += 1;
  }
  while (end > start + 1 && lines[end - 1]?.text.trim() === '') end -= 1;
  return lines.slice(start, end);
}

/** `TypeError: Cannot read…` → its type and message; a text without a type is all message. */
export function typed(text: string): { type?: string; message: string } {
  const match = /^(?:Uncaught )?(?<type>[A-Za-z_$][\w$.]*)(?: \[(?<code>\w+)\])?(?::\s+(?<message>[\s\S]*)|:)?$/.exec(
    text.trim(),
  );
  const { type, message = '' } = match?.groups ?? {};
  return type && looksLikeError(type) ? { type, message: message || type } : { message: text.trim() };
}

export const looksLikeError = (name: string): boolean =>
  /(?:Error|Exception|Warning|Failure|Failed|Exit|Interrupt|Timeout|Fault|Abort|Violation|ExceptionGroup)$|^Assertion/.test(
    name.split('.').at(-1) ?? '',
  );
