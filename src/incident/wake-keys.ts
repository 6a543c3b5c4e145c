// An incident → the names of the outside things whose webhooks wake it.
import { dryRunOf } from './case-file.ts';
import { fullName, type Incident } from './incident.ts';

export const wakeKey = {
  run: (repository: { owner: string; name: string }, runId: number) =>
    `run:${fullName(repository).toLowerCase()}:${runId}`,
  pull: (repository: { owner: string; name: string }, number: number) =>
    `pull:${fullName(repository).toLowerCase()}:${number}`,
  issue: (repository: { owner: string; name: string }, number: number) =>
    `issue:${fullName(repository).toLowerCase()}:${number}`,
} as const;

/** All of them, whatever the step: a webhook may come before the step that waits for it has been saved. */
export function wakeKeys(incident: Incident): string[] {
  const { trigger, validation, review } = incident.caseFile;
  const keys: string[] = [];
  // What happens to the run that a dry run is about is the business of real incidents only.
  if (!dryRunOf(incident.caseFile))
    keys.push(
      trigger.kind === 'workflow-run'
        ? wakeKey.run(incident.repository, trigger.runId)
        : wakeKey.issue(incident.repository, trigger.number),
    );
  if (validation) keys.push(wakeKey.run(incident.repository, validation.runId));
  if (review) keys.push(wakeKey.pull(incident.repository, review.pullNumber));
  return keys;
}
