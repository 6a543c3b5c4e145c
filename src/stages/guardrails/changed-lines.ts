// A patched file → the lines that were added and removed, with their numbers; counted from the texts, never from a diff that was handed over.
import { diffLines } from 'diff';
import type { PatchedFile } from '../../incident/case-file.ts';

export interface ChangedLine {
  /** 1-based: of the new text for an added line, of the old for a removed one. */
  line: number;
  text: string;
}

interface ChangedLines {
  added: ChangedLine[];
  removed: ChangedLine[];
  /** Runs of lines that differ. */
  hunks: number;
}

/** Beyond this the exact answer costs too much, and every rule on size refuses anyway. */
const maxEdits = 4_000;

export function changedLines(file: Pick<PatchedFile, 'before' | 'after'>): ChangedLines {
  const before = file.before ?? '';
  const parts = diffLines(before, file.after, { maxEditLength: maxEdits });
  if (!parts) return { added: numbered(file.after, 1), removed: numbered(before, 1), hunks: 1 };
  const result: ChangedLines = { added: [], removed: [], hunks: 0 };
  let oldLine = 1;
  let newLine = 1;
  let wasChange = false;
  for (const part of parts) {
    const isChange = part.added || part.removed;
    if (isChange && !wasChange) result.hunks += 1;
    wasChange = isChange;
    if (part.added) result.added.push(...numbered(part.value, newLine));
    else if (part.removed) result.removed.push(...numbered(part.value, oldLine));
    if (!part.added) oldLine += part.count;
    if (!part.removed) newLine += part.count;
  }
  return result;
}

const numbered = (text: string, first: number): ChangedLine[] =>
  text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line, i) => ({ line: first + i, text: line.replace(/\r$/, '') }));
