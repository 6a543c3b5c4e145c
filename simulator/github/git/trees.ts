// Tree objects ↔ their entries, and changed entries over a base tree → a new tree.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, gitOrNull } from './git.ts';

export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export interface TreeEntry {
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** Null for trees and submodules. */
  sizeBytes: number | null;
  path: string;
}

const entryTypes: Record<string, TreeEntry['type']> = { blob: 'blob', tree: 'tree', commit: 'commit' };

function parseEntries(output: string): TreeEntry[] {
  return output
    .split('\0')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const match = /^(\d+) (\w+) ([0-9a-f]{40}) +(\d+|-)\t([\s\S]*)$/.exec(line);
      const type = entryTypes[match?.[2] ?? ''];
      if (!match?.[1] || !type || !match[3]) return [];
      return [
        {
          mode: match[1],
          type,
          sha: match[3],
          sizeBytes: match[4] === '-' ? null : Number(match[4]),
          path: match[5] ?? '',
        },
      ];
    });
}

/** Null when `treeish` is no tree. */
export async function listTree(directory: string, treeish: string, recursive = false): Promise<TreeEntry[] | null> {
  const args = ['ls-tree', '-z', '--long', '--full-tree', ...(recursive ? ['-r', '-t'] : []), treeish];
  const output = await gitOrNull(directory, args);
  return output === null ? null : parseEntries(output);
}

export async function findEntry(directory: string, treeish: string, path: string): Promise<TreeEntry | null> {
  const output = await gitOrNull(directory, [
    '--literal-pathspecs',
    'ls-tree',
    '-z',
    '--long',
    '--full-tree',
    treeish,
    '--',
    path,
  ]);
  return parseEntries(output ?? '').find((entry) => entry.path === path) ?? null;
}

export interface TreeChange {
  path: string;
  mode: string;
  /** Null takes the path out. */
  sha: string | null;
}

/** Why GitHub refuses a path in a tree; null when it takes it. */
export function pathProblem(path: string): string | null {
  if (path === '') return 'tree.path cannot be empty';
  if (path.startsWith('/')) return 'tree.path cannot start with a slash';
  const parts = path.split('/');
  const malformed = parts.some(
    (part) => ['', '.', '..'].includes(part) || part.toLowerCase() === '.git' || part.includes('\0'),
  );
  return malformed ? 'tree.path contains a malformed path component' : null;
}

/** The tree that `base` becomes with the changes; an index of its own keeps writers apart. */
export async function writeTree(
  directory: string,
  base: string | null,
  changes: readonly TreeChange[],
): Promise<string> {
  const index = join(tmpdir(), `simulator-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await git(directory, base ? ['read-tree', base] : ['read-tree', '--empty'], { env });
    const lines: string[] = [];
    for (const change of changes) {
      if (change.mode === '040000' && change.sha) {
        await git(directory, ['read-tree', `--prefix=${change.path}/`, change.sha], { env });
      } else {
        lines.push(
          change.sha ? `${change.mode} ${change.sha}\t${change.path}\0` : `0 ${'0'.repeat(40)}\t${change.path}\0`,
        );
      }
    }
    await git(directory, ['update-index', '--replace', '-z', '--index-info'], { env, input: lines.join('') });
    return await git(directory, ['write-tree'], { env });
  } finally {
    await rm(index, { force: true });
  }
}

export const writeBlob = (directory: string, content: string | Uint8Array): Promise<string> =>
  git(directory, ['hash-object', '-w', '--stdin'], { input: content });
