// The git side of one repository: commits, trees and texts are read, commits are written; refs are refs.ts's.
import type { RequestError } from '@octokit/request-error';
import type { CommitSummary, GitHub, NewCommit, TreeEntry } from '../../ports.ts';
import { answer, answerUnless, isGone } from './answer.ts';
import { at, type Connection } from './connection.ts';
import { files } from './graphql-files.ts';
import { branchHead, deleteBranch, setBranch, setTag } from './refs.ts';
import { Commit, NewGitCommit, NewObject, Tree } from './schemas.ts';

type GitData = Pick<
  GitHub,
  'commit' | 'tree' | 'files' | 'branchHead' | 'createCommit' | 'setBranch' | 'deleteBranch' | 'setTag'
>;

const maxPatchCharacters = 1_000_000;
const directoryMode = '040000';

export function gitData(connection: Connection): GitData {
  return {
    commit: (ref) => commit(connection, ref),
    tree: (treeSha) => tree(connection, treeSha),
    files: (commitSha, paths, maxBytes) => files(connection, commitSha, paths, maxBytes),
    createCommit: (newCommit) => createCommit(connection, newCommit),
    branchHead: (branch) => branchHead(connection, branch),
    setBranch: (branch, sha, guard) => setBranch(connection, branch, sha, guard),
    deleteBranch: (branch) => deleteBranch(connection, branch),
    setTag: (tag, sha) => setTag(connection, tag, sha),
  };
}

/** 422 is `No commit found for SHA`, 409 an empty repository. */
const isNoCommit = (refusal: RequestError) => isGone(refusal) || refusal.status === 422 || refusal.status === 409;

async function commit(connection: Connection, ref: string): Promise<CommitSummary | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/commits/{ref}', { ...at(connection), ref });
  const found = await answerUnless(isNoCommit, Commit, request);
  if (found === undefined) return undefined;
  let leftCharacters = maxPatchCharacters;
  const bounded = found.files.map((file) => {
    if (file.patch.length > leftCharacters) return { ...file, patch: '' };
    leftCharacters -= file.patch.length;
    return file;
  });
  return { ...found, files: bounded };
}

async function tree(connection: Connection, treeSha: string): Promise<{ entries: TreeEntry[]; truncated: boolean }> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    ...at(connection),
    tree_sha: treeSha,
    recursive: 'true',
  });
  const found = await answer(Tree, request);
  const entries = found.tree.filter(({ mode }) => mode !== directoryMode);
  return {
    entries: entries.map(({ path, mode, size }) => ({ path, mode, sizeBytes: size ?? 0 })),
    truncated: found.truncated,
  };
}

/** Author and committer are left to GitHub: then it is the App's own account, and GitHub signs. */
async function createCommit(connection: Connection, newCommit: NewCommit): Promise<{ sha: string; treeSha: string }> {
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/git/commits', {
    ...at(connection),
    message: newCommit.message,
    tree: await treeShaOf(connection, newCommit.tree),
    parents: [newCommit.parentSha],
  });
  return answer(NewGitCommit, request);
}

async function treeShaOf(connection: Connection, wanted: NewCommit['tree']): Promise<string> {
  if ('sha' in wanted) return wanted.sha;
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/git/trees', {
    ...at(connection),
    base_tree: wanted.baseSha,
    tree: wanted.files.map(({ path, mode, text }) => ({
      path,
      mode,
      type: 'blob' as const,
      ...(text === null ? { sha: null } : { content: text }),
    })),
  });
  return (await answer(NewObject, request)).sha;
}
