// Endpoints of issues, their labels and their history.
import { z } from 'zod';
import { type Call, created, type Endpoints, noContent, ok } from '../call.ts';
import { ApiError, validationFailed } from '../errors.ts';
import type { Issue } from '../issue.ts';
import { isPull } from '../issue.ts';
import { addLabels, publishIssue, recordEvent, removeLabel, setIssueState } from '../issue-changes.ts';
import { makeIssue } from '../make-issue.ts';
import { listed } from '../pagination.ts';
import type { Cause } from '../pull-changes.ts';
import { roleIncludes } from '../repository.ts';
import { simpleUser } from '../shapes/account.ts';
import { commentShape, issueEventShape, issueShape, labelShape } from '../shapes/issue.ts';
import { reviewShape } from '../shapes/pull.ts';

const r = '/repos/{owner}/{repo}';
const one = `${r}/issues/{issue_number}`;

const LabelNames = z.array(z.union([z.string(), z.object({ name: z.string() }).transform((label) => label.name)]));
const NewIssue = z.object({
  title: z.union([z.string(), z.number()]).transform(String),
  body: z.string().nullish(),
  labels: LabelNames.default([]),
  assignees: z.array(z.string()).default([]),
});
const ChangedIssue = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'reopened', 'duplicate']).nullish(),
  labels: LabelNames.optional(),
  assignees: z.array(z.string()).optional(),
});
/** `{ labels: [...] }`, or the bare list. */
const GivenLabels = z.union([z.object({ labels: LabelNames }).transform((body) => body.labels), LabelNames]);

export const causeOf = (call: Call): Cause => ({ sender: call.actor, byActions: call.byActions });

/** People without triage may speak, and change what is theirs, but neither label nor close. */
function mayTriage(call: Call, issue: Issue | null): boolean {
  if (call.caller.kind !== 'user') return true;
  return roleIncludes(call.github.roleOf(call.actor, call.repository), 'triage') || issue?.author === call.actor;
}

const shaped = (call: Call, issue: Issue) => issueShape(call.github, call.repository, issue);

async function create(call: Call) {
  const { github, repository } = call;
  const body = call.body(NewIssue);
  if (body.title.trim() === '') throw validationFailed({ resource: 'Issue', field: 'title', code: 'missing_field' });
  const issue = makeIssue(github, repository, {
    author: call.actor,
    viaApp: call.viaApp,
    title: body.title,
    body: body.body ?? null,
  });
  await publishIssue(github, repository, issue, 'opened', causeOf(call));
  if (mayTriage(call, null)) {
    await addLabels(github, repository, issue, body.labels, causeOf(call));
    issue.assignees = body.assignees.flatMap((login) => github.accounts.find(login) ?? []);
  }
  return created(shaped(call, issue));
}

async function replaceLabels(call: Call, issue: Issue, names: readonly string[]): Promise<void> {
  const { github, repository } = call;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  for (const label of issue.labels) {
    if (!wanted.has(label.name.toLowerCase())) await removeLabel(github, repository, issue, label, causeOf(call));
  }
  await addLabels(github, repository, issue, names, causeOf(call));
}

async function update(call: Call) {
  const { github, repository } = call;
  const issue = call.issue();
  const body = call.body(ChangedIssue);
  if (!mayTriage(call, issue)) throw new ApiError(403, 'Must have admin rights to Repository.');
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
  issue.updatedAt = github.now();
  if (Object.keys(changes).length > 0)
    await publishIssue(github, repository, issue, 'edited', causeOf(call), { changes });
  if (body.labels) await replaceLabels(call, issue, body.labels);
  if (body.assignees) issue.assignees = body.assignees.flatMap((login) => github.accounts.find(login) ?? []);
  if (body.state) await setIssueState(github, repository, issue, body.state, body.state_reason ?? null, causeOf(call));
  return ok(shaped(call, issue));
}

