// A pull request's reviews and comments on lines → what reviewers ask for that was not taken up yet, and its words for the model.
import type { Review } from '../../incident/case-file.ts';
import type { ReviewCommentSummary, ReviewSummary } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { cleaned, clipped, withoutInvisible } from '../../text/untrusted.ts';

export type ReviewAsk =
  | { kind: 'review'; id: number; author: string; review: ReviewSummary }
  | { kind: 'comment'; id: number; author: string; comment: ReviewCommentSummary; first?: ReviewCommentSummary };

interface Said {
  reviews: readonly ReviewSummary[];
  comments: readonly ReviewCommentSummary[];
}

/** Taken up in one round; what is beyond waits for the next one. */
const mostAsks = 20;

/**
 * "Changes requested" asks until its author decides otherwise, and so does every comment on a line. The words of a plain
 * comment ask for nothing: too many of them only say "nice".
 */
export function reviewAsks(review: Review, { reviews, comments }: Said): ReviewAsk[] {
  const decisions = new Map(reviews.filter(isDecision).map((one) => [one.author, one.state]));
  const asked = reviews.filter(
    (one) =>
      one.state === 'CHANGES_REQUESTED' &&
      decisions.get(one.author) === 'CHANGES_REQUESTED' &&
      !one.authorIsBot &&
      !review.answered.includes(one.id),
  );
  const answered = new Set(review.answeredComments);
  const withdrawn = withdrawnReviews(reviews);
  const remarks = comments.filter(
    (one) => !one.authorIsBot && !answered.has(one.id) && !withdrawn.has(one.reviewId ?? 0),
  );
  const ofReviews = asked.map((one): ReviewAsk => ({ kind: 'review', id: one.id, author: one.author, review: one }));
  const onLines = remarks.map((comment): ReviewAsk => {
    const first = comments.find(({ id }) => id === comment.threadId && id !== comment.id);
    return { kind: 'comment', id: comment.id, author: comment.author, comment, ...(first ? { first } : {}) };
  });
  return [...ofReviews, ...onLines];
}

const isDecision = ({ state }: ReviewSummary): boolean => state === 'APPROVED' || state === 'CHANGES_REQUESTED';

/** Dismissed, or followed by an approval of the same person. */
function withdrawnReviews(reviews: readonly ReviewSummary[]): Set<number> {
  const approvedAt = new Map(
    reviews
      .map((one, i) => [one, i] as const)
      .filter(([one]) => one.state === 'APPROVED')
      .map(([one, i]) => [one.author, i]),
  );
  const gone = reviews.filter((one, i) => one.state === 'DISMISSED' || i < (approvedAt.get(one.author) ?? -1));
  return new Set(gone.map(({ id }) => id));
}

/** Only people who may write here steer the bot: GitHub is asked, at most so many people at a time. */
export async function ofWriters(
  asks: readonly ReviewAsk[],
  permission: (login: string) => Promise<'admin' | 'write' | 'read' | 'none'>,
): Promise<ReviewAsk[]> {
  const writers = new Set<string>();
  for (const author of [...new Set(asks.map((one) => one.author))].slice(-mostAsks)) {
    const may = await permission(author);
    if (may === 'admin' || may === 'write') writers.add(author);
  }
  return asks
    .filter((one) => writers.has(one.author))
    .slice(0, mostAsks)
    .map((one) => (one.kind === 'comment' && one.first && !writers.has(one.first.author) ? withoutFirst(one) : one));
}

/** Whoever may not write here is not quoted by somebody else's answer either. */
const withoutFirst = ({ first: _, ...ask }: Extract<ReviewAsk, { kind: 'comment' }>): ReviewAsk => ask;

const mostCharacters = 4_000;

export async function feedbackOf(asks: readonly ReviewAsk[]): Promise<string> {
  const share = Math.max(200, Math.floor(mostCharacters / asks.length) - 4);
  const words = await Promise.all(asks.map(async (one) => clipped(await redact(wordsOf(one)), share)));
  return clipped(words.join('\n\n'), mostCharacters);
}

function wordsOf(ask: ReviewAsk): string {
  if (ask.kind === 'review') return `${ask.author} asked for changes: ${cleaned(ask.review.body)}`.trim();
  const { comment, first } = ask;
  return [
    `${ask.author} commented on ${placeOf(comment)}`,
    ...quotedLines(comment).map((line) => `> ${line}`),
    ...(first ? [`(after ${first.author} had said: ${clipped(cleaned(first.body), 400)})`] : []),
    cleaned(comment.body),
  ].join('\n');
}

function placeOf({ path, line, startLine }: ReviewCommentSummary): string {
  const place = withoutInvisible(path);
  if (line === null) return place;
  return startLine === null || startLine === line ? `${place}:${line}` : `${place}:${startLine}-${line}`;
}

const mostQuotedLines = 8;

/** The hunk ends with the line that the comment is on. */
function quotedLines({ diffHunk, line, startLine }: ReviewCommentSummary): string[] {
  if (line === null) return [];
  const count = Math.min(mostQuotedLines, Math.max(1, line - (startLine ?? line) + 1));
  const lines = withoutInvisible(diffHunk).split('\n');
  return lines
    .slice(-count)
    .filter((text) => !text.startsWith('@@'))
    .map((text) => text.slice(0, 300));
}
