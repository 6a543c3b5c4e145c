// The git side of one repository: commits, trees and texts are read, commits are written; refs are refs.ts's.
import type { RequestError } from '@octokit/request-error';
import type { CommitSummary, Comparison, GitHub, NewCommit } from '../../ports.ts';
import { answer, answerUnless, isGone } from './answer.ts';
import { at, type Connection } from './connection.ts';
import { versions } from './file-history.ts';
import { Commit, Compared, NewGitCommit, NewObject, Tree } from './git-schemas.ts';
import { filesOf } from './graphql-files.ts';
import { branchHead, deleteBranch, setBranch, setTag } from './refs.ts';
import { wholeFile } from './whole-file.ts';

type GitData = Pick<
  GitHub,
  | 'commit'
  | 'compare'
  | 'tree'
  | 'files'
  | 'filesOf'
  | 'file'
  | 'versions'
  | 'branchHead'
  | 'createCommit'
  | 'setBranch'
  | 'deleteBranch'
  | 'setTag'
>;

const directoryMode = '040000';

export function gitData(connection: Connection): GitData {
  return {
    commit: (ref) => commit(connection, ref),
    compare: (baseSha, headSha) => compare(connection, baseSha, headSha),
    tree: (treeSha) => tree(connection, treeSha),
    files: async (commitSha, paths, maxBytes) => (await filesOf(connection, commitSha, paths, maxBytes)).texts,
    filesOf: (sha, paths, maxBytes) => filesOf(connection, sha, paths, maxBytes),
    file: (path, ref) => wholeFile(connection, path, ref),
    versions: (path, from, most) => versions(connection, path, from, most),
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
  return answerUnless(isNoCommit, Commit, request);
}

/** The first page: 250 commits, 300 files. */
async function compare(connection: Connection, baseSha: string, headSha: string): Promise<Comparison | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
    ...at(connection),
    basehead: `${baseSha}...${headSha}`,
  });
  const found = await answerUnless(isNoCommit, Compared, request);
  if (found === undefined) return undefined;
  const head = [...found.comparison.commits, found.base].find(({ sha }) => sha === headSha);
  return { ...found.comparison, ...(head ? { head: { sha: head.sha, treeSha: head.treeSha } } : {}) };
}

async function tree(connection: Connection, treeSha: string): Promise<Awaited<ReturnType<GitHub['tree']>>> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    ...at(connection),
    tree_sha: treeSha,
    recursive: 'true',
  });
  const found = await answer(Tree, request);
  const entries = found.tree.filter(({ mode }) => mode !== directoryMode);
  return {
    ...(found.sha === undefined ? {} : { sha: found.sha }),
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
