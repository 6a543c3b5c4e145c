// Step: opens the revert of a fix that did not hold, as a draft for a person to decide.
import { pullLabel } from '../../config/labels.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Outcome } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';
import { commitMessage } from '../../text/commit-message.ts';
import { bareLink, inlineCode, type Markdown, markdown, paragraphs, prose, title } from '../../text/outbound.ts';
import { inverse } from './regression.ts';

const fileBytes = 1_000_000;

export async function revert(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { patch, review, rollback, evidence } = incident.caseFile;
  const files = patch?.attempts.at(-1)?.files;
  if (!files || !review || !rollback || !evidence) throw new TypeError('revert without a merged fix');
  const head = await desk.github.commit(evidence.baseBranch);
  if (!head) return toldOnly(incident, desk, `The branch \`${evidence.baseBranch}\` is gone.`);
  const now = await desk.github.files(
    head.sha,
    files.map((file) => file.path),
    fileBytes,
  );
  const undo = inverse(files, now);
  if (!undo.ok)
    return toldOnly(
      incident,
      desk,
      `These files were changed since: ${undo.conflicts.map((path) => `\`${path}\``).join(', ')}.`,
    );

  const commit = await desk.github.createCommit({
    message: commitMessage(incident, `revert: take back pull request ${review.pullNumber}`),
    parentSha: head.sha,
    tree: { baseSha: head.treeSha, files: undo.files },
  });
  const branch = `self-heal/${incident.id}-revert`;
  await desk.github.setBranch(branch, commit.sha, 'ours');
  const pull = await desk.github.openPull({
    title: title`[self-heal] revert the fix of #${review.pullNumber}: the failure came back`,
    body: body(incident, review.pullNumber),
    head: branch,
    base: evidence.baseBranch,
    draft: true,
  });
  await desk.github.addLabels(pull.number, [pullLabel]);
  return {
    kind: 'done',
    said: `Opened the revert: ${pull.url}`,
    papers: { rollback: { ...rollback, revertPullUrl: pull.url } },
  };
}

/** `why` is prose: what stands between backticks is code. */
async function toldOnly(incident: Incident, desk: GitHubDesk, why: string): Promise<Outcome> {
  const { review } = incident.caseFile;
  if (review)
    await desk.github.comment(
      review.pullNumber,
      `${incident.id}-regression`,
      markdown`The failure came back after this was merged (${regressionRun(incident)}). It could not be reverted automatically. ${prose(why)}`,
    );
  return { kind: 'done', said: `The failure came back; a person has to revert. ${why}`, papers: {} };
}

function body(incident: Incident, pullNumber: number): Markdown {
  return paragraphs([
    markdown`The failure that #${pullNumber} mended came back after the merge: ${regressionRun(incident)}`,
    markdown`This takes the change back, file by file as it was. It is a draft because a revert has no proof of its own: a person decides.`,
    markdown`Incident ${inlineCode(incident.id)}`,
  ]);
}

const regressionRun = ({ caseFile: { rollback } }: Incident): Markdown => bareLink(rollback?.regressionRunUrl ?? '');
