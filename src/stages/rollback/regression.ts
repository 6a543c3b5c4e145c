// What a fix changed and what stands there now → the files of its revert, or what is in the way.
import type { PatchedFile } from '../../incident/case-file.ts';
import type { NewFile } from '../../ports.ts';

export type Inverse = { ok: true; files: NewFile[] } | { ok: false; conflicts: string[] };

/** Conflict-free only: a file that people changed since is theirs to revert. */
export function inverse(files: readonly PatchedFile[], now: ReadonlyMap<string, string>): Inverse {
  const conflicts = files.filter((file) => now.get(file.path) !== file.after).map((file) => file.path);
  if (conflicts.length > 0) return { ok: false, conflicts };
  return { ok: true, files: files.map(({ path, mode, before }) => ({ path, mode, text: before })) };
}
