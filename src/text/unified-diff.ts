// Patched files → a unified diff as git writes it, and the form of it in which two equal patches look equal.
import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatch, structuredPatch } from 'diff';
import type { PatchedFile } from '../incident/case-file.ts';

/** The time a diff takes grows with the square of its edits: 20,000 took minutes. No policy allows more than this. */
const maxEdits = 4_000;

/** Undefined when a file changes more than any policy allows. */
export function unifiedDiff(files: readonly PatchedFile[], context = 3): string | undefined {
  const diffs = files.map((file) => fileDiff(file, context));
  return diffs.every((diff) => diff !== undefined) ? diffs.join('') : undefined;
}

function fileDiff(file: PatchedFile, context: number): string | undefined {
  const isNew = file.before === null;
  const patch = hunksBetween(file.before ?? '', file.after, context);
  if (!patch) return undefined;
  const names = { oldFileName: isNew ? '/dev/null' : `a/${file.path}`, newFileName: `b/${file.path}` };
  const git = { ...patch, ...names, isGit: true, isCreate: isNew, ...(isNew ? { newMode: file.mode } : {}) };
  return formatPatch(git, FILE_HEADERS_ONLY)
    .replace(/\n?$/, '\n')
    .replace(/^((?:---|\+\+\+) [^"\n\t]* [^"\n\t]*)$/gm, (line, name: string, at: number, text: string) =>
      // git ends a name with spaces in it by a tab; hunks may hold lines that look like names.
      at < text.indexOf('\n@@ ') ? `${name}\t` : line,
    )
    .replace(/^@@ -(\d+)(?:,1)?((?:,\d+)?) \+(\d+)(?:,1)?((?:,\d+)?) @@$/gm, '@@ -$1$2 +$3$4 @@');
}

/** Undefined when there are more edits than any policy allows. */
export function hunksBetween(before: string, after: string, context: number): StructuredPatch | undefined {
  if (leastEdits(before, after) > maxEdits) return undefined;
  return structuredPatch('', '', before, after, undefined, undefined, { context, maxEditLength: maxEdits });
}

/** No diff can do with fewer: the lines that only one of the two has. */
function leastEdits(before: string, after: string): number {
  const counts = new Map<string, number>();
  for (const line of before.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of after.split('\n')) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}

/** Without line numbers, context and trailing spaces: what was taken out and put in, file by file. */
export function normalisedDiff(diff: string): string {
  return diff
    .split('\n')
    .filter((line) => /^[+-]/.test(line))
    .map((line) => line.trimEnd())
    .join('\n');
}
