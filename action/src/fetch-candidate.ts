// A candidate's SHA on the server → its changed files as bytes in memory and the ids of its trees; nothing of it is checked out or run.
import { mkdir } from 'node:fs/promises';
import { ActionError } from './action-error.ts';
import { type Change, candidateChanges, checkTold } from './candidate-changes.ts';
import { type GitConfig, git } from './git.ts';
import { type TreeIds, treeIds } from './tree-ids.ts';

export interface CandidateFile {
  readonly path: string;
  /** Null: the candidate takes this file away. */
  readonly content: Buffer | null;
  readonly executable: boolean;
}

export interface Candidate {
  readonly files: readonly CandidateFile[];
  readonly trees: TreeIds;
}

export interface Fetch {
  readonly base: string;
  readonly candidate: string;
  /** For example https://github.com/owner/name */
  readonly repositoryUrl: string;
  readonly token: string;
  /** All paths that it may change; none: any. */
  readonly told: readonly string[];
  /** Those of them that are tests. */
  readonly tests: readonly string[];
  /** A folder that does not exist yet, outside of every folder that a sandbox shows. */
  readonly gitFolder: string;
}

const MOST_BYTES = 5 * 1024 * 1024;

export async function fetchCandidate(fetch: Fetch): Promise<Candidate> {
  await mkdir(fetch.gitFolder, { recursive: true });
  // An empty template: the machine's own could bring hooks along.
  await git(fetch.gitFolder, ['init', '--bare', '--quiet', '--template=', '.']);
  const args = ['fetch', '--quiet', '--depth=2', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];
  try {
    await git(fetch.gitFolder, [...args, fetch.repositoryUrl, fetch.candidate], {
      config: authorization(fetch),
      timeoutMs: 300_000,
    });
  } catch (cause) {
    throw new ActionError(
      `The candidate ${fetch.candidate} could not be fetched from ${fetch.repositoryUrl} (${messageOf(cause)}). ` +
        'Is its branch still there, and does the workflow have `permissions: contents: read`?',
      { cause },
    );
  }
  await checkParent(fetch);
  const flags = ['-r', '--raw', '-z', '--no-renames', '--no-abbrev'];
  const diff = await git(fetch.gitFolder, ['diff-tree', ...flags, fetch.base, fetch.candidate]);
  const files: CandidateFile[] = [];
  const changes = candidateChanges(diff);
  checkTold(changes, fetch.told);
  for (const change of changes) files.push(await read(fetch.gitFolder, change));
  const tests = changes.filter(({ path }) => fetch.tests.includes(path));
  return { files, trees: await treeIds(fetch.gitFolder, fetch, tests) };
}

function authorization({ token, repositoryUrl }: Fetch): GitConfig {
  if (token === '') return [];
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  return [[`http.${repositoryUrl}.extraHeader`, `AUTHORIZATION: basic ${credentials}`]];
}

async function checkParent({ gitFolder, base, candidate }: Fetch): Promise<void> {
  const line = await git(gitFolder, ['rev-list', '--parents', '--max-count=1', candidate]);
  const [, ...parents] = line.toString('utf8').trim().split(' ');
  if (parents.length === 1 && parents[0] === base) return;
  const found = parents.length === 0 ? 'no parent' : `parent ${parents.join(' and ')}`;
  throw new ActionError(
    `The candidate ${candidate} is refused: it has ${found}, but must be one commit on top of base ${base}.`,
  );
}

async function read(gitFolder: string, { path, blob, executable }: Change): Promise<CandidateFile> {
  if (blob === null) return { path, content: null, executable };
  try {
    return { path, content: await git(gitFolder, ['cat-file', 'blob', blob], { maxBytes: MOST_BYTES }), executable };
  } catch (cause) {
    const limit = `${MOST_BYTES / 1024 / 1024} MB`;
    throw new ActionError(
      `The candidate's file ${JSON.stringify(path)} could not be read (limit ${limit}): ${messageOf(cause)}.`,
      { cause },
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
