// Endpoints that bring a pull request's branches together: merging it, and updating its head from its base.
import { z } from 'zod';
import { accepted, type Call, type Endpoints, noContent, ok } from '../call.ts';
import { ApiError, notFound, unprocessable } from '../errors.ts';
import { isAncestor } from '../git/commits.ts';
import { mergeCommit } from '../git/merge.ts';
import { mergePull } from '../merge-pull.ts';
import { unmet } from '../protection.ts';
import { moveRef } from '../ref-change.ts';
import { causeOf } from './issues.ts';

const one = '/repos/{owner}/{repo}/pulls/{pull_number}';

const Merge = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
});
async function merge(call: Call) {
  const issue = call.pull();
  const body = call.body(Merge);
  if (body.sha !== undefined && body.sha !== issue.pull.headSha) {
    throw new ApiError(409, 'Head branch was modified. Review and try the merge again.');
  }
  if (issue.pull.draft) throw new ApiError(405, 'Pull Request is still a draft');
  if (issue.state === 'closed') throw new ApiError(405, 'Pull Request is not mergeable');
  const [inTheWay] = mayOverrule(call, issue.pull.baseRef) ? [] : unmet(call.github, call.repository, issue);
  if (inTheWay !== undefined) throw new ApiError(405, inTheWay);
  const { merge_method: method, commit_title: title, commit_message: message } = body;
  const wishes = { method, ...(title === undefined ? {} : { title }), ...(message === undefined ? {} : { message }) };
  const sha = await mergePull(call.github, call.repository, issue, wishes, causeOf(call));
  if (sha === null) throw new ApiError(405, 'Pull Request is not mergeable');
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' });
}

/** Administrators, unless the rules hold them too. */
function mayOverrule({ github, repository, caller }: Call, branch: string): boolean {
  const rules = repository.protections.get(branch);
  if (!rules || rules.holdsAdmins) return rules === undefined;
  return caller.kind === 'user' && github.roleOf(caller.account, repository) === 'admin';
}

async function updateBranch(call: Call) {
  const { github, repository, actor } = call;
  const issue = call.pull();
  const { headRef, headSha: head, baseRef, baseSha } = issue.pull;
  if (await isAncestor(repository.gitDirectory, baseSha, head))
    throw unprocessable('There are no new commits on the base branch.');
  const signature = { name: actor.name ?? actor.login, email: actor.email, date: github.now() };
  const message = `Merge branch '${baseRef}' into ${headRef}`;
  const request = {
    method: 'merge' as const,
    base: head,
    head: baseSha,
    message,
    author: signature,
    committer: signature,
  };
  const after = await mergeCommit(repository.gitDirectory, request);
  if (after === null) throw unprocessable('merge conflict between base and head');
  const change = { repository, ref: `refs/heads/${headRef}`, before: head, after, ...causeOf(call) };
  await repository.exclusively(() => moveRef(github, change));
  return accepted({ message: 'Updating pull request branch.', url: '' });
}

export const mergeEndpoints: Endpoints = {
  [`GET ${one}/merge`]: (call) => {
    if (!call.pull().pull.merged) throw notFound();
    return noContent();
  },
  [`PUT ${one}/merge`]: merge,
  [`PUT ${one}/update-branch`]: updateBranch,
};
