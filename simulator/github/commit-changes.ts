// Files that a person changes on a branch → a commit there, and everything that follows from the push.
import type { Signature } from './git/commits.ts';
import { writeCommit } from './git/commits.ts';
import { absent, findRef } from './git/refs.ts';
import { findEntry, type TreeChange, writeBlob, writeTree } from './git/trees.ts';
import type { GitHub } from './github.ts';
import type { Cause } from './pull-changes.ts';
import { moveRef } from './ref-change.ts';
import type { Repository } from './repository.ts';

export interface FileChanges {
  branch: string;
  /** Null takes a file out. */
  files: ReadonlyMap<string, string | Uint8Array | null>;
  message: string;
  author: Signature;
  committer: Signature;
}

/** A branch that is not there yet starts from the default branch. Answers the commit's SHA. */
export function commitChanges(
  github: GitHub,
  repository: Repository,
  change: FileChanges,
  cause: Cause,
): Promise<string> {
  return repository.exclusively(async () => {
    const directory = repository.gitDirectory;
    const ref = `refs/heads/${change.branch}`;
    const present = await findRef(directory, ref);
    const parent = present?.sha ?? (await findRef(directory, repository.defaultRef))?.sha ?? null;
    const changes: TreeChange[] = [];
    for (const [path, content] of change.files) {
      const mode = (parent && (await findEntry(directory, parent, path))?.mode) || '100644';
      changes.push({ path, mode, sha: content === null ? null : await writeBlob(directory, content) });
    }
    const tree = await writeTree(directory, parent, changes);
    const { message, author, committer } = change;
    const after = await writeCommit(directory, { tree, parents: parent ? [parent] : [], author, committer, message });
    await moveRef(github, { repository, ref, before: present?.sha ?? absent, after, ...cause });
    return after;
  });
}