function list(call: Call) {
  const state = call.query('state') ?? 'open';
  const labels = (call.query('labels') ?? '').split(',').filter((name) => name !== '');
  const creator = call.query('creator')?.toLowerCase();
  const since = call.query('since');
  const issues = [...call.repository.issues.values()].filter(
    (issue) =>
      (state === 'all' || issue.state === state) &&
      labels.every((name) => issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) &&
      (!creator || issue.author.login.toLowerCase() === creator) &&
      (!since || issue.updatedAt >= since),
  );
  const key = call.query('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const newestFirst = issues.sort((a, b) => b[key].localeCompare(a[key]) || b.number - a.number);
  return listed(call, call.query('direction') === 'asc' ? newestFirst.reverse() : newestFirst, (issue) =>
    shaped(call, issue),
  );
}

function timeline(call: Call) {
  const { github, repository } = call;
  const issue = call.issue();
  const comments = issue.comments.map((comment) => ({
    at: comment.createdAt,
    id: comment.id,
    entry: {
      ...commentShape(github, repository, issue, comment),
      event: 'commented',
      actor: simpleUser(github, comment.author),
    },
  }));
  const events = issue.events.map((event) => ({
    at: event.createdAt,
    id: event.id,
    entry: issueEventShape(github, repository, event),
  }));
  const reviews = isPull(issue)
    ? issue.pull.reviews.map((review) => ({
        at: review.submittedAt ?? '',
        id: review.id,
        entry: {
          ...reviewShape(github, repository, issue, review),
          event: 'reviewed',
          state: review.state.toLowerCase(),
        },
      }))
    : [];
  const all = [...comments, ...events, ...reviews].sort((a, b) => a.at.localeCompare(b.at) || a.id - b.id);
  return listed(call, all, ({ entry }) => entry);
}

const Lock = z.object({ lock_reason: z.enum(['off-topic', 'too heated', 'resolved', 'spam']).nullish() });

async function setLock(call: Call, locked: boolean) {
  const { github, repository } = call;
  const issue = call.issue();
  issue.locked = locked;
  issue.lockReason = locked ? (call.body(Lock).lock_reason ?? null) : null;
  recordEvent(github, issue, locked ? 'locked' : 'unlocked', call.actor, { lockReason: issue.lockReason });
  await publishIssue(github, repository, issue, locked ? 'locked' : 'unlocked', causeOf(call));
  return noContent();
}

const issueLabels = (call: Call, issue: Issue) =>
  issue.labels.map((label) => labelShape(call.github, call.repository, label));

export const issueEndpoints: Endpoints = {
  [`GET ${r}/issues`]: list,
  [`POST ${r}/issues`]: create,
  [`GET ${one}`]: (call) => ok(shaped(call, call.issue())),
  [`PATCH ${one}`]: update,
  [`GET ${one}/labels`]: (call) =>
    listed(call, call.issue().labels, (label) => labelShape(call.github, call.repository, label)),
  [`POST ${one}/labels`]: async (call) => {
    const issue = call.issue();
    await addLabels(call.github, call.repository, issue, call.body(GivenLabels), causeOf(call));
    return ok(issueLabels(call, issue));
  },
  [`PUT ${one}/labels`]: async (call) => {
    const issue = call.issue();
    await replaceLabels(call, issue, call.body(GivenLabels));
    return ok(issueLabels(call, issue));
  },
  [`DELETE ${one}/labels/{name}`]: async (call) => {
    const issue = call.issue();
    const label = issue.labels.find(({ name }) => name.toLowerCase() === call.param('name').toLowerCase());
    if (!label) throw new ApiError(404, 'Label does not exist');
    await removeLabel(call.github, call.repository, issue, label, causeOf(call));
    return ok(issueLabels(call, issue));
  },
  [`POST ${one}/assignees`]: async (call) => {
    const issue = call.issue();
    const { assignees } = call.body(z.object({ assignees: z.array(z.string()) }));
    for (const account of assignees.flatMap((login) => call.github.accounts.find(login) ?? [])) {
      if (issue.assignees.includes(account)) continue;
      issue.assignees.push(account);
      recordEvent(call.github, issue, 'assigned', call.actor, { assignee: account });
      const more = { assignee: simpleUser(call.github, account) };
      await publishIssue(call.github, call.repository, issue, 'assigned', causeOf(call), more);
    }
    return created(shaped(call, issue));
  },
  [`GET ${one}/events`]: (call) =>
    listed(call, call.issue().events, (event) => issueEventShape(call.github, call.repository, event)),
  [`GET ${one}/timeline`]: timeline,
  [`PUT ${one}/lock`]: (call) => setLock(call, true),
  [`DELETE ${one}/lock`]: (call) => setLock(call, false),
};
