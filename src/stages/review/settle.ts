// Step: waits for people: a merge, a refusal, or something that they ask for; and tells them when nothing came of that.

import type { CaseFile, Review, ReviewRound } from '../../incident/case-file.ts';
import { fullName, type Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import { mayBeShown } from '../../incident/pull-request.ts';
import type { GitHubDesk, PullSummary, ReviewSummary } from '../../ports.ts';
import { markdown } from '../../text/outbound.ts';
import { tainted } from '../../text/taint.ts';
import { approvals } from './approval.ts';
import { autoMergeTakenBack } from './auto-merging.ts';
import { replyToReview, sayItIsTheirs } from './reply-to-review.ts';
import { failedAnswer, pushedAnswer, spentAnswer } from './review-answer.ts';
import { feedbackOf, ofWriters, type ReviewAsk, reviewAsks } from './review-asks.ts';

const checkMs = 6 * 3_600_000;
const dayMs = 24 * 3_600_000;
const attemptsPerRound = 2;

export async function settle(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { review: found } = incident.caseFile;
  if (!found) throw new TypeError('settle without a pull request');
  if (found.round?.failed) return standing(incident, found, found.round, desk);
  // After a round people may have said more meanwhile; when the pull request was only just opened they have not.
  if (incident.state !== 'waiting' && !found.rounds && !found.autoMerge) return waiting(found, desk);
  const pull = await desk.github.pull(found.pullNumber);
  if (!pull) return stop('rejected', `Pull request #${found.pullNumber} is gone.`);
  if (pull.merged) return merged(incident, found, pull, desk);
  if (pull.state === 'closed')
    return stop('rejected', `${pull.closedBy ?? 'Somebody'} closed pull request #${pull.number} without merging it.`);

  const said = await desk.github.reviews(found.pullNumber);
  const asks = await ofWriters(reviewAsks(found, said), (login) => desk.github.permission(login));
  const review = await autoMergeTakenBack(incident, found, { pull, changesAsked: asks.length > 0 }, desk);
  if (asks.length > 0) return takenUp(incident, review, asks, { pull, desk });
  const released = await releasedBy(incident, review, { pull, reviews: said.reviews, desk });
  if (released) return released;
  if (desk.now >= deadline(review, desk))
    return stop('no-answer', `Nobody reviewed pull request #${pull.number} within ${desk.policy['review-days']} days.`);
  return { ...waiting(review, desk), papers: { review } };
}

/** In quarantine: somebody who may has approved this very commit, or said `/heal release`. */
async function releasedBy(
  incident: Incident,
  review: Review,
  { pull, reviews, desk }: { pull: PullSummary; reviews: readonly ReviewSummary[]; desk: GitHubDesk },
): Promise<Outcome | undefined> {
  const { quarantine, headSha } = review;
  if (!quarantine || desk.policy.release === 'never' || pull.headSha !== headSha) return undefined;
  const comments = await desk.github.comments(review.pullNumber, new Date(quarantine.since));
  const { by, refused } = await approvals(review, { reviews, comments }, (login) => desk.github.permission(login));
  if (by !== undefined) {
    const said = `${by} lets pull request #${review.pullNumber} out of quarantine.`;
    return { kind: 'back', said, papers: { review: { ...review, approval: { by, candidateSha: headSha } } } };
  }
  if (refused.length > 0) {
    const body = markdown`It takes write access here to let this pull request out of quarantine, which ${refused.join(', ')} ${refused.length === 1 ? 'has' : 'have'} not.`;
    await desk.github.comment(review.pullNumber, `${incident.id}/release`, body);
  }
  return undefined;
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

async function takenUp(
  incident: Incident,
  review: Review,
  asks: readonly ReviewAsk[],
  { pull, desk }: { pull: PullSummary; desk: GitHubDesk },
): Promise<Outcome> {
  const { branch, validation, taint = [] } = incident.caseFile;
  const rounds = review.rounds ?? 0;
  const noted: Review = {
    ...review,
    answered: [...review.answered, ...idsOf(asks, 'review')],
    answeredComments: [...(review.answeredComments ?? []), ...idsOf(asks, 'comment')],
  };
  // An answer that lags behind may still show the commit in quarantine.
  const isOurs = [review.headSha, branch?.candidateSha].includes(pull.headSha);
  if (!isOurs || rounds >= desk.policy['review-rounds']) {
    await sayItIsTheirs(incident, review, placesOf(asks), isOurs ? spentAnswer(rounds) : pushedAnswer, desk);
    const answered = { ...noted, activeAt: desk.now.toISOString() };
    return { ...waiting(answered, desk), papers: { review: answered } };
  }
  if (!branch || !mayBeShown(validation)) throw new TypeError('settle without what was proven');
  const feedback = await feedbackOf(asks);
  const standing = { branch, validation };
  const round: ReviewRound = {
    ...placesOf(asks),
    ...{ feedback, standing, lastAttempt: incident.attempt + attemptsPerRound },
  };
  const read = await Promise.all(asks.map(readOf));
  return {
    kind: 'again',
    feedback,
    papers: {
      review: { ...noted, rounds: rounds + 1, round },
      taint: [...taint, ...read],
      // Other replies to the question as it was before answer nobody's review.
      candidates: [],
    },
  };
}

const idsOf = (asks: readonly ReviewAsk[], kind: ReviewAsk['kind']): number[] =>
  asks.filter((one) => one.kind === kind).map(({ id }) => id);

/** A review with comments on lines is answered there. */
function placesOf(asks: readonly ReviewAsk[]): Pick<ReviewRound, 'threads' | 'onPull'> {
  const comments = asks.flatMap((one) => (one.kind === 'comment' ? [one.comment] : []));
  const withComments = new Set(comments.map(({ reviewId }) => reviewId));
  return {
    threads: [...new Set(comments.map(({ threadId }) => threadId))],
    onPull: asks.some(({ kind, id }) => kind === 'review' && !withComments.has(id)),
  };
}

async function readOf(ask: ReviewAsk) {
  const text = await feedbackOf([ask]);
  return ask.kind === 'review'
    ? tainted({ source: 'review', of: String(ask.id), author: ask.author, text })
    : tainted({ source: 'comment', of: `${ask.id} on ${ask.comment.path}`, author: ask.author, text });
}

/** Nothing came of a round: people are told why, and what was proven before stands again. */
async function standing(incident: Incident, review: Review, round: ReviewRound, desk: GitHubDesk): Promise<Outcome> {
  const { failed } = round;
  if (!failed) throw new TypeError('settle with a round that is under way');
  await putBack(incident, review, desk);
  await replyToReview(incident, review, round, failedAnswer(review, failed), desk);
  const { round: _, ...rest } = review;
  const answered = { ...rest, activeAt: desk.now.toISOString() };
  return {
    ...waiting(answered, desk),
    // People may have said more meanwhile.
    checkAt: desk.now,
    said: `Nothing came of what was asked for, and pull request #${review.pullNumber} stays as it was proven.`,
    papers: { review: answered, ...round.standing, ...provenLast(incident.caseFile, round) },
  };
}

/** A branch that somebody else has moved is theirs. */
async function putBack({ caseFile }: Incident, review: Review, desk: GitHubDesk): Promise<void> {
  const { branch, review: of } = caseFile;
  if (!branch || branch.candidateSha === of?.round?.standing.branch.candidateSha) return;
  const head = await desk.github.branchHead(branch.name);
  if (head === branch.candidateSha)
    await desk.github.setBranch(branch.name, review.headSha, { expectedSha: branch.candidateSha });
}

/** The last attempt of the paper is the one that holds: a revert, for one, is made of it. */
function provenLast({ patch }: CaseFile, { standing: { validation } }: ReviewRound): Pick<CaseFile, 'patch'> {
  const proven = patch?.attempts.find(({ number }) => number === validation.attempt);
  if (!patch || !proven) return {};
  const { feedback: _, ...holds } = proven;
  return { patch: { attempts: [...patch.attempts.filter((one) => one !== proven), holds] } };
}

const deadline = (review: Review, desk: GitHubDesk): Date =>
  new Date(Date.parse(review.activeAt ?? review.openedAt) + desk.policy['review-days'] * dayMs);

const waiting = (review: Review, desk: GitHubDesk) => ({
  kind: 'wait' as const,
  waitsFor: 'people' as const,
  deadlineAt: deadline(review, desk),
  checkAt: new Date(desk.now.getTime() + checkMs),
  said: `Pull request #${review.pullNumber} waits for review.`,
  papers: {},
});
