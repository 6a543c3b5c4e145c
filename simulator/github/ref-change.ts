// A branch or tag that moved, appeared or went → the events and the state of pull requests that follow from it.
import type { Account } from './accounts.ts';
import type { CheckSuite } from './check.ts';
import { isAncestor, listCommits, readCommit } from './git/commits.ts';
import { changedPaths } from './git/diffs.ts';
import { absent, branchOf, tagOf, updateRef } from './git/refs.ts';
import { emptyTree } from './git/trees.ts';
import type { GitHub } from './github.ts';
import { isPull } from './issue.ts';
import { closeReferenced } from './issue-changes.ts';
import { closePull, synchronizePull } from './pull-changes.ts';
import type { Repository } from './repository.ts';
import { type Json, simpleUser } from './shapes/account.ts';
import { suiteShape } from './shapes/check.ts';
import { pushedCommit } from './shapes/commit.ts';
import { repositoryHtmlUrl, repositoryShape } from './shapes/repository.ts';

export interface RefChange {
  repository: Repository;
  ref: string;
  /** `absent` for a new ref. */
  before: string;
  /** `absent` for a deleted one. */
  after: string;
  sender: Account;
  byActions: boolean;
}

/** GitHub puts at most this many commits into a push event. */
const mostCommitsInPush = 2048;

const epochSeconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000);

async function newCommits(change: RefChange): Promise<string[]> {
  const { repository, before, after } = change;
  if (after === absent) return [];
  const excluded = before === absent ? await startingPoint(change) : before;
  const shas = await listCommits(repository.gitDirectory, after, excluded, { limit: mostCommitsInPush });
  return shas.reverse();
}

/** A new branch brings what the default branch does not have. */
async function startingPoint(change: RefChange): Promise<string | null> {
  const base = await change.repository.objects.read(`${change.repository.defaultRef}^{commit}`);
  return base && change.ref !== change.repository.defaultRef ? base.sha : null;
}

async function pushPayload(github: GitHub, change: RefChange): Promise<Json> {
  const { repository, ref, before, after } = change;
  const html = repositoryHtmlUrl(github, repository);
  const commits = await Promise.all((await newCommits(change)).map((sha) => pushedCommit(github, repository, sha)));
  const isNew = before === absent;
  const isGone = after === absent;
  const range =
    isNew || isGone ? (branchOf(ref) ?? tagOf(ref) ?? ref) : `${before.slice(0, 12)}...${after.slice(0, 12)}`;
  const head = isGone ? null : await readCommit(repository.objects, after);
  const shape = repositoryShape(github, repository);
  return {
    ref,
    before,
    after,
    repository: {
      ...shape,
      owner: { name: repository.owner.login, email: repository.owner.email, ...simpleUser(github, repository.owner) },
      url: html,
      created_at: epochSeconds(repository.createdAt),
      pushed_at: epochSeconds(repository.pushedAt),
      stargazers: 0,
      master_branch: repository.defaultBranch,
    },
    pusher: { name: change.sender.login, email: change.sender.email },
    created: isNew,
    deleted: isGone,
    forced: !isNew && !isGone && !(await isAncestor(repository.gitDirectory, before, after)),
    base_ref: null,
    compare: `${html}/compare/${range}`,
    commits,
    head_commit: head ? await pushedCommit(github, repository, head.sha) : null,
  };
}

function publishCreation(github: GitHub, change: RefChange): void {
  const { repository, ref, before, after, sender, byActions } = change;
  if (before !== absent && after !== absent) return;
  const branch = branchOf(ref);
  const name = after === absent ? 'delete' : 'create';
  const about = {
    ref: branch ?? tagOf(ref) ?? ref,
    ref_type: branch === undefined ? 'tag' : 'branch',
    pusher_type: 'user',
  };
  const more = name === 'create' ? { master_branch: repository.defaultBranch, description: null } : {};
  const subject = name === 'create' ? { subject: { kind: 'ref' as const, ref } } : {};
  github.publish({ name, repository, sender, byActions, payload: { ...about, ...more }, ...subject });
}

/** GitHub opens a check suite on every pushed commit for an App that may write checks, and asks it to fill it. */
async function requestChecks(github: GitHub, change: RefChange): Promise<void> {
  const { repository, before, after, sender, byActions } = change;
  const headBranch = branchOf(change.ref);
  if (headBranch === undefined || after === absent || github.app.permissions.checks !== 'write') return;
  const at = github.now();
  const suite: CheckSuite = {
    ...{ id: github.nextId(), app: github.app, headBranch, headSha: after, before },
    ...{ status: 'queued', conclusion: null, createdAt: at, updatedAt: at },
  };
  repository.checkSuites.push(suite);
  const payload = { check_suite: await suiteShape(github, repository, suite) };
  github.publish({ name: 'check_suite', action: 'requested', repository, sender, byActions, payload });
}

/** Pull requests from the branch follow it; those into it see a new base. */
async function updatePulls(github: GitHub, change: RefChange): Promise<void> {
  const { repository, after } = change;
  const branch = branchOf(change.ref);
  for (const issue of repository.issues.values()) {
    if (!isPull(issue) || issue.state !== 'open' || branch === undefined) continue;
    if (issue.pull.headRef === branch) {
      if (after === absent) await closePull(github, repository, issue, change);
      else await synchronizePull(github, repository, issue, change);
    } else if (issue.pull.baseRef === branch) {
      if (after === absent) await closePull(github, repository, issue, change);
      else issue.pull.baseSha = after;
    }
  }
}

/** `Fixes #7` in a commit that reaches the default branch closes the issue. */
async function closeByMessages(github: GitHub, change: RefChange): Promise<void> {
  for (const sha of await newCommits(change)) {
    const commit = await readCommit(change.repository.objects, sha);
    if (commit) await closeReferenced(github, change.repository, commit.message, change, sha);
  }
}

/** To be called once the ref has moved in the git repository. */
export async function announceRefChange(github: GitHub, change: RefChange): Promise<void> {
  const { repository, ref, before, after } = change;
  if (branchOf(ref) === undefined && tagOf(ref) === undefined) return;
  repository.pushedAt = github.now();
  repository.updatedAt = github.now();
  const payload = await pushPayload(github, change);
  const paths =
    after === absent ? [] : await changedPaths(repository.gitDirectory, before === absent ? emptyTree : before, after);
  publishCreation(github, change);
  const subject = { kind: 'push' as const, ref, before, after, changedPaths: paths };
  github.publish({ name: 'push', repository, sender: change.sender, byActions: change.byActions, payload, subject });
  await requestChecks(github, change);
  await updatePulls(github, change);
  if (ref === repository.defaultRef && after !== absent) await closeByMessages(github, change);
}

/** Moves a ref and tells everybody. */
export async function moveRef(github: GitHub, change: RefChange): Promise<void> {
  await updateRef(change.repository.gitDirectory, change.ref, change.after, change.before);
  await announceRefChange(github, change);
}
