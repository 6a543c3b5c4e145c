// Step: finds the past run that a person asks about, says that it is looked into, and opens the incident that shows nothing else.
import { createHash } from 'node:crypto';
import { dryRunOf } from '../../incident/case-file.ts';
import { type DryRunRequest, dryRunMarker } from '../../incident/dry-run.ts';
import { fingerprint } from '../../incident/fingerprint.ts';
import { fullName, type Incident } from '../../incident/incident.ts';
import { incidentId, newIncident } from '../../incident/new-incident.ts';
import type { ErrandShelf } from '../../ports/errand.ts';
import type { GitHub } from '../../ports.ts';
import type { Markdown } from '../../text/outbound.ts';
import { cannotBeDone, lookingInto, underWay } from './dry-run-words.ts';
import { type PastRun, pastRun } from './past-run.ts';

export interface DryRunDesk {
  github: GitHub;
  shelf: Pick<ErrandShelf, 'load' | 'openDryRun'>;
  now: Date;
}

/** May run twice, or be killed anywhere: the comment is found by its marker, and the incident has its name from the command. */
export async function dryRun(request: DryRunRequest, desk: DryRunDesk): Promise<string> {
  const { github, shelf, now } = desk;
  const { askedBy, issueNumber, commentId, repository } = request;
  const id = incidentId(
    createHash('sha256')
      .update(`${fullName(repository).toLowerCase()}#${commentId}`)
      .digest(),
  );
  if (await shelf.load(id)) return `incident ${id} was opened before`;
  const permission = await github.permission(askedBy);
  // Whoever may not is not answered: in a public repository that is anybody.
  if (permission !== 'admin' && permission !== 'write') return `${askedBy} has no write access; nothing is said`;
  const say = (body: Markdown) => github.comment(issueNumber, dryRunMarker(request), body);
  const found = await runAskedFor(request, github);
  if ('wrong' in found) {
    await say(cannotBeDone(found.wrong));
    return found.wrong;
  }
  const commentUrl = await say(lookingInto(found.trigger, id, askedBy));
  const trigger = { ...found.trigger, dryRun: { askedBy, issueNumber, commentId, commentUrl } };
  const name = `dry-run:${fingerprint([fullName(repository).toLowerCase(), String(trigger.runId)])}`;
  const said = `${askedBy} asked for a dry run of ${trigger.workflowName} at ${trigger.headSha.slice(0, 7)}.`;
  const incident = newIncident({ id, repository, fingerprint: name, trigger, said }, now);
  const open = await shelf.openDryRun(incident);
  if (open.id === id) return `opened incident ${id}`;
  await say(underWay(found.trigger, open.id, answerOf(open) ?? commentUrl));
  return `incident ${open.id} is about the same run`;
}

const answerOf = ({ caseFile }: Incident): string | undefined => dryRunOf(caseFile)?.commentUrl;

async function runAskedFor({ run, repository }: DryRunRequest, github: GitHub): Promise<PastRun> {
  const how = 'Write `/heal dry-run`, and after it the id or the address of a run of this repository, or nothing.';
  switch (run.kind) {
    case 'unclear':
      return { wrong: `That is no run. ${how}` };
    case 'elsewhere':
      return { wrong: `That run is of another repository. ${how}` };
    case 'run': {
      const found = await github.run(run.id);
      return found ? pastRun(found) : { wrong: `This repository has no run ${run.id}, or it was deleted. ${how}` };
    }
    case 'last':
      return lastFailed(await github.failedRuns(repository.defaultBranch), repository.defaultBranch);
  }
}

function lastFailed(runs: Awaited<ReturnType<GitHub['failedRuns']>>, branch: string): PastRun {
  for (const run of runs) {
    const found = pastRun(run);
    if ('trigger' in found) return found;
  }
  const wrong = `None of the last runs on ${branch} failed. Name the id or the address of one that did.`;
  return { wrong };
}
