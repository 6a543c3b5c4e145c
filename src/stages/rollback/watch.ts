// Step: after the merge, does the failure come back? If so it is undone; if the time passes quietly, the incident healed.
import type { CaseFile } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import type { Outcome } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';

const longestCheckMs = 5 * 60_000;

export async function watch(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { review } = incident.caseFile;
  if (!review?.mergedAt) throw new TypeError('watch without a merge');
  const mergedAt = new Date(review.mergedAt);
  const watchMs = desk.policy['watch-minutes'] * 60_000;
  const until = new Date(mergedAt.getTime() + watchMs);

  for (const sighting of await desk.memory.sightings(incident.id, mergedAt)) {
    if (!(await meetsTheFix(sighting, incident, mergedAt, desk))) continue;
    return {
      kind: 'undo',
      said: `The failure came back after the merge: ${sighting.trigger.url}`,
      papers: { rollback: { watchedUntil: until.toISOString(), regressionRunUrl: sighting.trigger.url } },
    };
  }
  if (desk.now >= until) {
    const said = `The failure did not come back within ${minutes(desk.policy['watch-minutes'])} of the merge.`;
    return { kind: 'done', said, papers: { rollback: { watchedUntil: until.toISOString() } } };
  }
  return {
    kind: 'wait',
    waitsFor: 'time',
    deadlineAt: until,
    checkAt: new Date(desk.now.getTime() + Math.min(longestCheckMs, watchMs / 10)),
    said: `Merged. Watching until ${until.toISOString()}.`,
    papers: {},
  };
}

const minutes = (count: number): string => (count === 1 ? 'a minute' : `${count} minutes`);

/** A run of another branch, or one that was under way when the fix was merged, says nothing about the fix. */
async function meetsTheFix(
  { trigger }: CaseFile,
  incident: Incident,
  mergedAt: Date,
  desk: GitHubDesk,
): Promise<boolean> {
  if (trigger.kind === 'issue') return true;
  if (trigger.headBranch !== incident.caseFile.evidence?.baseBranch) return false;
  const run = await desk.github.run(trigger.runId);
  // GitHub's times are whole seconds: a run of the very second counts, a draft revert too many does little harm.
  return run !== undefined && run.createdAt >= mergedAt;
}
