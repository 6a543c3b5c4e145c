// What is done to an issue → its new state, a line in its history, and the event that tells of it.
import type { Account } from './accounts.ts';
import type { GitHub } from './github.ts';
import { type Issue, type IssueEvent, isPull, type Label } from './issue.ts';
import { type Cause, publishPull } from './pull-changes.ts';
import type { Repository } from './repository.ts';
import type { Json } from './shapes/account.ts';
import { issuePayload, labelShape } from './shapes/issue.ts';

export function recordEvent(
  github: GitHub,
  issue: Issue,
  event: string,
  actor: Account,
  detail: Partial<IssueEvent> = {},
): void {
  issue.events.push({ id: github.nextId(), event, actor, createdAt: github.now(), commitSha: null, ...detail });
}

/** An issue's event, or the pull request's when it is one. */
export async function publishIssue(
  github: GitHub,
  repository: Repository,
  issue: Issue,
  action: string,
  cause: Cause,
  more: Json = {},
): Promise<void> {
  if (isPull(issue)) return await publishPull(github, repository, issue, action, cause, more);
  const payload = { issue: issuePayload(github, repository, issue), ...more };
  github.publish({ name: 'issues', action, repository, payload, sender: cause.sender, byActions: cause.byActions });
}

const defaultLabels: [string, string, string][] = [
  ['bug', 'd73a4a', "Something isn't working"],
  ['documentation', '0075ca', 'Improvements or additions to documentation'],
  ['duplicate', 'cfd3d7', 'This issue or pull request already exists'],
  ['enhancement', 'a2eeef', 'New feature or request'],
  ['good first issue', '7057ff', 'Good for newcomers'],
  ['help wanted', '008672', 'Extra attention is needed'],
  ['invalid', 'e4e669', "This doesn't seem right"],
  ['question', 'd876e3', 'Further information is requested'],
  ['wontfix', 'ffffff', 'This will not be worked on'],
];

export function addDefaultLabels(github: GitHub, repository: Repository): void {
  for (const [name, color, description] of defaultLabels) {
    repository.labels.set(name, { id: github.nextId(), name, color, description, default: true });
  }
}

/** The repository's label of this name; GitHub makes a grey one when somebody uses a name that is not there yet. */
function obtainLabel(github: GitHub, repository: Repository, name: string): Label {
  const known = repository.findLabel(name);
  if (known) return known;
  const label: Label = { id: github.nextId(), name, color: 'ededed', description: null, default: false };
  repository.labels.set(name.toLowerCase(), label);
  return label;
}

export async function addLabels(
  github: GitHub,
  repository: Repository,
  issue: Issue,
  names: readonly string[],
  cause: Cause,
): Promise<void> {
  for (const name of names) {
    const label = obtainLabel(github, repository, name);
    if (issue.labels.includes(label)) continue;
    issue.labels.push(label);
    issue.updatedAt = github.now();
    recordEvent(github, issue, 'labeled', cause.sender, { label });
    await publishIssue(github, repository, issue, 'labeled', cause, { label: labelShape(github, repository, label) });
  }
}

export async function removeLabel(
  github: GitHub,
  repository: Repository,
  issue: Issue,
  label: Label,
  cause: Cause,
): Promise<void> {
  issue.labels = issue.labels.filter((one) => one !== label);
  issue.updatedAt = github.now();
  recordEvent(github, issue, 'unlabeled', cause.sender, { label });
  await publishIssue(github, repository, issue, 'unlabeled', cause, { label: labelShape(github, repository, label) });
}

export async function setIssueState(
  github: GitHub,
  repository: Repository,
  issue: Issue,
  state: 'open' | 'closed',
  reason: Issue['stateReason'],
  cause: Cause,
  commitSha: string | null = null,
): Promise<void> {
  if (issue.state === state) return;
  issue.state = state;
  issue.stateReason = issue.pull ? null : (reason ?? (state === 'closed' ? 'completed' : 'reopened'));
  issue.closedAt = state === 'closed' ? github.now() : null;
  issue.closedBy = state === 'closed' ? cause.sender : null;
  if (issue.pull && state === 'closed') issue.pull.autoMerge = null;
  issue.updatedAt = github.now();
  const action = state === 'closed' ? 'closed' : 'reopened';
  recordEvent(github, issue, action, cause.sender, { commitSha });
  await publishIssue(github, repository, issue, action, cause);
}

/** Issues that a text closes when it reaches the default branch. Source: docs.github.com "Linking a pull request to an issue". */
export function closingReferences(text: string): number[] {
  const pattern = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b/gi;
  return [...text.matchAll(pattern)].map((match) => Number(match[1]));
}

export async function closeReferenced(
  github: GitHub,
  repository: Repository,
  text: string,
  cause: Cause,
  commitSha: string,
): Promise<void> {
  for (const number of new Set(closingReferences(text))) {
    const issue = repository.issues.get(number);
    if (!issue || issue.pull) continue;
    await setIssueState(github, repository, issue, 'closed', 'completed', cause, commitSha);
  }
}
