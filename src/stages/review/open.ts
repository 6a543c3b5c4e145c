// Step: releases what was proven, the same tree without the quarantine, and opens the pull request with the report.

import { forbidLabel, pullLabel } from '../../config/labels.ts';
import { SelfHealError } from '../../errors.ts';
import type { Attempt, Branch, Evidence, Review, Validation } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import { mayBeShown } from '../../incident/pull-request.ts';
import type { GitHubDesk, NewCheckRun, Standing } from '../../ports.ts';
import { commitMessage } from '../../text/commit-message.ts';
import { markdown, title, titleText } from '../../text/outbound.ts';
import { autoMerged } from './auto-merging.ts';
import { incidentReport, proofTable } from './incident-report.ts';
import { movedGround } from './moved-ground.ts';
import { type Caution, cautionFor, cautionSaid, mayRun } from './quarantine.ts';
import { replyToReview } from './reply-to-review.ts';
import { provenAnswer } from './review-answer.ts';
import { shownInReport } from './what-was-read.ts';
import { wouldHaveOpened } from './would-have-opened.ts';

export const proofCheck = title`Self-Heal proof`;

export async function open(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { evidence, patch, branch, validation, review, trigger } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !attempt || !branch || !mayBeShown(validation)) throw new TypeError('open without a proof');
  if (desk.policy.mode === 'shadow') {
    const caution = cautionFor(incident, desk.policy.release, await outsider(incident, desk));
    return stop('shadowed', wouldHaveOpened(caution, attempt, validation));
  }

  const issueNumber = trigger.kind === 'issue' ? trigger.number : undefined;
  const { head, issue } = await desk.github.standing(evidence.baseBranch, issueNumber);
  const withdrawn = issueNumber === undefined ? undefined : withdrawal(issueNumber, issue);
  if (withdrawn) return stop('disabled', withdrawn);
  const moved = review ? undefined : await moves(evidence, attempt, { head, branch: branch.name }, desk);
  if (moved) return moved;

  const caution = cautionFor(incident, desk.policy.release, await outsider(incident, desk));
  const isReleased = mayRun(caution, review, branch.candidateSha);
  const released = isReleased ? await release(incident, branch, evidence.baseSha, attempt.subject, desk) : undefined;
  const sha = released?.sha ?? branch.candidateSha;
  const check = checkOf(incident, validation, attempt.number, sha);
  const pullTitle = titleText(`[self-heal] ${attempt.subject}`);
  const isProven = validation.verdict === 'proven';
  const body = incidentReport(incident, cautionSaid(caution, isReleased));
  const quarantine = quarantineFor(caution, isReleased, desk);
  // Nobody knows of a branch without a pull request, so that one is moved as the pull request opens.
  const isMovedAlong = released?.isInPlace === false && !review && !desk.resumed;
  if (released && !released.isInPlace && !isMovedAlong) {
    const guard = desk.resumed ? ('ours' as const) : { expectedSha: branch.candidateSha };
    await desk.github.setBranch(branch.name, sha, guard);
  }
  if (review) {
    await desk.github.checkRun(check);
    await desk.github.updatePull(review.pullNumber, { title: pullTitle, body });
    const answered = await answeredRound(incident, { attempt, validation, review, sha }, desk);
    const papers = { ...shownInReport(incident), review: { ...answered, ...quarantine } };
    return { kind: 'done', said: updatedSaid(review, branch), papers };
  }
  const wanted = { title: pullTitle, body, head: branch.name, base: evidence.baseBranch, draft: caution.draft };
  const move = isMovedAlong ? { sha, expectedSha: branch.candidateSha } : undefined;
  const pull = await desk.github.openPull(wanted, check, move);
  await desk.github.addLabels(pull.number, [pullLabel]);
  if (trigger.kind === 'issue')
    await desk.github.comment(
      trigger.number,
      incident.id,
      markdown`Self-Heal proposes a fix, ${isProven ? 'proven in the sandbox' : 'of which the sandbox proved only a part'}: #${pull.number}`,
      evidence.commentUrl === undefined ? undefined : { url: evidence.commentUrl },
    );
  const merging = await autoMerged(incident, { pull, held: caution.held }, desk);
  return {
    kind: 'done',
    said: `Opened ${pull.url}${merging ? `. ${merging.said}` : ''}`,
    papers: {
      ...shownInReport(incident),
      review: {
        pullNumber: pull.number,
        url: pull.url,
        headSha: sha,
        openedAt: desk.now.toISOString(),
        draft: pull.draft,
        answered: [],
        ...quarantine,
        ...merging?.papers,
      },
    },
  };
}

