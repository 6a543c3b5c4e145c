// Endpoints of pull requests: opening, changing, looking at and merging them.
import { z } from 'zod';
import { type Call, created, type Endpoints, ok } from '../call.ts';
import { unprocessable, validationFailed } from '../errors.ts';
import { isAncestor, listCommits, readCommit } from '../git/commits.ts';
import { diffFiles, unifiedDiff } from '../git/diffs.ts';
import { git } from '../git/git.ts';
import { pullBase } from '../git/merge.ts';
import { branchOf, findRef } from '../git/refs.ts';
import { isPull, type PullIssue } from '../issue.ts';
import { publishIssue, recordEvent, setIssueState } from '../issue-changes.ts';
import { makeIssue } from '../make-issue.ts';
import { listed, paginate } from '../pagination.ts';
import { publishPull, updatePullRefs } from '../pull-changes.ts';
import { simpleUser } from '../shapes/account.ts';
import { commitShape, diffEntry } from '../shapes/commit.ts';
import { pullShape, pullSummary } from '../shapes/pull.ts';
import { causeOf } from './issues.ts';

const r = '/repos/{owner}/{repo}/pulls';
const one = `${r}/{pull_number}`;

const NewPull = z.object({
  title: z.string().optional(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().default(false),
  maintainer_can_modify: z.boolean().default(true),
  issue: z.int().optional(),
});
const ChangedPull = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
  maintainer_can_modify: z.boolean().optional(),
});
const Reviewers = z.object({ reviewers: z.array(z.string()).default([]) });

const pullsOf = (call: Call): PullIssue[] => [...call.repository.issues.values()].filter(isPull);

/** `owner:branch`; forks are not simulated, so the owner is always this repository's. */
function headBranch(call: Call, head: string): string {
  const [owner, branch] = head.includes(':') ? head.split(':', 2) : [call.repository.owner.login, head];
  const own = owner?.toLowerCase() === call.repository.owner.login.toLowerCase();
  if (!own || !branch) throw validationFailed({ resource: 'PullRequest', field: 'head', code: 'invalid' });
  return branchOf(branch) ?? branch;
}

async function tip(call: Call, branch: string, field: string): Promise<string> {
  const ref = await findRef(call.repository.gitDirectory, `refs/heads/${branch}`);
  if (!ref) throw validationFailed({ resource: 'PullRequest', field, code: 'invalid' });
  return ref.sha;
}

async function create(call: Call) {
  const { github, repository } = call;
  const body = call.body(NewPull);
  const [headRef, baseRef] = [headBranch(call, body.head), branchOf(body.base) ?? body.base];
  const [headSha, baseSha] = [await tip(call, headRef, 'head'), await tip(call, baseRef, 'base')];
  const refuse = (message: string) => validationFailed({ resource: 'PullRequest', code: 'custom', message });
  const open = pullsOf(call).find(
    (issue) => issue.state === 'open' && issue.pull.headRef === headRef && issue.pull.baseRef === baseRef,
  );
  if (open) throw refuse(`A pull request already exists for ${repository.owner.login}:${headRef}.`);
  if (await isAncestor(repository.gitDirectory, headSha, baseSha))
    throw refuse(`No commits between ${baseRef} and ${headRef}`);
  const given = body.issue === undefined ? null : repository.issues.get(body.issue);
  if (!given && !body.title) throw validationFailed({ resource: 'PullRequest', field: 'title', code: 'missing_field' });
  const text = { title: body.title ?? '', body: body.body ?? null };
  const issue = given ?? makeIssue(github, repository, { author: call.actor, viaApp: call.viaApp, ...text });
  const pull = {
    id: github.nextId(),
    ...{ headRef, headSha, baseRef, baseSha, draft: body.draft, maintainerCanModify: body.maintainer_can_modify },
    ...{ merged: false, mergedAt: null, mergedBy: null, mergeCommitSha: null, autoMerge: null },
    ...{ requestedReviewers: [], reviews: [], reviewComments: [] },
  };
  const opened: PullIssue = Object.assign(issue, { pull });
  await updatePullRefs(github, repository, opened);
  await publishPull(github, repository, opened, 'opened', causeOf(call));
  return created(await pullShape(github, repository, opened));
}

async function changeBase(call: Call, issue: PullIssue, base: string): Promise<void> {
  if (base === issue.pull.baseRef) return;
  issue.pull.baseSha = await tip(call, base, 'base');
  issue.pull.baseRef = base;
  await updatePullRefs(call.github, call.repository, issue);
}

