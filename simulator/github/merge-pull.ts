// A pull request that somebody merges → the commit on its base branch, and everything that follows.

import { listCommits, readCommit } from './git/commits.ts';
import { mergeCommit, pullBase } from './git/merge.ts';
import { updateRef } from './git/refs.ts';
import type { GitHub } from './github.ts';
import type { PullIssue } from './issue.ts';
import { closeReferenced, recordEvent } from './issue-changes.ts';
import { type Cause, publishPull } from './pull-changes.ts';
import { announceRefChange } from './ref-change.ts';
import type { Repository } from './repository.ts';

export interface MergeWishes {
  method: 'merge' | 'squash' | 'rebase';
  title?: string;
  message?: string;
}

async function squashBody(repository: Repository, issue: PullIssue): Promise<string> {
  const base = await pullBase(repository.gitDirectory, issue.pull);
  const shas = (await listCommits(repository.gitDirectory, issue.pull.headSha, base)).reverse();
  const commits = await Promise.all(shas.map((sha) => readCommit(repository.objects, sha)));
  const [only] = commits;
  if (commits.length === 1) return only?.message.split('\n').slice(1).join('\n').trim() ?? '';
  return commits.map((commit) => `* ${commit?.message ?? ''}`).join('\n\n');
}

/** GitHub's default messages. */
export async function messageOf(repository: Repository, issue: PullIssue, wishes: MergeWishes): Promise<string> {
  const squash = wishes.method === 'squash';
  const merging = `Merge pull request #${issue.number} from ${repository.owner.login}/${issue.pull.headRef}`;
  const title = wishes.title ?? (squash ? `${issue.title} (#${issue.number})` : merging);
  const body = wishes.message ?? (squash ? await squashBody(repository, issue) : issue.title);
  return body === '' ? title : `${title}\n\n${body}`;
}

/** Null when there are conflicts. */
export async function mergePull(
  github: GitHub,
  repository: Repository,
  issue: PullIssue,
  wishes: MergeWishes,
  cause: Cause,
): Promise<string | null> {
  const { pull } = issue;
  const message = await messageOf(repository, issue, wishes);
  const person = { name: cause.sender.name ?? cause.sender.login, email: cause.sender.email, date: github.now() };
  const committer = { name: 'GitHub', email: 'noreply@github.com', date: github.now() };
  return await repository.exclusively(async () => {
    const before = pull.baseSha;
    const request = { method: wishes.method, base: before, head: pull.headSha, message, author: person, committer };
    const after = await mergeCommit(repository.gitDirectory, request);
    if (after === null) return null;
    const ref = `refs/heads/${pull.baseRef}`;
    await updateRef(repository.gitDirectory, ref, after, before);
    const at = github.now();
    Object.assign(pull, { merged: true, mergedAt: at, mergedBy: cause.sender, mergeCommitSha: after });
    Object.assign(issue, { state: 'closed', closedAt: at, closedBy: cause.sender, updatedAt: at });
    recordEvent(github, issue, 'merged', cause.sender, { commitSha: after });
    recordEvent(github, issue, 'closed', cause.sender);
    await publishPull(github, repository, issue, 'closed', cause);
    await announceRefChange(github, { repository, ref, before, after, ...cause });
    if (pull.baseRef === repository.defaultBranch)
      await closeReferenced(github, repository, issue.body ?? '', cause, after);
    return after;
  });
}
