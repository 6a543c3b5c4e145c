// The parts of GitHub's answers about people, issues and pull requests that are used → our own summaries; the rest is ignored.
import { z } from 'zod';
import type { CommentSummary, PullSummary, ReviewCommentSummary, ReviewSummary } from '../../ports.ts';

export const Id = z.number().int().positive();
export const Sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
export const DateTime = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
/** Null for a deleted account, which GitHub shows as `ghost`. */
const Account = z.looseObject({ login: z.string(), type: z.string().optional() }).nullish();

export const Ignored = z.unknown();

export const Pull = z
  .looseObject({
    number: Id,
    html_url: z.string(),
    state: z.enum(['open', 'closed']),
    /** Lists leave both out. */
    merged_by: Account,
    merge_commit_sha: z.string().nullish(),
    merged_at: DateTime.nullable(),
    draft: z.boolean().optional(),
    head: z.looseObject({ sha: Sha }),
    base: z.looseObject({ ref: z.string() }),
  })
  .transform((pull): PullSummary => {
    const merged = pull.merged_at !== null;
    return {
      number: pull.number,
      url: pull.html_url,
      state: pull.state,
      merged,
      // Of an open pull request this is a trial merge.
      mergedSha: merged ? (pull.merge_commit_sha ?? null) : null,
      mergedAt: pull.merged_at,
      closedBy: merged ? (pull.merged_by?.login ?? null) : null,
      headSha: pull.head.sha,
      baseBranch: pull.base.ref,
      draft: pull.draft ?? false,
    };
  });

export const Review = z
  .looseObject({
    id: Id,
    user: Account,
    state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']),
    body: z.string().nullish(),
    commit_id: z.string().nullish(),
  })
  .transform(
    (review): ReviewSummary => ({
      id: review.id,
      author: review.user?.login ?? 'ghost',
      authorIsBot: review.user?.type === 'Bot',
      state: review.state,
      body: review.body ?? '',
      commitSha: review.commit_id ?? null,
    }),
  );

export const ReviewComment = z
  .looseObject({
    id: Id,
    user: Account,
    pull_request_review_id: Id.nullish(),
    in_reply_to_id: Id.nullish(),
    path: z.string(),
    /** Null once the line has changed, or is gone. */
    line: z.number().int().nullish(),
    original_line: z.number().int().nullish(),
    start_line: z.number().int().nullish(),
    original_start_line: z.number().int().nullish(),
    subject_type: z.string().nullish(),
    diff_hunk: z.string().nullish(),
    body: z.string(),
  })
  .transform((comment): ReviewCommentSummary => {
    const ofFile = comment.subject_type === 'file';
    return {
      id: comment.id,
      reviewId: comment.pull_request_review_id ?? null,
      threadId: comment.in_reply_to_id ?? comment.id,
      author: comment.user?.login ?? 'ghost',
      authorIsBot: comment.user?.type === 'Bot',
      path: comment.path,
      line: ofFile ? null : (comment.line ?? comment.original_line ?? null),
      startLine: ofFile ? null : (comment.start_line ?? comment.original_start_line ?? null),
      diffHunk: comment.diff_hunk ?? '',
      body: comment.body,
    };
  });

export const Issue = z
  .looseObject({
    state: z.enum(['open', 'closed']),
    closed_by: Account,
    labels: z.array(z.union([z.string(), z.looseObject({ name: z.string().nullish() })])),
  })
  .transform((issue) => ({
    state: issue.state,
    closedBy: issue.closed_by?.login ?? null,
    labels: issue.labels.flatMap((label) => (typeof label === 'string' ? label : (label.name ?? []))),
  }));

export const Comment = z.looseObject({
  id: Id,
  html_url: z.string(),
  body: z.string().nullish(),
  user: Account,
});

export const IssueComment = z
  .looseObject({ id: Id, user: Account, body: z.string().nullish(), created_at: DateTime })
  .transform(
    (comment): CommentSummary => ({
      id: comment.id,
      author: comment.user?.login ?? 'ghost',
      authorIsBot: comment.user?.type === 'Bot',
      body: comment.body ?? '',
      createdAt: comment.created_at,
    }),
  );

export const AppIdentity = z.looseObject({ slug: z.string().min(1) });

/** `maintain` is shown as `write`, `triage` as `read`. */
export const Permission = z
  .looseObject({ permission: z.enum(['admin', 'write', 'read', 'none']) })
  .transform(({ permission }) => permission);
