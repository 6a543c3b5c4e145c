// Endpoints of reviews and of comments on the diff.
import { z } from 'zod';
import { type Call, created, type Endpoints, ok } from '../call.ts';
import { notFound, unprocessable, validationFailed } from '../errors.ts';
import { diffFiles } from '../git/diffs.ts';
import { pullBase } from '../git/merge.ts';
import type { PullIssue, Review, ReviewComment, ReviewState } from '../issue.ts';
import { listed } from '../pagination.ts';
import { hunkUpTo } from '../review-comment-places.ts';
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

interface Place extends Pick<ReviewComment, 'path' | 'line' | 'startLine' | 'side' | 'diffHunk'> {}

/** GitHub takes comments on lines that the diff shows, or on the file as a whole. */
async function placeOf(call: Call, issue: PullIssue, given: z.infer<typeof Position>): Promise<Place> {
  const directory = call.repository.gitDirectory;
  const files = await diffFiles(directory, await pullBase(directory, issue.pull), issue.pull.headSha);
  const patch = files.find(({ path }) => path === given.path)?.patch;
  if (patch === undefined)
    throw unprocessable('Validation Failed: pull_request_review_thread.path is not part of the pull request');
  const { path, side } = given;
  const line = given.subject_type === 'file' ? null : (given.line ?? given.position ?? null);
  if (line === null) return { path, side, line, startLine: null, diffHunk: patch ?? '' };
  const diffHunk = hunkUpTo(patch ?? '', side, line);
  if (diffHunk === undefined)
    throw unprocessable('Validation Failed: pull_request_review_thread.line must be part of the diff');
  return { path, side, line, startLine: given.start_line ?? null, diffHunk };
}

type CommentOrigin = Pick<ReviewComment, 'reviewId' | 'inReplyToId' | 'body'>;

function addComment(call: Call, issue: PullIssue, place: Place, origin: CommentOrigin): ReviewComment {
  const at = call.github.now();
  const { headSha } = issue.pull;
  const comment: ReviewComment = {
    ...{ id: call.github.nextId(), author: call.actor, viaApp: call.viaApp, createdAt: at, updatedAt: at },
    ...origin,
    ...place,
    ...{ commitSha: headSha, originalCommitSha: headSha, originalLine: place.line, originalStartLine: place.startLine },
    reactions: [],
  };
  issue.pull.reviewComments.push(comment);
  return comment;
}

function addReview(call: Call, issue: PullIssue, review: Omit<Review, 'id' | 'author'>): Review {
  const added = { id: call.github.nextId(), author: call.actor, ...review };
  issue.pull.reviews.push(added);
  issue.updatedAt = call.github.now();
  return added;
}

/** A comment by itself, and every reply, comes with a review that says nothing else. */
function commentAlone(
  call: Call,
  issue: PullIssue,
  place: Place,
  said: Omit<CommentOrigin, 'reviewId'>,
): ReviewComment {
  const { headSha: commitSha } = issue.pull;
  const review = addReview(call, issue, { body: '', state: 'COMMENTED', commitSha, submittedAt: call.github.now() });
  const comment = addComment(call, issue, place, { ...said, reviewId: review.id });
  publishReview(call, issue, review, 'submitted');
  publishComment(call, issue, comment);
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
  const places: { place: Place; said: string }[] = [];
  for (const given of body.comments) places.push({ place: await placeOf(call, issue, given), said: given.body });
  const review = addReview(call, issue, {
    body: body.body,
    state: body.event ? (states[body.event] ?? 'COMMENTED') : 'PENDING',
    commitSha: body.commit_id ?? issue.pull.headSha,
    submittedAt: body.event ? github.now() : null,
  });
  issue.pull.requestedReviewers = issue.pull.requestedReviewers.filter((one) => one !== actor);
  const comments = places.map(({ place, said }) =>
    addComment(call, issue, place, { body: said, reviewId: review.id, inReplyToId: null }),
  );
  if (body.event) publishReview(call, issue, review, 'submitted');
  for (const comment of comments) publishComment(call, issue, comment);
  return ok(reviewShape(github, repository, issue, review));
}

async function createComment(call: Call) {
  const issue = call.pull();
  const { in_reply_to: inReplyTo, ...given } = call.body(NewComment);
  const parent = inReplyTo === undefined ? undefined : threadOf(issue, inReplyTo);
  const said = { body: given.body, inReplyToId: parent?.id ?? null };
  const comment = commentAlone(call, issue, parent ?? (await placeOf(call, issue, given)), said);
  return created(reviewCommentShape(call.github, call.repository, issue, comment));
}

/** "Replies to replies are not supported." */
function threadOf(issue: PullIssue, commentId: number): ReviewComment {
  const parent = issue.pull.reviewComments.find((one) => one.id === commentId);
  if (!parent) throw notFound();
  if (parent.inReplyToId !== null) throw unprocessable('Replies to replies are not supported');
  return parent;
}

function reply(call: Call) {
  const issue = call.pull();
  const { id: inReplyToId, path, line, startLine, side, diffHunk } = threadOf(issue, call.number('comment_id'));
  const { body } = call.body(z.object({ body: z.string().min(1) }));
  const comment = commentAlone(call, issue, { path, line, startLine, side, diffHunk }, { body, inReplyToId });
  return created(reviewCommentShape(call.github, call.repository, issue, comment));
}

function findReview(call: Call): Review {
  const review = call.pull().pull.reviews.find((one) => one.id === call.number('review_id'));
  if (!review) throw notFound();
  return review;
}

const listComments = (call: Call, comments: readonly ReviewComment[]) => {
  const issue = call.pull();
  const direction = call.query('direction');
  const by = call.query('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const since = call.query('since');
  const wanted = comments.filter(({ updatedAt }) => !since || updatedAt >= since);
  // Without a sort they come in the order of their ids.
  const sorted = call.query('sort')
    ? wanted.toSorted((a, b) => (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : a.id - b.id))
    : wanted;
  const listing = call.query('sort') && direction === 'desc' ? sorted.toReversed() : sorted;
  return listed(call, listing, (comment) => reviewCommentShape(call.github, call.repository, issue, comment));
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
