// Edits that fit → the lines that each of them changes, in its file as it is after that edit.
import type { Edit } from '../stages/patch/edit-blocks.ts';
import { patchedFiles } from '../stages/patch/patched-files.ts';

interface Lines {
  first: number;
  last: number;
}

/** Without those that make sense only together with a later one. */
export async function changedLines(
  edits: readonly Edit[],
  shown: Parameters<typeof patchedFiles>[1],
): Promise<Map<Edit, Lines>> {
  const sources = new Map(shown.sources.map((source) => [source.path, source]));
  const changed = new Map<Edit, Lines>();
  for (const edit of edits) {
    const source = sources.get(edit.path);
    const patching = await patchedFiles([edit], { ...shown, sources: source ? [source] : [] });
    const file = patching.ok ? patching.files[0] : undefined;
    if (!file) continue;
    changed.set(edit, difference(file.before ?? '', file.after));
    sources.set(edit.path, { path: file.path, mode: file.mode, text: file.after });
  }
  return changed;
}

/** Of lines that are only taken out: the line that stands there now. */
function difference(before: string, after: string): Lines {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const most = Math.min(old.length, now.length);
  let first = 0;
  while (first < most && old[first] === now[first]) first += 1;
  let end = 0;
  while (end < most - first && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return { first: first + 1, last: Math.max(first + 1, now.length - end) };
}