async function update(call: Call) {
  const { github, repository } = call;
  const issue = call.pull();
  const body = call.body(ChangedPull);
  const changes: Record<string, { from: string }> = {};
  if (body.title !== undefined && body.title !== issue.title) {
    changes.title = { from: issue.title };
    recordEvent(github, issue, 'renamed', call.actor, { rename: { from: issue.title, to: body.title } });
    issue.title = body.title;
  }
  if (body.body !== undefined && body.body !== issue.body) {
    changes.body = { from: issue.body ?? '' };
    issue.body = body.body;
  }
  issue.pull.maintainerCanModify = body.maintainer_can_modify ?? issue.pull.maintainerCanModify;
  issue.updatedAt = github.now();
  if (body.base !== undefined) await changeBase(call, issue, body.base);
  if (Object.keys(changes).length > 0)
    await publishIssue(github, repository, issue, 'edited', causeOf(call), { changes });
  if (body.state === 'open' && issue.pull.merged) throw unprocessable('Cannot reopen a merged pull request.');
  if (body.state === 'open' && issue.state === 'closed')
    issue.pull.headSha = await tip(call, issue.pull.headRef, 'head');
  if (body.state) await setIssueState(github, repository, issue, body.state, null, causeOf(call));
  return ok(await pullShape(github, repository, issue));
}

async function get(call: Call) {
  const { github, repository } = call;
  const issue = call.pull();
  const { gitDirectory } = repository;
  const base = await pullBase(gitDirectory, issue.pull);
  if (call.media === 'diff') {
    const body = `${await unifiedDiff(gitDirectory, base, issue.pull.headSha)}\n`;
    return { status: 200, body, headers: { 'content-type': 'application/vnd.github.diff; charset=utf-8' } };
  }
  if (call.media === 'patch') {
    const body = `${await git(gitDirectory, ['format-patch', '--stdout', `${base}..${issue.pull.headSha}`])}\n`;
    return { status: 200, body, headers: { 'content-type': 'application/vnd.github.patch; charset=utf-8' } };
  }
  return ok(await pullShape(github, repository, issue));
}

function list(call: Call) {
  const state = call.query('state') ?? 'open';
  const head = call.query('head');
  const base = call.query('base');
  const owner = call.repository.owner.login.toLowerCase();
  const pulls = pullsOf(call).filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      // GitHub ignores a head without an owner.
      (!head?.includes(':') ||
        `${owner}:${issue.pull.headRef}` === `${head.split(':')[0]?.toLowerCase()}:${head.split(':')[1]}`) &&
      (!base || issue.pull.baseRef === base),
  );
  const ascending = call.query('direction') === 'asc';
  return listed(call, ascending ? pulls : pulls.reverse(), (issue) => pullSummary(call.github, call.repository, issue));
}

async function files(call: Call) {
  const { github, repository } = call;
  const { pull } = call.pull();
  const changed = await diffFiles(repository.gitDirectory, await pullBase(repository.gitDirectory, pull), pull.headSha);
  return await listed(call, changed.slice(0, 3000), (file) => diffEntry(github, repository, pull.headSha, file));
}

async function commits(call: Call) {
  const { github, repository } = call;
  const { pull } = call.pull();
  const base = await pullBase(repository.gitDirectory, pull);
  const shas = (await listCommits(repository.gitDirectory, pull.headSha, base)).reverse().slice(0, 250);
  return await listed(call, shas, async (sha) => {
    const commit = await readCommit(repository.objects, sha);
    return commit && commitShape(github, repository, commit);
  });
}

async function changeReviewers(call: Call, ask: boolean) {
  const { github, repository } = call;
  const issue = call.pull();
  for (const login of call.body(Reviewers).reviewers) {
    const account = github.accounts.find(login);
    if (!account) throw unprocessable('Reviews may only be requested from collaborators.');
    const others = issue.pull.requestedReviewers.filter((other) => other !== account);
    issue.pull.requestedReviewers = ask ? [...others, account] : others;
    const action = ask ? 'review_requested' : 'review_request_removed';
    recordEvent(github, issue, action, call.actor, { requestedReviewer: account });
    const more = { requested_reviewer: simpleUser(github, account) };
    await publishPull(github, repository, issue, action, causeOf(call), more);
  }
  const shape = pullSummary(github, repository, issue);
  return ask ? created(shape) : ok(shape);
}

export const pullEndpoints: Endpoints = {
  [`GET ${r}`]: list,
  [`POST ${r}`]: create,
  [`GET ${one}`]: get,
  [`PATCH ${one}`]: update,
  [`GET ${one}/files`]: files,
  [`GET ${one}/commits`]: commits,
  [`GET ${one}/requested_reviewers`]: (call) => {
    const page = paginate(call, call.pull().pull.requestedReviewers);
    return ok({ users: page.items.map((account) => simpleUser(call.github, account)), teams: [] });
  },
  [`POST ${one}/requested_reviewers`]: (call) => changeReviewers(call, true),
  [`DELETE ${one}/requested_reviewers`]: (call) => changeReviewers(call, false),
};
