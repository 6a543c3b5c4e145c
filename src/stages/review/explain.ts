// Step: says why there is no pull request, where people look, and takes the branch away.
import { dryRunOf } from '../../incident/case-file.ts';
import { dryRunMarker } from '../../incident/dry-run.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stopReasons } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';
import { title, titleText } from '../../text/outbound.ts';
import { dryRunAnswer } from './dry-run-answer.ts';
import { explanation, placeOf } from './explanation.ts';
import { isSilent } from './silence.ts';

export async function explain(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  await tidyBranch(incident, desk);
  const dryRun = dryRunOf(incident.caseFile);
  if (dryRun) {
    const { issueNumber, commentUrl } = dryRun;
    const marker = dryRunMarker(dryRun);
    const url = await desk.github.comment(issueNumber, marker, dryRunAnswer(incident), { url: commentUrl });
    return { kind: 'done', said: `Answered at ${url}`, papers: { explainedAt: url } };
  }
  const place = placeOf(incident);
  if (place.kind !== 'nowhere' && (await isSilent(incident, desk)))
    return { kind: 'done', said: `In shadow mode nothing is said: ${incident.stopDetail ?? ''}`, papers: {} };
  const body = explanation(incident);
  const reason = incident.stopReason ?? 'defect';
  switch (place.kind) {
    case 'nowhere':
      return { kind: 'done', said: `Nothing to say: ${stopReasons[reason]}`, papers: {} };
    case 'discussion': {
      const { trigger, evidence } = incident.caseFile;
      const acknowledged = trigger.kind === 'issue' && trigger.number === place.number && evidence?.commentUrl;
      const known = acknowledged ? { url: acknowledged } : undefined;
      const url = await desk.github.comment(place.number, incident.id, body, known);
      return { kind: 'done', said: `Explained at ${url}`, papers: { explainedAt: url } };
    }
    case 'commit': {
      const url = await desk.github.commitComment(place.sha, incident.id, body);
      return { kind: 'done', said: `Explained at ${url}`, papers: { explainedAt: url } };
    }
    case 'check': {
      await desk.github.checkRun({
        name: title`Self-Heal`,
        headSha: place.sha,
        conclusion: 'neutral',
        title: titleText(stopReasons[reason]),
        summary: body,
        externalId: incident.id,
      });
      return {
        kind: 'done',
        said: `Noted as a check on ${place.sha.slice(0, 7)}: ${incident.stopDetail ?? ''}`,
        papers: {},
      };
    }
  }
}

/** An open pull request goes back to what was proven; without one the branch has served. After a merge, or with commits of other people on it, it is theirs. */
async function tidyBranch(incident: Incident, desk: GitHubDesk): Promise<void> {
  const { branch, review } = incident.caseFile;
  if (!branch || review?.mergedAt) return;
  // Nobody would watch what is merged after this.
  if (review?.autoMerge && review.autoMerge.off === undefined) await desk.github.disableAutoMerge(review.pullNumber);
  if (!review) return desk.github.deleteBranch(branch.name);
  const head = await desk.github.branchHead(branch.name);
  if (incident.stopReason === 'rejected') {
    if (head === branch.candidateSha || head === review.headSha) await desk.github.deleteBranch(branch.name);
  } else if (head === branch.candidateSha && head !== review.headSha)
    await desk.github.setBranch(branch.name, review.headSha, { expectedSha: head });
}
