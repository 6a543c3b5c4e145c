// Revisions of a repository → commits, parsed from git's own object format.
import { git, gitOrNull } from './git.ts';
import type { ObjectReader } from './object-reader.ts';

export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 in UTC, seconds. */
  date: string;
}

export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}

export const isSha = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);

function parseSignature(line: string): Signature {
  const match = /^(.*?) ?<([^>]*)> (-?\d+)/.exec(line);
  const date = new Date(Number(match?.[3] ?? 0) * 1000).toISOString().replace('.000Z', 'Z');
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', date };
}

export function parseCommit(sha: string, content: Buffer): Commit {
  const text = content.toString('utf8');
  const headerEnd = text.indexOf('\n\n');
  const headers = text.slice(0, headerEnd < 0 ? text.length : headerEnd).split('\n');
  const of = (name: string) =>
    headers.filter((line) => line.startsWith(`${name} `)).map((l) => l.slice(name.length + 1));
  return {
    sha,
    tree: of('tree')[0] ?? '',
    parents: of('parent'),
    author: parseSignature(of('author')[0] ?? ''),
    committer: parseSignature(of('committer')[0] ?? ''),
    message: headerEnd < 0 ? '' : text.slice(headerEnd + 2).replace(/\n+$/, ''),
  };
}

/** The commit of this SHA; null when it is no commit of the repository. */
export async function readCommit(objects: ObjectReader, sha: string): Promise<Commit | null> {
  const object = await objects.read(`${sha}^{commit}`);
  return object ? parseCommit(object.sha, object.content) : null;
}

/** A branch, tag, full ref or (short) SHA, in GitHub's order → the commit's SHA. Git's own revision operators are refused. */
export async function resolveRevision(objects: ObjectReader, revision: string): Promise<string | null> {
  if (!/^[^\s~^:?*[\\]+$/.test(revision) || revision.includes('..') || revision.includes('@{')) return null;
  const candidates = revision.startsWith('refs/') ? [revision] : [`refs/heads/${revision}`, `refs/tags/${revision}`];
  if (/^(heads|tags)\//.test(revision)) candidates.push(`refs/${revision}`);
  if (/^[0-9a-f]{7,40}$/.test(revision)) candidates.unshift(revision);
  if (revision === 'HEAD') candidates.unshift('HEAD');
  for (const candidate of candidates) {
    const object = await objects.read(`${candidate}^{commit}`);
    if (object?.type === 'commit') return object.sha;
  }
  return null;
}

export interface LogFilter {
  path?: string;
  since?: string;
  until?: string;
  author?: string;
  limit?: number;
}

/** SHAs of the commits reachable from `include` and not from `exclude`, newest first. */
export async function listCommits(
  directory: string,
  include: string,
  exclude: string | null = null,
  filter: LogFilter = {},
): Promise<string[]> {
  const args = ['rev-list', include];
  if (exclude) args.push(`^${exclude}`);
  if (filter.since) args.push(`--since=${filter.since}`);
  if (filter.until) args.push(`--until=${filter.until}`);
  if (filter.author) args.push('--fixed-strings', `--author=${filter.author}`);
  if (filter.limit) args.push(`--max-count=${filter.limit}`);
  const output = await git(directory, filter.path ? [...args, '--', filter.path] : [...args, '--']);
  return output === '' ? [] : output.split('\n');
}

export const mergeBase = (directory: string, a: string, b: string): Promise<string | null> =>
  gitOrNull(directory, ['merge-base', a, b]);

export async function isAncestor(directory: string, ancestor: string, descendant: string): Promise<boolean> {
  return (await gitOrNull(directory, ['merge-base', '--is-ancestor', ancestor, descendant])) !== null;
}

const signatureLine = (signature: Signature): string => {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim();
  return `${clean(signature.name)} <${clean(signature.email)}> ${Math.floor(Date.parse(signature.date) / 1000)} +0000`;
};

/** Writes a commit object; the message is kept byte for byte. */
export function writeCommit(directory: string, commit: Omit<Commit, 'sha'>): Promise<string> {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(commit.author)}`,
    `committer ${signatureLine(commit.committer)}`,
  ];
  return git(directory, ['hash-object', '-t', 'commit', '-w', '--stdin'], {
    input: `${lines.join('\n')}\n\n${commit.message}`,
  });
}
