// The failing commit's files → the changes worth showing, within a budget.
import type { Change } from '../../incident/case-file.ts';
import type { CommitSummary } from '../../ports.ts';

const patchLimit = 6_000;
const fileLimit = 20;

export function changesOf(commit: CommitSummary): Change[] {
  return commit.files.slice(0, fileLimit).map(({ path, status, patch }) => ({
    path,
    status,
    patch:
      patch.length <= patchLimit
        ? patch
        : `${patch.slice(0, patchLimit)}\n… (${patch.length - patchLimit} more characters)`,
  }));
}
