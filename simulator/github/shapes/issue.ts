// Issues, comments, labels, reactions and issue events → GitHub's JSON.
import type { GitHub } from '../github.ts';
import type { Comment, Issue, IssueEvent, Label, Reaction } from '../issue.ts';
import type { Repository } from '../repository.ts';
import { appShape, type Json, nodeId, simpleUser } from './account.ts';
import { authorAssociation } from './commit.ts';
import { repositoryHtmlUrl, repositoryUrl } from './repository.ts';

export function labelShape(github: GitHub, repository: Repository, label: Label): Json {
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${repositoryUrl(github, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.default,
    description: label.description,
  };
}

const reactionFields = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];

export function reactionRollup(url: string, reactions: readonly Reaction[]): Json {
  const count = (content: string) => reactions.filter((reaction) => reaction.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...Object.fromEntries(reactionFields.map((content) => [content, count(content)])),
  };
}

export function reactionShape(github: GitHub, reaction: Reaction): Json {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: simpleUser(github, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

const viaApp = (github: GitHub, via: boolean) => ({
  performed_via_github_app: via ? appShape(github, github.app) : null,
});

export function commentShape(github: GitHub, repository: Repository, issue: Issue, comment: Comment): Json {
  const url = `${repositoryUrl(github, repository)}/issues/comments/${comment.id}`;
  const kind = issue.pull ? 'pull' : 'issues';
  return {
    url,
    html_url: `${repositoryHtmlUrl(github, repository)}/${kind}/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(github, repository)}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: simpleUser(github, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(github, repository, comment.author.login),
    body: comment.body ?? '',
    reactions: reactionRollup(url, comment.reactions),
    ...viaApp(github, comment.viaApp),
  };
}

function pullLinks(github: GitHub, repository: Repository, issue: Issue): Json {
  if (!issue.pull) return {};
  const html = `${repositoryHtmlUrl(github, repository)}/pull/${issue.number}`;
  const url = `${repositoryUrl(github, repository)}/pulls/${issue.number}`;
  return {
    draft: issue.pull.draft,
    pull_request: {
      url,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: issue.pull.mergedAt,
    },
  };
}

export function issueShape(github: GitHub, repository: Repository, issue: Issue): Json {
  const url = `${repositoryUrl(github, repository)}/issues/${issue.number}`;
  const assignees = issue.assignees.map((account) => simpleUser(github, account));
  return {
    url,
    repository_url: repositoryUrl(github, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${repositoryHtmlUrl(github, repository)}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`,
    id: issue.id,
    node_id: nodeId(issue.pull ? 'PR' : 'I', issue.id),
    number: issue.number,
    title: issue.title,
    user: simpleUser(github, issue.author),
    labels: issue.labels.map((label) => labelShape(github, repository, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedBy ? simpleUser(github, issue.closedBy) : null,
    author_association: authorAssociation(github, repository, issue.author.login),
    active_lock_reason: issue.lockReason,
    body: issue.body,
    reactions: reactionRollup(url, issue.reactions),
    timeline_url: `${url}/timeline`,
    ...viaApp(github, issue.viaApp),
    state_reason: issue.stateReason,
    ...pullLinks(github, repository, issue),
  };
}

/** Webhooks do not say who closed an issue: the sender of `closed` did. */
export function issuePayload(github: GitHub, repository: Repository, issue: Issue): Json {
  const { closed_by: _, ...shape } = issueShape(github, repository, issue);
  return shape;
}

export function issueEventShape(github: GitHub, repository: Repository, event: IssueEvent): Json {
  const url = repositoryUrl(github, repository);
  return {
    id: event.id,
    node_id: nodeId('EV', event.id),
    url: `${url}/issues/events/${event.id}`,
    actor: simpleUser(github, event.actor),
    event: event.event,
    commit_id: event.commitSha,
    commit_url: event.commitSha ? `${url}/commits/${event.commitSha}` : null,
    created_at: event.createdAt,
    performed_via_github_app: null,
    ...(event.label ? { label: { name: event.label.name, color: event.label.color } } : {}),
    ...(event.assignee ? { assignee: simpleUser(github, event.assignee) } : {}),
    ...(event.requestedReviewer ? { requested_reviewer: simpleUser(github, event.requestedReviewer) } : {}),
    ...(event.rename ? { rename: event.rename } : {}),
    ...(event.lockReason === undefined ? {} : { lock_reason: event.lockReason }),
  };
}
