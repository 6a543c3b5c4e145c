// A pull request that is to merge by itself → merged, as soon as the rules of its branch are met, in the name of whoever enabled it.
import type { Account } from './accounts.ts';
import { unprocessable } from './errors.ts';
import type { GitHub } from './github.ts';
import { isPull, type PullIssue } from './issue.ts';
import { type MergeWishes, mergePull, messageOf } from './merge-pull.ts';
import { unmet } from './protection.ts';
import { type Cause, publishPull } from './pull-changes.ts';
import type { Repository } from './repository.ts';
import { mergeState } from './shapes/pull.ts';

export interface AutoMergeRequest {
  enabledBy: Account;
  byActions: boolean;
  enabledAt: string;
  method: MergeWishes['method'];
  title: string;
  message: string;
}

interface Wish extends MergeWishes {
  expectedHeadSha?: string;
}

export async function enableAutoMerge(
  github: GitHub,
  repository: Repository,
  issue: PullIssue,
  wish: Wish,
  cause: Cause,
): Promise<void> {
  const { pull } = issue;
  const { expectedHeadSha, ...wishes } = wish;
  if (!repository.allowsAutoMerge) throw unprocessable('Auto merge is not allowed for this repository');
  if (issue.state === 'closed' || pull.draft) throw unprocessable("Can't enable auto-merge for this pull request.");
  if (expectedHeadSha !== undefined && expectedHeadSha !== pull.headSha)
    throw unprocessable("Head sha didn't match expected head sha");
  if (!repository.protections.has(pull.baseRef))
    throw unprocessable('Pull request Protected branch rules not configured for this branch');
  const state = await mergeState(github, repository, issue);
  if (state === 'clean' || state === 'unstable') throw unprocessable(`Pull request Pull request is in ${state} status`);
  const [title = '', ...rest] = (await messageOf(repository, issue, wishes)).split('\n');
  pull.autoMerge = {
    ...{ enabledBy: cause.sender, byActions: cause.byActions, enabledAt: github.now() },
    ...{ method: wishes.method, title, message: rest.join('\n').trim() },
  };
  issue.updatedAt = github.now();
  await publishPull(github, repository, issue, 'auto_merge_enabled', cause);
}

export async function disableAutoMerge(
  github: GitHub,
  repository: Repository,
  issue: PullIssue,
  cause: Cause,
): Promise<void> {
  if (issue.state === 'closed' || !issue.pull.autoMerge)
    throw unprocessable("Can't disable auto-merge for this pull request.");
  issue.pull.autoMerge = null;
  issue.updatedAt = github.now();
  await publishPull(github, repository, issue, 'auto_merge_disabled', cause, { reason: 'Auto-merge was disabled' });
}

const merging = new WeakSet<PullIssue>();

/** Whatever happened may have met the last of the rules. */
export function mergeWhatIsReady(github: GitHub, repository: Repository): void {
  for (const issue of repository.issues.values()) {
    if (!isPull(issue) || !issue.pull.autoMerge || issue.state === 'closed' || merging.has(issue)) continue;
    if (unmet(github, repository, issue).length > 0) continue;
    merging.add(issue);
    github.activity.track(merge(github, repository, issue, issue.pull.autoMerge).finally(() => merging.delete(issue)));
  }
}

async function merge(
  github: GitHub,
  repository: Repository,
  issue: PullIssue,
  { enabledBy: sender, byActions, method, title, message }: AutoMergeRequest,
): Promise<void> {
  // `behind` where the rules demand that the branch is up to date, `dirty` where it has conflicts: both wait for people.
  const state = await mergeState(github, repository, issue);
  if (state === 'clean' || state === 'unstable')
    await mergePull(github, repository, issue, { method, title, message }, { sender, byActions });
}
