// The parts of GitHub's answers about commits and trees that are used → our own summaries; whatever else GitHub sends is ignored.
import { z } from 'zod';
import type { CommitSummary, Comparison, FileChange } from '../../ports.ts';
import { DateTime, Sha } from './schemas.ts';

export const Ref = z.looseObject({ object: z.looseObject({ sha: Sha }) }).transform((ref) => ref.object.sha);

const CommitFields = {
  sha: Sha,
  commit: z.looseObject({
    message: z.string(),
    tree: z.looseObject({ sha: Sha }),
    author: z.looseObject({ name: z.string().optional(), date: DateTime.optional() }).nullable(),
  }),
  author: z.looseObject({ login: z.string().optional() }).nullish(),
  parents: z.array(z.looseObject({ sha: Sha })),
};
const CommitHead = z.looseObject({ ...CommitFields, html_url: z.string() });

const CommitRead = z.object(CommitFields);

const headOf = (commit: z.output<typeof CommitRead>): Omit<CommitSummary, 'files'> => ({
  sha: commit.sha,
  treeSha: commit.commit.tree.sha,
  parents: commit.parents.map(({ sha }) => sha),
  message: commit.commit.message,
  author: commit.author?.login ?? commit.commit.author?.name ?? 'ghost',
});

const ChangedFile = z
  .looseObject({
    filename: z.string(),
    previous_filename: z.string().optional(),
    status: z.string(),
    patch: z.string().optional(),
  })
  .transform(
    (file): FileChange => ({
      path: file.filename,
      ...(file.previous_filename === undefined ? {} : { previousPath: file.previous_filename }),
      status: file.status,
      patch: file.patch ?? '',
    }),
  );

const maxPatchCharacters = 1_000_000;

/** More patch than anybody reads is left out, file by file. */
function bounded(files: readonly FileChange[]): FileChange[] {
  let leftCharacters = maxPatchCharacters;
  return files.map((file) => {
    if (file.patch.length > leftCharacters) return { ...file, patch: '' };
    leftCharacters -= file.patch.length;
    return file;
  });
}

export const Commit = z
  .looseObject({ ...CommitFields, files: z.array(ChangedFile).optional() })
  .transform((commit): CommitSummary => ({ ...headOf(commit), files: bounded(commit.files ?? []) }));

/** GitHub tells no more files than these, and does not say that it left some out. */
const mostComparedFiles = 300;

export const Compared = z
  .looseObject({
    status: z.enum(['ahead', 'behind', 'diverged', 'identical']),
    html_url: z.string(),
    base_commit: CommitHead,
    total_commits: z.number().int(),
    commits: z.array(CommitHead),
    files: z.array(ChangedFile).optional(),
  })
  .transform((found) => {
    const commits = found.commits.map((commit) => ({
      ...headOf(commit),
      url: commit.html_url,
      authoredAt: commit.commit.author?.date ?? null,
    }));
    const files = found.files ?? [];
    const comparison: Comparison = {
      status: found.status,
      url: found.html_url,
      commits,
      files: bounded(files),
      truncated: found.total_commits > commits.length || files.length >= mostComparedFiles,
    };
    return { comparison, base: headOf(found.base_commit) };
  });

export const NewObject = z.looseObject({ sha: Sha });
export const NewGitCommit = z
  .looseObject({ sha: Sha, tree: z.looseObject({ sha: Sha }) })
  .transform((commit) => ({ sha: commit.sha, treeSha: commit.tree.sha }));

export const Tree = z.looseObject({
  sha: Sha.optional(),
  truncated: z.boolean(),
  tree: z.array(z.looseObject({ path: z.string(), mode: z.string(), size: z.number().optional() })),
});
