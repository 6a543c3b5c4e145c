// A patch made on one commit, and the same files at a later one → the patch on top of that, or why it does not fit any more.
import { diff3Merge } from 'node-diff3';
import type { PatchedFile } from '../../incident/case-file.ts';

/** What a path is at the later commit; undefined where there is no such file, or none that is regular text. */
export interface Later {
  text: string;
  mode: '100644' | '100755';
}

export type Rebased = { files: PatchedFile[] } | { conflict: string };

export function rebased(files: readonly PatchedFile[], laterOf: (path: string) => Later | undefined): Rebased {
  const moved: PatchedFile[] = [];
  for (const file of files) {
    const next = onTop(file, laterOf(file.path));
    if ('conflict' in next) return { conflict: `${file.path} ${next.conflict}` };
    moved.push(next);
  }
  return { files: moved };
}

function onTop(file: PatchedFile, later: Later | undefined): PatchedFile | { conflict: string } {
  const { before, after } = file;
  if (before === null) return later ? { conflict: 'was added there, too' } : file;
  if (!later) return { conflict: 'is no longer there as a file that can be edited' };
  if (later.text === after) return { conflict: 'has the change already' };
  const text = later.text === before ? after : mergedText(before, after, later.text);
  if (text === undefined) return { conflict: 'was changed there in the same place' };
  if (text === later.text) return { conflict: 'has the change already' };
  return { ...file, before: later.text, after: text, mode: later.mode };
}

/** Whole lines with their endings; undefined where both changed the same or adjoining lines. */
function mergedText(base: string, ours: string, theirs: string): string | undefined {
  const regions = diff3Merge(linesOf(ours), linesOf(base), linesOf(theirs), { excludeFalseConflicts: true });
  const lines: string[] = [];
  for (const { ok } of regions) {
    if (!ok) return undefined;
    lines.push(...ok);
  }
  return lines.join('');
}

const linesOf = (text: string): string[] => text.split(/(?<=\n)/);
