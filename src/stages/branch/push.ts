// Step: commits the patch on top of the base, in quarantine: no workflow of the repository starts for it.

import type { Attempt, Evidence } from '../../incident/case-file.ts';
import type { Exposure } from '../../incident/exposure.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import { mayBeShown } from '../../incident/pull-request.ts';
import type { GitHubDesk } from '../../ports.ts';
import { commitMessage, quarantined } from '../../text/commit-message.ts';
import { meets } from '../../workflows/exposure.ts';
import { branchName } from './branch-name.ts';

export async function push(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { evidence, patch, branch } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !attempt) throw new TypeError('push without a patch');
  if (!evidence.hasSandboxWorkflow)
    return stop('no-workflow', 'Without the sandbox workflow nothing can be proven, so nothing is pushed.');

  const name = branch?.name ?? branchName(incident.id, attempt.subject);
  const met = beyondQuarantine(evidence, name, attempt);
  if (met) return stop('exposed', exposedSaid(met));
  const candidate = await desk.github.createCommit({
    message: quarantined(commitMessage(incident, attempt.subject)),
    parentSha: evidence.baseSha,
    tree: {
      baseSha: evidence.baseTreeSha,
      files: attempt.files.map(({ path, mode, after }) => ({ path, mode, text: after })),
    },
  });
  await desk.github.setBranch(name, candidate.sha, guard(incident, desk));
  return {
    kind: 'done',
    said: `Pushed ${candidate.sha.slice(0, 7)} to ${name}, in quarantine.`,
    papers: { branch: { name, candidateSha: candidate.sha, treeSha: candidate.treeSha, attempt: attempt.number } },
  };
}

/** Those that neither the trailer nor the approval keeps from running it: as soon as it is pushed, or the pull request opens. */
function beyondQuarantine(evidence: Evidence, branch: string, { files }: Attempt): Exposure | undefined {
  const paths = files.map(({ path }) => path);
  const reached = (evidence.exposures ?? []).filter(({ when }) => when === 'pushed' || when === 'opened');
  return reached.find((one) => meets(one, { branch, paths }));
}

function exposedSaid({ workflow, event, when, why }: Exposure): string {
  const at = when === 'pushed' ? 'as soon as the change is pushed' : 'as soon as the pull request opens';
  return `${workflow} would run ${at} (on: ${event}), and it ${why.join('; ')}. So nothing is pushed. Let it run only for what people pushed, or without that.`;
}

/** Until a pull request is open nobody else has a reason to stand on this branch; afterwards somebody may. */
function guard({ caseFile }: Incident, desk: GitHubDesk): { expectedSha: string } | 'ours' {
  const { branch, review, validation } = caseFile;
  if (!review || !branch || desk.resumed) return 'ours';
  const wasReleased = mayBeShown(validation) && validation.attempt === branch.attempt;
  return { expectedSha: wasReleased ? review.headSha : branch.candidateSha };
}
