// What happens to a pull request over its life → its new state and the events that tell of it.
import type { Account } from './accounts.ts';
import { writeCommit } from './git/commits.ts';
import { mergedTree } from './git/merge.ts';
import { absent, deleteRef, findRef, updateRef } from './git/refs.ts';
import type { GitHub } from './github.ts';
import type { PullIssue } from './issue.ts';
import { recordEvent } from './issue-changes.ts';
import type { Repository } from './repository.ts';
import { moveReviewComments } from './review-comment-places.ts';
import type { Json } from './shapes/account.ts';
import { pullShape } from './shapes/pull.ts';

export interface Cause {
  sender: Account;
  byActions: boolean;
}

async function pointRef(repository: Repository, name: string, sha: string): Promise<void> {
  const present = await findRef(repository.gitDirectory, name);
  await updateRef(repository.gitDirectory, name, sha, present?.sha ?? absent);
}

/** `refs/pull/N/head`, and `refs/pull/N/merge`: the test merge that pull request workflows run on. */
export async function updatePullRefs(github: GitHub, repository: Repository, issue: PullIssue): Promise<void> {
  const { pull } = issue;
  const directory = repository.gitDirectory;
  await pointRef(repository, `refs/pull/${issue.number}/head`, pull.headSha);
  const tree = await mergedTree(directory, pull.baseSha, pull.headSha);
  const mergeRef = `refs/pull/${issue.number}/merge`;
  if (tree === null) {
    pull.mergeCommitSha = null;
    await deleteRef(directory, mergeRef);
    return;
  }
  const signature = { name: 'GitHub', email: 'noreply@github.com', date: github.now() };
  const message = `Merge ${pull.headSha} into ${pull.baseSha}`;
  const commit = { tree, parents: [pull.baseSha, pull.headSha], author: signature, committer: signature, message };
  pull.mergeCommitSha = await writeCommit(directory, commit);
  await pointRef(repository, mergeRef, pull.mergeCommitSha);
}

export async function publishPull(
  github: GitHub,
  repository: Repository,
  issue: PullIssue,
  action: string,
  cause: Cause,
  more: Json = {},
): Promise<void> {
  const payload = { number: issue.number, pull_request: await pullShape(github, repository, issue), ...more };
  const { sender, byActions } = cause;
  const subject = { kind: 'pull' as const, pull: issue };
  github.publish({ name: 'pull_request', action, repository, sender, byActions, payload, subject });
}

export async function synchronizePull(
  github: GitHub,
  repository: Repository,
  issue: PullIssue,
  change: Cause & { before: string; after: string },
): Promise<void> {
  issue.pull.headSha = change.after;
  issue.updatedAt = github.now();
  await updatePullRefs(github, repository, issue);
  const { before, after } = change;
  await moveReviewComments(repository.gitDirectory, issue.pull.reviewComments, before, after);
  await publishPull(github, repository, issue, 'synchronize', change, { before, after });
}

export async function closePull(github: GitHub, repository: Repository, issue: PullIssue, cause: Cause): Promise<void> {
  issue.state = 'closed';
  issue.closedAt = github.now();
  issue.closedBy = cause.sender;
  issue.updatedAt = github.now();
  recordEvent(github, issue, 'closed', cause.sender);
  await publishPull(github, repository, issue, 'closed', cause);
}
