// A file before and after → after, without the hunks that change nothing but white space, where other hunks change something.
import { grammarOf } from '../../syntax/grammars.ts';
import { hunksBetween } from '../../text/unified-diff.ts';

/** In a text that no grammar reads, white space may be what matters. */
export function withoutWhiteSpaceHunks(path: string, before: string, after: string): string {
  if (!grammarOf(path)) return after;
  const patch = hunksBetween(before, after, 3);
  const noise = patch?.hunks.filter(({ lines }) => isWhiteSpace(lines)) ?? [];
  if (noise.length === 0 || noise.length === patch?.hunks.length) return after;
  const [old, now] = [linesOf(before), linesOf(after)];
  for (const { oldStart, oldLines, newStart, newLines } of noise.toReversed())
    now.splice(newStart - 1, newLines, ...old.slice(oldStart - 1, oldStart - 1 + oldLines));
  return now.join('');
}

const linesOf = (text: string): string[] => text.split(/(?<=\n)/);

function isWhiteSpace(lines: readonly string[]): boolean {
  const told = (sign: string) =>
    lines.flatMap((line) => (line.startsWith(sign) && line.slice(1).trim() !== '' ? [line.slice(1).trimEnd()] : []));
  const [removed, added] = [told('-'), told('+')];
  return removed.length === added.length && removed.every((line, i) => line === added[i]);
}
