// Pull requests, reviews and review comments → GitHub's JSON.
import { isAncestor, listCommits } from '../git/commits.ts';
import { diffFiles } from '../git/diffs.ts';
import { mergedTree, pullBase } from '../git/merge.ts';
import type { GitHub } from '../github.ts';
import type { PullIssue, Review, ReviewComment } from '../issue.ts';
import { unmet } from '../protection.ts';
import type { Repository } from '../repository.ts';
import { type Json, nodeId, simpleUser } from './account.ts';
import { authorAssociation } from './commit.ts';
import { labelShape, reactionRollup } from './issue.ts';
import { repositoryHtmlUrl, repositoryShape, repositoryUrl } from './repository.ts';

function side(github: GitHub, repository: Repository, ref: string, sha: string): Json {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: simpleUser(github, repository.owner),
    repo: repositoryShape(github, repository),
  };
}

function pullLinks(github: GitHub, repository: Repository, issue: PullIssue): Json {
  const api = repositoryUrl(github, repository);
  const url = `${api}/pulls/${issue.number}`;
  const html = `${repositoryHtmlUrl(github, repository)}/pull/${issue.number}`;
  const comments = `${api}/issues/${issue.number}/comments`;
  const statuses = `${api}/statuses/${issue.pull.headSha}`;
  return {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${api}/issues/${issue.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: comments,
    statuses_url: statuses,
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: `${api}/issues/${issue.number}` },
      comments: { href: comments },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: `${api}/pulls/comments{/number}` },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
  };
}

function autoMerge(github: GitHub, { autoMerge: request }: PullIssue['pull']): Json | null {
  if (!request) return null;
  const { enabledBy, method, title, message } = request;
  const said = { merge_method: method, commit_title: title, commit_message: message };
  return { enabled_by: simpleUser(github, enabledBy), ...said };
}

/** A pull request as lists carry it. */
export function pullSummary(github: GitHub, repository: Repository, issue: PullIssue): Json {
  const { pull } = issue;
  const assignees = issue.assignees.map((account) => simpleUser(github, account));
  return {
    ...pullLinks(github, repository, issue),
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: simpleUser(github, issue.author),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: pull.requestedReviewers.map((account) => simpleUser(github, account)),
    requested_teams: [],
    labels: issue.labels.map((label) => labelShape(github, repository, label)),
    milestone: null,
    draft: pull.draft,
    head: side(github, repository, pull.headRef, pull.headSha),
    base: side(github, repository, pull.baseRef, pull.baseSha),
    author_association: authorAssociation(github, repository, issue.author.login),
    auto_merge: autoMerge(github, pull),
    active_lock_reason: issue.lockReason,
  };
}

type MergeState = 'unknown' | 'dirty' | 'draft' | 'blocked' | 'unstable' | 'behind' | 'clean';

export async function mergeState(github: GitHub, repository: Repository, issue: PullIssue): Promise<MergeState> {
  const { pull } = issue;
  if (issue.state === 'closed') return 'unknown';
  const tree = await mergedTree(repository.gitDirectory, pull.baseSha, pull.headSha);
  if (tree === null) return 'dirty';
  if (pull.draft) return 'draft';
  if (unmet(github, repository, issue).length > 0) return 'blocked';
  const behind = !(await isAncestor(repository.gitDirectory, pull.baseSha, pull.headSha));
  const rules = repository.protections.get(pull.baseRef);
  if (behind && rules?.checks?.strict) return 'behind';
  const runs = repository.checkRuns.filter((run) => run.headSha === pull.headSha);
  if (runs.some((run) => run.status !== 'completed' || run.conclusion === 'failure')) return 'unstable';
  return behind && !rules ? 'behind' : 'clean';
}

async function mergeability(github: GitHub, repository: Repository, issue: PullIssue): Promise<Json> {
  const state = await mergeState(github, repository, issue);
  const able = state === 'unknown' ? null : state !== 'dirty';
  return { mergeable: able, rebaseable: able, mergeable_state: state };
}

export async function pullShape(github: GitHub, repository: Repository, issue: PullIssue): Promise<Json> {
  const { pull } = issue;
  const base = await pullBase(repository.gitDirectory, pull);
  const files = await diffFiles(repository.gitDirectory, base, pull.headSha);
  const sum = (field: 'additions' | 'deletions') => files.reduce((total, file) => total + file[field], 0);
  return {
    ...pullSummary(github, repository, issue),
    merged: pull.merged,
    ...(await mergeability(github, repository, issue)),
    merged_by: pull.mergedBy ? simpleUser(github, pull.mergedBy) : null,
    comments: issue.comments.length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: pull.maintainerCanModify,
    commits: (await listCommits(repository.gitDirectory, pull.headSha, base)).length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: files.length,
  };
}

/** As runs, check suites and check runs name the pull requests of their branch. */
export function pullReference(github: GitHub, repository: Repository, issue: PullIssue): Json {
  const repo = { id: repository.id, url: repositoryUrl(github, repository), name: repository.name };
  const { pull } = issue;
  return {
    url: `${repositoryUrl(github, repository)}/pulls/${issue.number}`,
    id: pull.id,
    number: issue.number,
    head: { ref: pull.headRef, sha: pull.headSha, repo },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo },
  };
}

export function reviewShape(github: GitHub, repository: Repository, issue: PullIssue, review: Review): Json {
  const html = `${repositoryHtmlUrl(github, repository)}/pull/${issue.number}#pullrequestreview-${review.id}`;
  const pullUrl = `${repositoryUrl(github, repository)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: simpleUser(github, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: authorAssociation(github, repository, review.author.login),
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    ...(review.submittedAt ? { submitted_at: review.submittedAt } : {}),
    commit_id: review.commitSha,
  };
}

export function reviewCommentShape(
  github: GitHub,
  repository: Repository,
  issue: PullIssue,
  comment: ReviewComment,
): Json {
  const url = `${repositoryUrl(github, repository)}/pulls/comments/${comment.id}`;
  const html = `${repositoryHtmlUrl(github, repository)}/pull/${issue.number}#discussion_r${comment.id}`;
  const pullUrl = `${repositoryUrl(github, repository)}/pulls/${issue.number}`;
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: comment.commitSha,
    original_commit_id: comment.originalCommitSha,
    user: simpleUser(github, comment.author),
    body: comment.body ?? '',
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: authorAssociation(github, repository, comment.author.login),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
    reactions: reactionRollup(url, comment.reactions),
    start_line: comment.startLine,
    original_start_line: comment.originalStartLine,
    start_side: comment.originalStartLine === null ? null : comment.side,
    line: comment.line,
    original_line: comment.originalLine,
    side: comment.side,
    position: comment.line,
    original_position: comment.originalLine,
    subject_type: comment.originalLine === null ? 'file' : 'line',
    ...(comment.inReplyToId === null ? {} : { in_reply_to_id: comment.inReplyToId }),
  };
}
