// A commit that may be the one to take back → its files at the base, at the commit and at its parent; or why that is not possible.
import type { Evidence } from '../../incident/evidence.ts';
import type { CommitSummary, GitHub } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';

export type Inverse = NonNullable<Evidence['inverse']>;
type Reader = Pick<GitHub, 'commit' | 'files' | 'tree'>;

export const inverseLimits = { files: 20, bytesPerFile: 100_000, charactersInAll: 400_000 } as const;
const longestSubject = 200;

/** The commit that is asked for, in the words of the diagnosis. */
export const commitIn = (wanted: readonly string[]): string | undefined =>
  wanted.flatMap((one) => /^revert:([0-9a-f]{40})$/.exec(one)?.[1] ?? [])[0];

/** Three requests for a commit that is the base; one more for a later base, and one where a mode is not known. */
export async function inverseOf(
  sha: string,
  evidence: Evidence,
  github: Reader,
): Promise<{ inverse: Inverse; commit?: CommitSummary }> {
  const commit = await github.commit(sha);
  if (!commit) return { inverse: { sha, subject: '', files: [], impossible: 'GitHub does not know the commit' } };
  const subject = await redact(withoutInvisible(commit.message.split('\n')[0] ?? '').slice(0, longestSubject));
  const impossible = unfit(commit, evidence);
  const files = impossible ?? (await filesOf(commit, evidence, github));
  const told = typeof files === 'string' ? { files: [], impossible: files } : { files };
  return { inverse: { sha, subject, ...told }, commit };
}

const plainStatuses = new Set(['added', 'modified', 'removed']);

function unfit({ parents, files }: CommitSummary, { irregularPaths }: Evidence): string | undefined {
  if (parents.length > 1) return 'it is a merge';
  if (parents.length === 0) return 'it is the first commit';
  if (files.length === 0) return 'it changes no file';
  if (files.length > inverseLimits.files)
    return `it changes ${files.length} files, ${inverseLimits.files} are the most that are taken back`;
  const moved = files.find(({ status }) => !plainStatuses.has(status));
  if (moved) return `what it does to ${moved.path} is no change of text (${moved.status})`;
  const irregular = files.find(({ path }) => irregularPaths.includes(path));
  return irregular ? `${irregular.path} is a link or a submodule` : undefined;
}

type File = Inverse['files'][number];

async function filesOf(commit: CommitSummary, evidence: Evidence, github: Reader): Promise<File[] | string> {
  const texts = await textsOf(commit, evidence, github);
  const modes = await modesOf(commit, evidence, github);
  const files: File[] = [];
  for (const { path, status } of commit.files) {
    const [base, after, before] = texts.map((at) => at.get(path));
    const file = { path, base: base ?? null, commit: after ?? null, parent: before ?? null };
    if (!isText(file, status, evidence)) return `${path} is binary or too large`;
    if (status === 'modified' && after === before) return `it changes only the mode of ${path}`;
    // Nowhere: the commit wrote it, and it is gone since.
    const mode = modes.get(path) ?? (base === undefined && status !== 'removed' ? '100644' : undefined);
    if (mode !== '100644' && mode !== '100755') return `${path} is a link or a submodule`;
    files.push({ ...file, mode });
  }
  const size = files
    .flatMap(({ base, commit, parent }) => [base, commit, parent])
    .reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return size > inverseLimits.charactersInAll ? 'its files are too large' : files;
}

type Texts = ReadonlyMap<string, string>;

/** At the base, at the commit, and before it. The base's are known of what was read for the model. */
async function textsOf(commit: CommitSummary, { baseSha, sources }: Evidence, github: Reader): Promise<Texts[]> {
  const read = async (at: string | undefined, paths: readonly string[]): Promise<Texts> =>
    at === undefined || paths.length === 0 ? new Map() : github.files(at, paths, inverseLimits.bytesPerFile);
  const but = (status: string) => commit.files.filter((file) => file.status !== status).map(({ path }) => path);
  const known = new Map(sources.map(({ path, text }) => [path, text]));
  const unknown = commit.files.map(({ path }) => path).filter((path) => !known.has(path));
  const [after, before, now] = await Promise.all([
    read(commit.sha, but('removed')),
    read(commit.parents[0], but('added')),
    commit.sha === baseSha ? undefined : read(baseSha, unknown),
  ]);
  return [now ? new Map([...known, ...now]) : after, after, before];
}

/** What should be there is there, and came through as it is: other bytes than UTF-8 do not. */
function isText(file: Omit<File, 'mode'>, status: string, { paths, treeTruncated }: Evidence): boolean {
  const { path, base, commit, parent } = file;
  if (commit === null && status !== 'removed') return false;
  if (parent === null && status !== 'added') return false;
  if (base === null && (treeTruncated || paths.includes(path))) return false;
  return [base, commit, parent].every((text) => !text?.includes('\ufffd'));
}

/** A tree is asked for only where a mode is not known: at the base, and of what is to be put back. */
async function modesOf(commit: CommitSummary, evidence: Evidence, github: Reader): Promise<Map<string, string>> {
  const { sources, paths, baseTreeSha } = evidence;
  const modes = new Map<string, string>(sources.map(({ path, mode }) => [path, mode]));
  const note = async (at: string): Promise<void> => {
    for (const { path, mode } of (await github.tree(at)).entries) if (!modes.has(path)) modes.set(path, mode);
  };
  const isUnknown = ({ path }: { path: string }) => !modes.has(path);
  if (commit.files.some((file) => isUnknown(file) && paths.includes(file.path))) await note(baseTreeSha);
  const [parent] = commit.parents;
  const lost = commit.files.filter(({ status }) => status === 'removed').filter(isUnknown);
  if (parent !== undefined && lost.length > 0) await note(parent);
  return modes;
}
