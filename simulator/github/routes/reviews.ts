// Endpoints of reviews and of comments on the diff.
import { z } from 'zod';
import { type Call, created, type Endpoints, ok } from '../call.ts';
import { notFound, unprocessable, validationFailed } from '../errors.ts';
import { diffFiles } from '../git/diffs.ts';
import { pullBase } from '../git/merge.ts';
import type { PullIssue, Review, ReviewComment, ReviewState } from '../issue.ts';
import { listed } from '../pagination.ts';
import { pullSummary, reviewCommentShape, reviewShape } from '../shapes/pull.ts';

const r = '/repos/{owner}/{repo}/pulls/{pull_number}';

const Position = z.object({
  path: z.string(),
  body: z.string().min(1),
  line: z.int().nullish(),
  start_line: z.int().nullish(),
  side: z.enum(['LEFT', 'RIGHT']).default('RIGHT'),
  position: z.int().nullish(),
  subject_type: z.enum(['line', 'file']).optional(),
});
const NewReview = z.object({
  body: z.string().default(''),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']).optional(),
  commit_id: z.string().optional(),
  comments: z.array(Position).default([]),
});
const NewComment = Position.extend({ commit_id: z.string().optional(), in_reply_to: z.int().optional() });

const states: Record<string, ReviewState> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

function publishReview(call: Call, issue: PullIssue, review: Review, action: string): void {
  const { github, repository, actor: sender, byActions } = call;
  const shape = { ...reviewShape(github, repository, issue, review), state: review.state.toLowerCase() };
  const payload = { review: shape, pull_request: pullSummary(github, repository, issue) };
  const subject = { kind: 'pull' as const, pull: issue };
  github.publish({ name: 'pull_request_review', action, repository, sender, byActions, payload, subject });
}

function publishComment(call: Call, issue: PullIssue, comment: ReviewComment): void {
  const { github, repository, actor: sender, byActions } = call;
  const shape = reviewCommentShape(github, repository, issue, comment);
  const payload = { comment: shape, pull_request: pullSummary(github, repository, issue) };
  const subject = { kind: 'pull' as const, pull: issue };
  github.publish({
    name: 'pull_request_review_comment',
    action: 'created',
    repository,
    sender,
    byActions,
    payload,
    subject,
  });
}

/** The hunk of the diff that the comment stands at, up to the file's first. */
async function hunkAt(call: Call, issue: PullIssue, path: string): Promise<string> {
  const directory = call.repository.gitDirectory;
  const files = await diffFiles(directory, await pullBase(directory, issue.pull), issue.pull.headSha);
  const file = files.find((one) => one.path === path);
  if (!file) throw unprocessable('Validation Failed: pull_request_review_thread.path is not part of the pull request');
  return file.patch ?? '';
}

async function addComment(
  call: Call,
  issue: PullIssue,
  given: z.infer<typeof Position>,
  reviewId: number | null,
  inReplyToId: number | null = null,
): Promise<ReviewComment> {
  const at = call.github.now();
  const comment: ReviewComment = {
    id: call.github.nextId(),
    author: call.actor,
    viaApp: call.viaApp,
    body: given.body,
    createdAt: at,
    updatedAt: at,
    reviewId,
    path: given.path,
    diffHunk: await hunkAt(call, issue, given.path),
    commitSha: issue.pull.headSha,
    originalCommitSha: issue.pull.headSha,
    line: given.line ?? given.position ?? null,
    startLine: given.start_line ?? null,
    side: given.side,
    inReplyToId,
    reactions: [],
  };
  issue.pull.reviewComments.push(comment);
  return comment;
}

async function createReview(call: Call) {
  const { github, repository, actor } = call;
  const issue = call.pull();
  const body = call.body(NewReview);
  if (body.event !== 'APPROVE' && body.event !== undefined && body.body === '' && body.comments.length === 0) {
    throw validationFailed({ resource: 'PullRequestReview', code: 'custom', message: "body can't be blank" });
  }
  if (issue.author === actor && body.event !== undefined && body.event !== 'COMMENT') {
    const verb = body.event === 'APPROVE' ? 'approve' : 'request changes on';
    throw unprocessable(`Can not ${verb} your own pull request`);
  }
  const review: Review = {
    id: github.nextId(),
    author: actor,
    body: body.body,
    state: body.event ? (states[body.event] ?? 'COMMENTED') : 'PENDING',
    commitSha: body.commit_id ?? issue.pull.headSha,
    submittedAt: body.event ? github.now() : null,
  };
  issue.pull.reviews.push(review);
  issue.pull.requestedReviewers = issue.pull.requestedReviewers.filter((one) => one !== actor);
  issue.updatedAt = github.now();
  const comments: ReviewComment[] = [];
  for (const given of body.comments) comments.push(await addComment(call, issue, given, review.id));
  if (body.event) publishReview(call, issue, review, 'submitted');
  for (const comment of comments) publishComment(call, issue, comment);
  return ok(reviewShape(github, repository, issue, review));
}

async function createComment(call: Call) {
  const issue = call.pull();
  const body = call.body(NewComment);
  const comment = await addComment(call, issue, body, null, body.in_reply_to ?? null);
  publishComment(call, issue, comment);
  return created(reviewCommentShape(call.github, call.repository, issue, comment));
}

async function reply(call: Call) {
  const issue = call.pull();
  const parent = issue.pull.reviewComments.find((one) => one.id === call.number('comment_id'));
  if (!parent) throw notFound();
  const { body } = call.body(z.object({ body: z.string().min(1) }));
  const { path, line, startLine: start_line, side } = parent;
  const comment = await addComment(
    call,
    issue,
    { path, body, line, start_line, side },
    null,
    parent.inReplyToId ?? parent.id,
  );
  publishComment(call, issue, comment);
  return created(reviewCommentShape(call.github, call.repository, issue, comment));
}

function findReview(call: Call): Review {
  const review = call.pull().pull.reviews.find((one) => one.id === call.number('review_id'));
  if (!review) throw notFound();
  return review;
}

const listComments = (call: Call, comments: readonly ReviewComment[]) => {
  const issue = call.pull();
  return listed(call, comments, (comment) => reviewCommentShape(call.github, call.repository, issue, comment));
};

export const reviewEndpoints: Endpoints = {
  [`GET ${r}/reviews`]: (call) => {
    const issue = call.pull();
    return listed(call, issue.pull.reviews, (review) => reviewShape(call.github, call.repository, issue, review));
  },
  [`POST ${r}/reviews`]: createReview,
  [`GET ${r}/reviews/{review_id}`]: (call) =>
    ok(reviewShape(call.github, call.repository, call.pull(), findReview(call))),
  [`GET ${r}/reviews/{review_id}/comments`]: (call) => {
    const { id } = findReview(call);
    return listComments(
      call,
      call.pull().pull.reviewComments.filter((comment) => comment.reviewId === id),
    );
  },
  [`PUT ${r}/reviews/{review_id}/dismissals`]: (call) => {
    const review = findReview(call);
    review.state = 'DISMISSED';
    publishReview(call, call.pull(), review, 'dismissed');
    return ok(reviewShape(call.github, call.repository, call.pull(), review));
  },
  [`GET ${r}/comments`]: (call) => listComments(call, call.pull().pull.reviewComments),
  [`POST ${r}/comments`]: createComment,
  [`POST ${r}/comments/{comment_id}/replies`]: reply,
};
