// A unified diff in a reply → one edit a hunk; what no edit can say is named: renames, deletions, modes, binary files.
import { diffHeader, isDiffStart } from './diff-header.ts';
import { isHunkStart, readHunk } from './diff-hunk.ts';
import type { Edit, Malformed } from './edit-blocks.ts';
import type { NamedPaths } from './edit-path.ts';

export interface DiffEdits {
  edits: Edit[];
  malformed: Malformed[];
  /** 0-based, of the first line after the diff of this file. */
  end: number;
}

interface Surroundings {
  names: NamedPaths;
  isFenced: boolean;
  /** The file that the line above a diff without a header names. */
  path?: string | undefined;
  /** Files that were edited before: a hunk's line numbers do not count there. */
  edited: ReadonlySet<string>;
}

export function diffEdits(lines: readonly string[], start: number, around: Surroundings): DiffEdits {
  const header = isDiffStart(lines, start)
    ? diffHeader(lines, start, around.names)
    : { end: start, ...(around.path === undefined ? { problem: 'it names no file' } : { path: around.path }) };
  const { hunks, end } = hunksFrom(lines, header.end, around.isFenced);
  const line = start + 1;
  const problem = header.problem ?? (hunks.length === 0 ? 'it has no `@@` line' : undefined);
  if (problem !== undefined || header.path === undefined)
    return { edits: [], malformed: [{ line, problem: `this diff cannot be applied: ${problem}` }], end };
  const edits: Edit[] = [];
  const malformed: Malformed[] = [];
  let moved: number | undefined = around.edited.has(header.path) ? undefined : 0;
  for (const hunk of hunks) {
    const { search, replace, numbers } = hunk;
    const isInPlace = numbers && moved !== undefined && numbers.newStart === numbers.oldStart + moved;
    if (hunk.problem !== undefined) malformed.push({ line: hunk.line, problem: hunk.problem });
    else if (/^[+-]?Subproject commit [0-9a-f]{40}$/m.test(search + replace))
      malformed.push({ line: hunk.line, problem: 'this diff cannot be applied: it changes a submodule' });
    else
      edits.push({
        path: header.path,
        search,
        replace,
        line: hunk.line,
        ...(isInPlace ? { at: numbers.newStart } : {}),
      });
    moved = isInPlace ? (moved ?? 0) + numbers.newCount - numbers.oldCount : undefined;
  }
  return { edits, malformed, end };
}

function hunksFrom(lines: readonly string[], start: number, isFenced: boolean) {
  const hunks: (ReturnType<typeof readHunk> & { line: number })[] = [];
  let end = start;
  for (let at = start; at < lines.length; at++) {
    if (lines[at] === '') continue;
    if (!isHunkStart(lines[at])) break;
    const hunk = readHunk(lines, at, isFenced);
    hunks.push({ ...hunk, line: at + 1 });
    end = hunk.end;
    at = hunk.end - 1;
  }
  return { hunks, end };
}
