// Two branches → what merging, squashing or rebasing one onto the other gives.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAncestor, mergeBase, type Signature, writeCommit } from './commits.ts';
import { GitError, git, runGit } from './git.ts';
import { emptyTree } from './trees.ts';

/** The tree of a merge; null when there are conflicts. */
export async function mergedTree(directory: string, base: string, head: string): Promise<string | null> {
  const { stdout, exitCode } = await runGit(directory, ['merge-tree', '--write-tree', base, head], {
    expectedExitCodes: [1],
  });
  return exitCode === 0 ? (stdout.toString('utf8').split('\n')[0] ?? null) : null;
}

/** What a pull request is compared with: the point where its branch left the base. A merged one keeps the base it had. */
export async function pullBase(directory: string, pull: { baseSha: string; headSha: string }): Promise<string> {
  return (await mergeBase(directory, pull.baseSha, pull.headSha)) ?? emptyTree;
}

export interface MergeRequest {
  method: 'merge' | 'squash' | 'rebase';
  base: string;
  head: string;
  message: string;
  author: Signature;
  committer: Signature;
}

async function rebase(directory: string, request: MergeRequest): Promise<string | null> {
  if (await isAncestor(directory, request.base, request.head)) return request.head;
  const workTree = join(tmpdir(), `simulator-rebase-${randomUUID()}`);
  const env = { GIT_COMMITTER_NAME: request.committer.name, GIT_COMMITTER_EMAIL: request.committer.email };
  await git(directory, ['worktree', 'add', '--quiet', '--detach', workTree, request.head]);
  try {
    await git(workTree, ['rebase', '--quiet', request.base], { env });
    return await git(workTree, ['rev-parse', 'HEAD']);
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return null;
    throw error;
  } finally {
    await rm(workTree, { recursive: true, force: true });
    await git(directory, ['worktree', 'prune']);
  }
}

/** The commit that the base branch moves to; null when there are conflicts. */
export async function mergeCommit(directory: string, request: MergeRequest): Promise<string | null> {
  if (request.method === 'rebase') return await rebase(directory, request);
  const tree = await mergedTree(directory, request.base, request.head);
  if (tree === null) return null;
  const parents = request.method === 'squash' ? [request.base] : [request.base, request.head];
  return await writeCommit(directory, { ...request, tree, parents });
}
