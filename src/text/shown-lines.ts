// A file's text and the lines that are shown of it → those lines as a reader sees them, with every gap marked.
import { withoutInvisible } from './untrusted.ts';

/** 1-based, inclusive, in order and apart from each other. */
interface Lines {
  from: number;
  to: number;
}

/** `numbered` to be talked about, `plain` to be quoted: a number in front of a line ends in what the model writes. */
export type LineForm = 'numbered' | 'plain';

/** Lines end with a line feed only, as in git; the last one's line feed opens no further line. */
export const fileLines = (text: string): string[] => {
  const lines = text.split('\n');
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines;
};

export function shownLines(lines: readonly string[], shown: readonly Lines[], form: LineForm): string {
  const out: string[] = [];
  let last = 0;
  for (const { from, to } of shown) {
    if (from > last + 1) out.push(gapMark(last + 1, from - 1, form));
    for (let line = from; line <= to; line++) out.push(shownLine(lines, line, form));
    last = to;
  }
  if (last < lines.length) out.push(gapMark(last + 1, lines.length, form));
  return out.join('\n');
}

export function shownLine(lines: readonly string[], line: number, form: LineForm): string {
  const text = withoutInvisible((lines[line - 1] ?? '').replace(/\r$/, '')).replaceAll('\n', ' ');
  return form === 'plain' ? text : `${String(line).padStart(String(lines.length).length)} | ${text}`;
}

/** Next to numbers a gap shows by itself; a mark with its lines would cost as much as a line of code. */
export const gapMark = (from: number, to: number, form: LineForm): string =>
  form === 'plain' ? `[lines ${from} to ${to} are not shown: do not quote them]` : '[…]';
