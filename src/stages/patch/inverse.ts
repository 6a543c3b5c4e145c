// A commit's files at the base, at the commit and at its parent → the patch that takes the commit back, or why there is none without a conflict.
import { applyPatch, structuredPatch } from 'diff';
import type { Evidence, PatchedFile } from '../../incident/case-file.ts';
import { isTestPath } from './test-path.ts';

export type Inverse = { ok: true; files: PatchedFile[] } | { ok: false; why: string };

type Commit = NonNullable<Evidence['inverse']>;
type File = Commit['files'][number];

/** As `git revert` would, but for what it would leave to a person: then nothing is taken back at all. */
export function inverse({ files, impossible }: Commit): Inverse {
  if (impossible !== undefined) return { ok: false, why: impossible };
  const takenBack = files.map(fileBefore);
  const conflict = takenBack.find((one) => typeof one === 'string');
  if (conflict !== undefined) return { ok: false, why: conflict };
  const changed = takenBack.flatMap((one) => (typeof one === 'string' || one.after === one.before ? [] : [one]));
  return changed.length > 0 ? { ok: true, files: changed } : { ok: false, why: 'it was taken back already' };
}

/** The file without what the commit did to it; in words what stands against that. */
function fileBefore({ path, mode, base, commit, parent }: File): PatchedFile | string {
  const patched = (after: string): PatchedFile => ({ path, before: base, after, mode, isTest: isTestPath(path) });
  if (parent === null) return `it adds ${path}, and Self-Heal deletes no file`;
  if (commit === null) return base === null ? patched(parent) : `${path}, which it deleted, is there again`;
  if (base === null) return `${path}, which it changed, is gone since`;
  if (base === commit || base === parent) return patched(parent);
  const after = applied(base, commit, parent);
  // A hunk that slid to a place that looks alike does not lead back to where it started.
  return after !== undefined && applied(after, parent, commit) === base
    ? patched(after)
    : `${path} was changed since in the same place`;
}

const maxEdits = 4_000;

function applied(text: string, from: string, to: string): string | undefined {
  const patch = structuredPatch('a', 'b', from, to, undefined, undefined, { context: 3, maxEditLength: maxEdits });
  if (!patch) return undefined;
  const result = applyPatch(text, patch, { fuzzFactor: 0, autoConvertLineEndings: false });
  return result === false ? undefined : result;
}
