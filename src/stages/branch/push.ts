// Step: commits the patch on top of the base, in quarantine: no workflow of the repository starts for it.

import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';
import { commitMessage, quarantined } from '../../text/commit-message.ts';
import { branchName } from './branch-name.ts';

export async function push(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { evidence, patch, branch } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !attempt) throw new TypeError('push without a patch');
  if (!evidence.hasSandboxWorkflow)
    return stop('no-workflow', 'Without the sandbox workflow nothing can be proven, so nothing is pushed.');

  const name = branch?.name ?? branchName(incident.id, attempt.subject);
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

/** Until a pull request is open nobody else has a reason to stand on this branch; afterwards somebody may. */
function guard({ caseFile }: Incident, desk: GitHubDesk): { expectedSha: string } | 'ours' {
  const { branch, review, validation } = caseFile;
  if (!review || !branch || desk.resumed) return 'ours';
  const wasReleased = validation?.verdict === 'proven' && validation.attempt === branch.attempt;
  return { expectedSha: wasReleased ? review.headSha : branch.candidateSha };
}
