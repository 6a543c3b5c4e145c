// Two trees or commits → the files that differ, each with its patch in the form GitHub's API gives it.
import { git, gitBytes } from './git.ts';

export interface FileDiff {
  sha: string | null;
  path: string;
  previousPath: string | null;
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  additions: number;
  deletions: number;
  /** Hunks only; absent for binary files and for what is too large to show. */
  patch: string | null;
}

const statuses: Record<string, FileDiff['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** GitHub leaves out a file's patch beyond some size; the limit it documents for diffs is 20,000 lines or 1 MB. */
const largestPatchBytes = 1_000_000;

export const unifiedDiff = (directory: string, from: string, to: string): Promise<string> =>
  git(directory, ['diff', '--no-color', '--no-ext-diff', '--no-textconv', '-M', from, to, '--']);

/** Every changed path between two trees, both sides of renames. */
export async function changedPaths(directory: string, from: string, to: string): Promise<string[]> {
  const output = await git(directory, ['diff-tree', '-r', '--name-only', '--no-renames', '-z', from, to]);
  return output.split('\0').filter((path) => path !== '');
}

async function readRawEntries(directory: string, from: string, to: string): Promise<Map<string, FileDiff>> {
  const files = new Map<string, FileDiff>();
  const fields = (await git(directory, ['diff-tree', '-r', '-M', '--raw', '--numstat', '-z', from, to])).split('\0');
  for (let i = 0; i < fields.length; ) {
    const field = fields[i++] ?? '';
    const raw = /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ([ADMRCT])\d*$/.exec(field);
    if (raw) {
      const status = statuses[raw[2] ?? ''] ?? 'changed';
      const moved = status === 'renamed' || status === 'copied';
      const previousPath = moved ? (fields[i++] ?? null) : null;
      const path = fields[i++] ?? '';
      files.set(path, { sha: raw[1] ?? null, path, previousPath, status, additions: 0, deletions: 0, patch: null });
      continue;
    }
    const counts = /^(\d+|-)\t(\d+|-)\t([\s\S]*)$/.exec(field);
    if (!counts) continue;
    // With renames the path field is empty and the two names follow.
    const renamed = counts[3] === '';
    const path = (renamed ? fields[i + 1] : counts[3]) ?? '';
    if (renamed) i += 2;
    const file = files.get(path);
    if (file && counts[1] !== '-') {
      file.additions = Number(counts[1]);
      file.deletions = Number(counts[2]);
    }
  }
  return files;
}

const hunksOf = (fileDiff: string): string | null => {
  const start = fileDiff.search(/^@@ /m);
  return start < 0 ? null : fileDiff.slice(start).replace(/\n$/, '');
};

export async function diffFiles(directory: string, from: string, to: string): Promise<FileDiff[]> {
  const files = [...(await readRawEntries(directory, from, to)).values()];
  if (files.length === 0) return files;
  const args = [
    'diff-tree',
    '-r',
    '-p',
    '-M',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--full-index',
    from,
    to,
  ];
  const text = (await gitBytes(directory, args)).toString('utf8');
  // `diff-tree -p` prints the files in the order of `--raw`; a line of a file's content never starts with `diff --git`.
  const parts = text.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git '));
  let next = 0;
  for (const file of files) {
    const patch = hunksOf(parts[next++] ?? '');
    // A changed type (file to symbolic link) is printed as a removal and an addition.
    if (file.status === 'changed') next++;
    file.patch = patch !== null && patch.length <= largestPatchBytes ? patch : null;
  }
  return files;
}