/** Who wrote the issue, if GitHub says that they may not write here; the one who set the label was asked about before. */
async function outsider({ caseFile: { trigger } }: Incident, desk: GitHubDesk): Promise<string | undefined> {
  if (trigger.kind !== 'issue' || trigger.author === trigger.labelledBy) return undefined;
  const may = await desk.github.permission(trigger.author);
  return may === 'admin' || may === 'write' ? undefined : trigger.author;
}

const quarantineFor = ({ held }: Caution, isReleased: boolean, { now }: GitHubDesk): Pick<Review, 'quarantine'> =>
  isReleased ? {} : { quarantine: { why: held, since: now.toISOString() } };

function updatedSaid({ approval, pullNumber }: Review, { candidateSha }: Branch): string {
  return approval?.candidateSha === candidateSha
    ? `Pull request #${pullNumber} is out of quarantine: ${approval.by} approved it.`
    : `Pull request #${pullNumber} has a new attempt, proven again.`;
}

/** Whoever asked for this attempt is told what came of it, where they asked. */
async function answeredRound(
  incident: Incident,
  proven: { attempt: Attempt; validation: Validation; review: Review; sha: string },
  desk: GitHubDesk,
): Promise<Review> {
  const { attempt, validation, review, sha } = proven;
  const { round, quarantine: _, ...rest } = review;
  const answer = provenAnswer(attempt, validation, review, sha);
  if (round) await replyToReview(incident, review, round, answer, desk);
  return { ...rest, headSha: sha, activeAt: desk.now.toISOString() };
}

const checkOf = (incident: Incident, validation: Validation, attempt: number, headSha: string): NewCheckRun => ({
  name: proofCheck,
  headSha,
  conclusion: validation.verdict === 'proven' ? 'success' : 'neutral',
  title:
    validation.verdict === 'proven'
      ? title`Red without this change, green with it`
      : title`Partly proven: a run is missing`,
  summary: proofTable(validation),
  detailsUrl: validation.runUrl,
  externalId: `${incident.id}-${attempt}`,
});

/** People may have changed their mind while the tests ran. */
function withdrawal(issueNumber: number, issue: Standing['issue']): string | undefined {
  if (issue?.state !== 'open') return `Issue #${issueNumber} was closed meanwhile.`;
  return issue.labels.includes(forbidLabel)
    ? `Issue #${issueNumber} was labelled ${forbidLabel} meanwhile.`
    : undefined;
}

/** Nobody has seen it yet, so it can still be made for what the branch is by now. */
async function moves(
  evidence: Evidence,
  attempt: Attempt,
  { head, branch }: { head: string | undefined; branch: string },
  { github, resumed }: GitHubDesk,
): Promise<Outcome | undefined> {
  const { baseBranch, baseSha } = evidence;
  if (head === undefined) return stop('base-moved', `The branch ${baseBranch} is gone.`);
  if (head === baseSha) return undefined;
  const why = movedGround(await github.compare(baseSha, head), evidence, attempt);
  if (why === undefined || (resumed && (await github.pullOfBranch(branch)))) return undefined;
  const said = `${baseBranch} moved on to ${head.slice(0, 7)} while the tests ran, and ${why}.`;
  return { kind: 'back', said, papers: {} };
}

/** What was validated is what is proposed: a tree that differs by one byte is a defect, not a pull request. */
async function release(
  incident: Incident,
  branch: Branch,
  baseSha: string,
  subject: string,
  desk: GitHubDesk,
): Promise<{ sha: string; isInPlace: boolean }> {
  const released = desk.resumed ? await releasedBefore(branch, baseSha, desk) : undefined;
  if (released) return { sha: released, isInPlace: true };
  const commit = await desk.github.createCommit({
    message: commitMessage(incident, subject),
    parentSha: baseSha,
    tree: { sha: branch.treeSha },
  });
  if (commit.treeSha !== branch.treeSha)
    throw new SelfHealError(
      'defect',
      `the released tree ${commit.treeSha} is not the validated tree ${branch.treeSha}`,
    );
  return { sha: commit.sha, isInPlace: false };
}

/** A second commit of the same tree would start the pull request's checks anew. */
async function releasedBefore(branch: Branch, baseSha: string, desk: GitHubDesk): Promise<string | undefined> {
  const head = await desk.github.branchHead(branch.name);
  if (!head || head === branch.candidateSha) return undefined;
  const commit = await desk.github.commit(head);
  return commit?.treeSha === branch.treeSha && commit.parents[0] === baseSha ? head : undefined;
}
