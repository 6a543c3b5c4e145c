// Commits and what differs between them → GitHub's JSON.

import { type Commit, readCommit, type Signature } from '../git/commits.ts';
import { diffFiles, type FileDiff } from '../git/diffs.ts';
import { emptyTree } from '../git/trees.ts';
import type { GitHub } from '../github.ts';
import type { CommitComment } from '../issue.ts';
import type { Repository } from '../repository.ts';
import { type Json, nodeId, simpleUser } from './account.ts';
import { repositoryHtmlUrl, repositoryUrl } from './repository.ts';

/** `/` stays, everything else that a URL may not hold is escaped. */
export const urlPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

const unverified = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

export function gitCommit(github: GitHub, repository: Repository, commit: Commit): Json {
  const url = repositoryUrl(github, repository);
  const html = repositoryHtmlUrl(github, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('C', `${repository.id}:${commit.sha}`),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification: unverified,
  };
}

const accountOf = (github: GitHub, signature: Signature): Json | null => {
  const account = github.accounts.findByEmail(signature.email);
  return account ? simpleUser(github, account) : null;
};

/** A commit as the commit endpoints list it, with the accounts behind its signatures. */
export function commitShape(github: GitHub, repository: Repository, commit: Commit): Json {
  const url = repositoryUrl(github, repository);
  const html = repositoryHtmlUrl(github, repository);
  return {
    sha: commit.sha,
    node_id: nodeId('C', `${repository.id}:${commit.sha}`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: repository.commitComments.filter((comment) => comment.sha === commit.sha).length,
      verification: unverified,
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: accountOf(github, commit.author),
    committer: accountOf(github, commit.committer),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
}

export function diffEntry(github: GitHub, repository: Repository, sha: string, file: FileDiff): Json {
  const html = repositoryHtmlUrl(github, repository);
  const path = urlPath(file.path);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${sha}/${path}`,
    raw_url: `${html}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(github, repository)}/contents/${path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}

/** What a commit changes against its first parent. */
export const commitFiles = (repository: Repository, commit: Commit): Promise<FileDiff[]> =>
  diffFiles(repository.gitDirectory, commit.parents[0] ?? emptyTree, commit.sha);

/** A commit as webhooks carry it. */
export function webhookCommit(commit: Commit): Json {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.author.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

export async function pushedCommit(github: GitHub, repository: Repository, sha: string): Promise<Json> {
  const commit = await readCommit(repository.objects, sha);
  if (!commit) throw new Error(`${sha} is no commit of ${repository.fullName}`);
  const files = await commitFiles(repository, commit);
  const paths = (...statuses: FileDiff['status'][]) =>
    files.filter((f) => statuses.includes(f.status)).map((f) => f.path);
  const signature = ({ name, email }: Signature) => {
    const username = github.accounts.findByEmail(email)?.login;
    return { name, email, ...(username ? { username } : {}) };
  };
  return {
    ...webhookCommit(commit),
    distinct: true,
    url: `${repositoryHtmlUrl(github, repository)}/commit/${sha}`,
    author: signature(commit.author),
    committer: signature(commit.committer),
    added: paths('added', 'copied', 'renamed'),
    removed: [...paths('removed'), ...files.flatMap((file) => (file.status === 'renamed' ? [file.previousPath] : []))],
    modified: paths('modified', 'changed'),
  };
}

export function commitCommentShape(github: GitHub, repository: Repository, comment: CommitComment): Json {
  return {
    url: `${repositoryUrl(github, repository)}/comments/${comment.id}`,
    html_url: `${repositoryHtmlUrl(github, repository)}/commit/${comment.sha}#commitcomment-${comment.id}`,
    id: comment.id,
    node_id: nodeId('CC', comment.id),
    user: simpleUser(github, comment.author),
    position: comment.position,
    line: comment.line,
    path: comment.path,
    commit_id: comment.sha,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(github, repository, comment.author.login),
    body: comment.body,
  };
}

export function authorAssociation(github: GitHub, repository: Repository, login: string): string {
  const account = github.accounts.find(login);
  if (!account || account.type === 'Bot') return 'NONE';
  if (account === repository.owner) return 'OWNER';
  return ['write', 'admin', 'triage'].includes(github.roleOf(account, repository)) ? 'COLLABORATOR' : 'NONE';
}
