// What lies between the last green run and the failing commit → the changes worth showing, within a budget, and whose they are.
import type { Change, Changes } from '../../incident/case-file.ts';
import type { CommitSummary, Comparison, FileChange, RunSummary } from '../../ports.ts';
import { dependencyChanges } from './dependencies.ts';

const patchLimit = 6_000;
const fileLimit = 20;
const commitLimit = 50;

export const clippedChanges = (files: readonly FileChange[]): Change[] =>
  files.slice(0, fileLimit).map(({ path, status, patch }) => ({
    path,
    status,
    patch:
      patch.length <= patchLimit
        ? patch
        : `${patch.slice(0, patchLimit).toWellFormed()}\n… (${patch.length - patchLimit} more characters)`,
  }));

/** Those that the failure speaks of come first, for only some are kept. */
export function changesSince(
  green: RunSummary,
  comparison: Comparison,
  spokenOf: readonly string[],
  commitFiles: ReadonlyMap<string, readonly string[]> = new Map(),
): Changes {
  const first = new Set(spokenOf);
  const files = comparison.files.toSorted((one, other) => Number(first.has(other.path)) - Number(first.has(one.path)));
  const breaking = breakingCommit(comparison, green.headSha, spokenOf, commitFiles);
  return {
    since: { runId: green.id, url: green.url, sha: green.headSha },
    commits: comparison.commits.slice(-commitLimit).map(commitLine),
    files: clippedChanges(files),
    ...(breaking ? { breaking } : {}),
    dependencies: dependencyChanges(comparison.files),
    nothingChanged: comparison.status === 'identical',
    truncated: comparison.truncated || comparison.commits.length > commitLimit || files.length > fileLimit,
  };
}

/** The workflow was green on the very commit on which it failed. */
export const nothingChanged = (green: RunSummary): Changes => ({
  since: { runId: green.id, url: green.url, sha: green.headSha },
  ...{ commits: [], files: [], dependencies: [], nothingChanged: true, truncated: false },
});

/** Without a green run in reach: what the failing commit did itself. */
export const changesOfOne = (commit: CommitSummary, commitUrl: string): Changes => ({
  commits: [commitLine({ ...commit, url: commitUrl })],
  files: clippedChanges(commit.files),
  dependencies: dependencyChanges(commit.files),
  nothingChanged: false,
  truncated: commit.files.length > fileLimit,
});

const commitLine = (commit: Pick<Comparison['commits'][number], 'sha' | 'message' | 'author' | 'url'>) => ({
  sha: commit.sha,
  subject: (commit.message.split('\n')[0] ?? '').slice(0, 200).toWellFormed(),
  author: commit.author,
  url: commit.url,
});

/** Named only where nothing else can have done it. */
function breakingCommit(
  { commits, truncated }: Comparison,
  greenSha: string,
  spokenOf: readonly string[],
  commitFiles: ReadonlyMap<string, readonly string[]>,
): Changes['breaking'] {
  if (truncated) return undefined;
  const last = commits.at(-1);
  const own = commits.filter(({ parents }) => parents.length < 2);
  const [only] = own;
  if (only && own.length === 1) return { sha: only.sha, why: 'the only commit since the last green run' };
  if (last && last.parents.length > 1 && last.parents[0] === greenSha)
    return { sha: last.sha, why: 'this merge is all that happened since the last green run' };
  // Only where of every commit it is known what it touched.
  if (own.length === 0 || own.some(({ sha }) => !commitFiles.has(sha))) return undefined;
  const touching = own.filter(({ sha }) => commitFiles.get(sha)?.some((path) => spokenOf.includes(path)));
  const [one] = touching;
  return one && touching.length === 1
    ? { sha: one.sha, why: 'the only commit since the last green run that touches a file of the failure' }
    : undefined;
}

/** Lines of the file as it is after the change. */
export interface ChangedLines {
  /** Added or changed, or where something was taken out. */
  exact: ReadonlySet<number>;
  /** First and last line of each hunk, with its context. */
  hunks: readonly { from: number; to: number }[];
}

export function changedLines(patch: string): ChangedLines {
  const exact = new Set<number>();
  const hunks: { from: number; to: number }[] = [];
  let line = 0;
  for (const text of patch.split('\n').slice(0, 20_000)) {
    const header = /^@@ -\d{1,9}(?:,\d{1,9})? \+(\d{1,9})(?:,(\d{1,9}))? @@/.exec(text);
    if (header) {
      line = Number(header[1]);
      hunks.push({ from: line, to: line + Math.max(0, Number(header[2] ?? 1) - 1) });
    } else if (text.startsWith('+')) {
      exact.add(line);
      line += 1;
    } else if (text.startsWith('-')) exact.add(line);
    else if (!text.startsWith('\\')) line += 1;
  }
  return { exact, hunks };
}
