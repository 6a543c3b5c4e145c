// A file's patch and a place in it → the hunk up to that line, as a comment quotes it; and where the line is after a push.
import { diffFiles } from './git/diffs.ts';
import type { ReviewComment } from './issue.ts';

type Side = 'LEFT' | 'RIGHT';

interface PatchLine {
  text: string;
  left: number;
  right: number;
}

/** Undefined where the diff does not show the line. */
export function hunkUpTo(patch: string, side: Side, line: number): string | undefined {
  for (const hunk of hunksOf(patch)) {
    const at = hunk.lines.findIndex((one) => isOn(one, side) && (side === 'LEFT' ? one.left : one.right) === line);
    if (at >= 0) return [hunk.header, ...hunk.lines.slice(0, at + 1).map(({ text }) => text)].join('\n');
  }
  return undefined;
}

const isOn = ({ text }: PatchLine, side: Side): boolean => !text.startsWith(side === 'LEFT' ? '+' : '-');

interface Hunk {
  header: string;
  lines: PatchLine[];
  /** The first line of each side after it. */
  next: { left: number; right: number };
}

function hunksOf(patch: string): Hunk[] {
  const hunks: Hunk[] = [];
  for (const text of patch.split('\n')) {
    const start = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (start) hunks.push({ header: text, lines: [], next: { left: Number(start[1]), right: Number(start[2]) } });
    const hunk = hunks.at(-1);
    if (start || !hunk || text.startsWith('\\')) continue;
    hunk.lines.push({ text, ...hunk.next });
    if (!text.startsWith('+')) hunk.next.left += 1;
    if (!text.startsWith('-')) hunk.next.right += 1;
  }
  return hunks;
}

/** A comment goes where its line goes; on a line that the push changed it stays behind, outdated. */
export async function moveReviewComments(
  gitDirectory: string,
  comments: readonly ReviewComment[],
  before: string,
  after: string,
): Promise<void> {
  const current = comments.filter((comment) => comment.commitSha === before);
  if (current.length === 0) return;
  const files = new Map((await diffFiles(gitDirectory, before, after)).map((file) => [file.path, file]));
  for (const comment of current) {
    const patch = files.get(comment.path)?.patch ?? '';
    // The left side is the base, which a push to the head leaves as it is.
    const moved = (line: number | null) => (line === null || comment.side === 'LEFT' ? line : movedLine(patch, line));
    const line = moved(comment.line);
    const isOutdated = line === null && comment.line !== null;
    comment.startLine = isOutdated ? null : moved(comment.startLine);
    comment.line = line;
    if (!isOutdated) comment.commitSha = after;
  }
}

function movedLine(patch: string, line: number): number | null {
  let offset = 0;
  for (const { lines, next } of hunksOf(patch)) {
    if (line < (lines[0]?.left ?? 0)) break;
    const at = lines.find((one) => one.left === line && isOn(one, 'LEFT'));
    if (at) return at.text.startsWith('-') ? null : at.right;
    offset = next.right - next.left;
  }
  return line + offset;
}
