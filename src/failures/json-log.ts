// Lines of JSON or logfmt that carry a whole trace in one string → the lines of that string.
import type { LogLine } from './job-log.ts';

const escapedTrace = /\\n\s*at |\\n\s*File \\"/;
/** The last one may have lost its end to a cut. */
const stringLiteral = /"((?:[^"\\]|\\.)*)(?:"|\\?$)/g;

export const unfolded = (lines: readonly LogLine[]): LogLine[] =>
  lines.flatMap((line) => (escapedTrace.test(line.text) ? tracesIn(line) : [line]));

function tracesIn(line: LogLine): LogLine[] {
  const literals = [...line.text.matchAll(stringLiteral)].map((match) => match[1] ?? '');
  const texts = literals
    .filter((literal) => escapedTrace.test(literal))
    .flatMap((literal) => decoded(literal).split(/\r?\n/));
  return texts.length > 0 ? texts.map((text) => ({ ...line, text })) : [line];
}

function decoded(literal: string): string {
  try {
    return String(JSON.parse(`"${literal}"`));
  } catch {
    return literal.replaceAll('\\n', '\n').replaceAll('\\"', '"'); // Cut in the middle of an escape, or not quite JSON.
  }
}
