// Names of branches and tags ↔ what they point to.
import { git, gitOrNull } from './git.ts';

export interface Ref {
  /** In full: `refs/heads/main`. */
  name: string;
  sha: string;
  type: 'commit' | 'tag' | 'tree' | 'blob';
}

const refTypes: Record<string, Ref['type']> = { commit: 'commit', tag: 'tag', tree: 'tree', blob: 'blob' };

export async function listRefs(directory: string, ...prefixes: string[]): Promise<Ref[]> {
  const output = await git(directory, ['for-each-ref', '--format=%(objectname) %(objecttype) %(refname)', ...prefixes]);
  return output.split('\n').flatMap((line) => {
    const [sha, type, ...name] = line.split(' ');
    const known = refTypes[type ?? ''];
    return sha && known ? [{ sha, type: known, name: name.join(' ') }] : [];
  });
}

export async function findRef(directory: string, name: string): Promise<Ref | null> {
  return (await listRefs(directory, name)).find((ref) => ref.name === name) ?? null;
}

export async function isValidRefName(name: string): Promise<boolean> {
  if (!name.startsWith('refs/') || name.split('/').length < 3 || name.includes('\0')) return false;
  return (await gitOrNull('/', ['check-ref-format', name])) !== null;
}

export const absent = '0'.repeat(40);

/** Moves the ref only if it still points to `before` (`absent`: only if it is not there yet). */
export async function updateRef(directory: string, name: string, after: string, before: string): Promise<void> {
  await git(directory, ['update-ref', '--no-deref', name, after, before]);
}

export async function deleteRef(directory: string, name: string): Promise<void> {
  await git(directory, ['update-ref', '--no-deref', '-d', name]);
}

export const branchOf = (ref: string): string | undefined => /^refs\/heads\/(.+)$/.exec(ref)?.[1];
export const tagOf = (ref: string): string | undefined => /^refs\/tags\/(.+)$/.exec(ref)?.[1];
