// Step: waits for people: a merge, a refusal, or changes that they ask for.

import type { Review } from '../../incident/case-file.ts';
import { fullName, type Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk, PullSummary, ReviewSummary } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { tainted } from '../../text/taint.ts';
import { cleaned, clipped } from '../../text/untrusted.ts';

const checkMs = 6 * 3_600_000;
const dayMs = 24 * 3_600_000;

export async function settle(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { review } = incident.caseFile;
  if (!review) throw new TypeError('settle without a pull request');
  if (incident.state !== 'waiting') return waiting(review, desk);
  const pull = await desk.github.pull(review.pullNumber);
  if (!pull) return stop('rejected', `Pull request #${review.pullNumber} is gone.`);
  if (pull.merged) return merged(incident, review, pull, desk);
  if (pull.state === 'closed')
    return stop('rejected', `${pull.closedBy ?? 'Somebody'} closed pull request #${pull.number} without merging it.`);

  const asked = await askedFor(review, await desk.github.reviews(review.pullNumber), desk);
  if (asked.length > 0) {
    const papers = { review: { ...review, answered: [...review.answered, ...asked.map((one) => one.id)] } };
    const feedback = await words(asked);
    const of = asked.map(({ id }) => id).join(', ');
    const read = tainted({ source: 'review', of, author: asked[0]?.author, text: feedback });
    return { kind: 'again', feedback, papers: { ...papers, taint: [...(incident.caseFile.taint ?? []), read] } };
  }
  if (desk.now >= deadline(review, desk))
    return stop('no-answer', `Nobody reviewed pull request #${pull.number} within ${desk.policy['review-days']} days.`);
  return waiting(review, desk);
}

async function merged(incident: Incident, review: Review, pull: PullSummary, desk: GitHubDesk): Promise<Outcome> {
  const mergedAt = pull.mergedAt ?? desk.now;
  const before = pull.mergedSha ? (await desk.github.commit(pull.mergedSha))?.parents[0] : undefined;
  if (before) await desk.github.setTag(`self-heal/before/${incident.id}`, before);
  return {
    kind: 'done',
    said: `Pull request #${pull.number} of ${fullName(incident.repository)} was merged.`,
    papers: {
      review: { ...review, ...(pull.mergedSha ? { mergedSha: pull.mergedSha } : {}), mergedAt: mergedAt.toISOString() },
    },
  };
}

/** Only people who may write here steer the bot; a comment asks for nothing, "changes requested" does until its author decides otherwise. */
async function askedFor(review: Review, reviews: readonly ReviewSummary[], desk: GitHubDesk): Promise<ReviewSummary[]> {
  const decisions = new Map(reviews.filter(isDecision).map((one) => [one.author, one.state]));
  const open = reviews.filter(
    (one) =>
      one.state === 'CHANGES_REQUESTED' &&
      decisions.get(one.author) === 'CHANGES_REQUESTED' &&
      !one.authorIsBot &&
      !review.answered.includes(one.id) &&
      one.commitSha === review.headSha,
  );
  const writers = new Set<string>();
  for (const author of new Set(open.map((one) => one.author))) {
    const permission = await desk.github.permission(author);
    if (permission === 'admin' || permission === 'write') writers.add(author);
  }
  return open.filter((one) => writers.has(one.author));
}

const isDecision = ({ state }: ReviewSummary): boolean => state === 'APPROVED' || state === 'CHANGES_REQUESTED';

async function words(reviews: readonly ReviewSummary[]): Promise<string> {
  const said = reviews.map(
    (review) => `${review.author} asked for changes: ${[review.body, ...review.remarks].filter(Boolean).join('\n')}`,
  );
  return clipped(await redact(cleaned(said.join('\n\n'))), 4_000);
}

const deadline = (review: Review, desk: GitHubDesk): Date =>
  new Date(Date.parse(review.openedAt) + desk.policy['review-days'] * dayMs);

const waiting = (review: Review, desk: GitHubDesk): Outcome => ({
  kind: 'wait',
  waitsFor: 'people',
  deadlineAt: deadline(review, desk),
  checkAt: new Date(desk.now.getTime() + checkMs),
  said: `Pull request #${review.pullNumber} waits for review.`,
  papers: {},
});
