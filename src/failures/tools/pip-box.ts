// pip's output → the boxes in which it repeats what a package's own build printed.
import type { LogLine } from '../job-log.ts';

export interface Box {
  /** Positions of the line that opens it and the line that closes it. */
  from: number;
  to: number;
}

const opens = /^\s*(?:╰─> \[\d{1,7} lines? of output\]|Complete output(?: from command .*| \(\d{1,7} lines?\))?:)$/;
const closes = /^\s*(?:\[end of output\]|-{40})$/;
const longest = 5_000;

export function pipBoxes(lines: readonly LogLine[]): Box[] {
  const found: Box[] = [];
  let from = -1;
  for (const [position, { text }] of lines.entries()) {
    if (from < 0 && opens.test(text)) from = position;
    else if (from >= 0 && (closes.test(text) || position - from > longest)) {
      found.push({ from, to: position });
      from = -1;
    }
  }
  return found;
}

export const isInside = (boxes: readonly Box[], position: number): boolean =>
  boxes.some(({ from, to }) => position > from && position < to);
