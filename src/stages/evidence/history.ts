// A failed run → its commit, and what changed on the branch since the same workflow was green.
import type { Changes, Trigger } from '../../incident/case-file.ts';
import { fullName, type Repository } from '../../incident/incident.ts';
import type { FileChange, GitHub, RunSummary } from '../../ports.ts';
import { changesOfOne, changesSince, nothingChanged } from './changes.ts';

type RunTrigger = Extract<Trigger, { kind: 'workflow-run' }>;

export interface History {
  commit: { sha: string; treeSha: string };
  green?: RunSummary;
  changes: Changes;
  /** Whole patches, for finding the lines of the failure in them. */
  files: FileChange[];
}

/** Two requests where there is a green run; undefined when the commit is gone. `spokenOf`: paths that the failure names. */
export async function history(
  trigger: RunTrigger,
  repository: Repository,
  spokenOf: readonly string[],
  github: Pick<GitHub, 'runsOf' | 'compare' | 'commit'>,
): Promise<History | undefined> {
  const green = await lastGreen(trigger, repository, github);
  if (green && green.headSha !== trigger.headSha) {
    const comparison = await github.compare(green.headSha, trigger.headSha);
    const commit = comparison?.head ?? (comparison && (await github.commit(trigger.headSha)));
    if (comparison && commit)
      return {
        commit: { sha: commit.sha, treeSha: commit.treeSha },
        green,
        changes: changesSince(green, comparison, spokenOf),
        files: comparison.files,
      };
  }
  const commit = await github.commit(trigger.headSha);
  if (!commit) return undefined;
  const isSame = green?.headSha === trigger.headSha;
  const commitUrl = `${trigger.url.split(`/${fullName(repository)}/`)[0]}/${fullName(repository)}/commit/${commit.sha}`;
  return {
    commit: { sha: commit.sha, treeSha: commit.treeSha },
    ...(green && isSame ? { green } : {}),
    changes: green && isSame ? nothingChanged(green) : changesOfOne(commit, commitUrl),
    files: isSame ? [] : commit.files,
  };
}

/** Of the same workflow and branch, then of the default branch; runs of the same event, for a fork's branch may be called alike. */
export async function lastGreen(
  trigger: RunTrigger,
  repository: Repository,
  github: Pick<GitHub, 'runsOf'>,
): Promise<RunSummary | undefined> {
  const event = trigger.event === '' ? {} : { event: trigger.event };
  for (const branch of new Set([trigger.headBranch, repository.defaultBranch])) {
    const runs = await github.runsOf(trigger.workflowPath, { branch, status: 'success', ...event });
    const green = runs.find((run) => run.id < trigger.runId && run.conclusion === 'success');
    if (green) return green;
  }
  return undefined;
}
