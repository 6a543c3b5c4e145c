// Step: releases what was proven, the same tree without the quarantine, and opens the pull request with the report.

import { forbidLabel, pullLabel } from '../../config/labels.ts';
import { SelfHealError } from '../../errors.ts';
import type { Attempt, Branch, Review, Validation } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk, NewCheckRun } from '../../ports.ts';
import { commitMessage } from '../../text/commit-message.ts';
import { titleText } from '../../text/outbound.ts';
import { incidentReport, proofTable } from './incident-report.ts';
import { type Caution, cautionFor, cautionSaid, mayRun } from './quarantine.ts';
import { replyToReview } from './reply-to-review.ts';
import { provenAnswer } from './review-answer.ts';
import { shownInReport } from './what-was-read.ts';

export const proofCheck = 'Self-Heal proof';

export async function open(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { evidence, patch, branch, validation, review, trigger } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !attempt || !branch || validation?.verdict !== 'proven') throw new TypeError('open without a proof');

  const withdrawn = trigger.kind === 'issue' ? await withdrawal(trigger.number, desk) : undefined;
  if (withdrawn) return stop('disabled', withdrawn);

  const caution = cautionFor(incident, desk.policy.release, await outsider(incident, desk));
  const isReleased = mayRun(caution, review, branch.candidateSha);
  const sha = isReleased
    ? await release(incident, branch, evidence.baseSha, attempt.subject, desk)
    : branch.candidateSha;
  const check = checkOf(incident, validation, attempt.number, sha);
  const title = titleText(`[self-heal] ${attempt.subject}`);
  const body = incidentReport(incident, cautionSaid(caution, isReleased));
  const quarantine = quarantineFor(caution, isReleased, desk);
  if (review) {
    await desk.github.checkRun(check);
    await desk.github.updatePull(review.pullNumber, { title, body });
    const answered = await answeredRound(incident, { attempt, validation, review, sha }, desk);
    const papers = { ...shownInReport(incident), review: { ...answered, ...quarantine } };
    return { kind: 'done', said: updatedSaid(review, branch), papers };
  }
  const wanted = { title, body, head: branch.name, base: evidence.baseBranch, draft: caution.draft };
  const pull = await desk.github.openPull(wanted, check);
  await desk.github.addLabels(pull.number, [pullLabel]);
  if (trigger.kind === 'issue')
    await desk.github.comment(
      trigger.number,
      incident.id,
      `Self-Heal proposes a fix, proven in the sandbox: #${pull.number}`,
      evidence.commentUrl === undefined ? undefined : { url: evidence.commentUrl },
    );
  return {
    kind: 'done',
    said: `Opened ${pull.url}`,
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
  conclusion: 'success',
  title: 'Red without this change, green with it',
  summary: proofTable(validation),
  detailsUrl: validation.runUrl,
  externalId: `${incident.id}-${attempt}`,
});

/** People may have changed their mind while the tests ran. */
async function withdrawal(issueNumber: number, desk: GitHubDesk): Promise<string | undefined> {
  const issue = await desk.github.issue(issueNumber);
  if (issue?.state !== 'open') return `Issue #${issueNumber} was closed meanwhile.`;
  return issue.labels.includes(forbidLabel)
    ? `Issue #${issueNumber} was labelled ${forbidLabel} meanwhile.`
    : undefined;
}

/** What was validated is what is proposed: a tree that differs by one byte is a defect, not a pull request. */
async function release(
  incident: Incident,
  branch: Branch,
  baseSha: string,
  subject: string,
  desk: GitHubDesk,
): Promise<string> {
  const released = desk.resumed ? await releasedBefore(branch, baseSha, desk) : undefined;
  if (released) return released;
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
  const guard = desk.resumed ? ('ours' as const) : { expectedSha: branch.candidateSha };
  await desk.github.setBranch(branch.name, commit.sha, guard);
  return commit.sha;
}

/** A second commit of the same tree would start the pull request's checks anew. */
async function releasedBefore(branch: Branch, baseSha: string, desk: GitHubDesk): Promise<string | undefined> {
  const head = await desk.github.branchHead(branch.name);
  if (!head || head === branch.candidateSha) return undefined;
  const commit = await desk.github.commit(head);
  return commit?.treeSha === branch.treeSha && commit.parents[0] === baseSha ? head : undefined;
}
