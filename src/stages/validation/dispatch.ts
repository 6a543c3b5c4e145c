// Step: asks the repository's own Actions to prove the candidate, with the workflow of the default branch.
import type { Incident } from '../../incident/incident.ts';
import type { Outcome } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';

export const sandboxWorkflow = 'self-heal.yml';

/** As `run-name` in the workflow shows it: how a run that was asked for before a crash is found again. */
export const runTitle = (incidentId: string, attempt: number): string => `self-heal ${incidentId} attempt ${attempt}`;

export async function dispatch(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { evidence, patch, branch } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !branch || !attempt) throw new TypeError('dispatch without a candidate');
  const tests = attempt.files.filter((file) => file.isTest).map((file) => file.path);
  const run =
    (desk.resumed ? await askedBefore(incident, attempt.number, desk) : undefined) ??
    (await desk.github.dispatch(sandboxWorkflow, incident.repository.defaultBranch, {
      incident: incident.id,
      attempt: String(attempt.number),
      base: evidence.baseSha,
      candidate: branch.candidateSha,
      tests: tests.join('\n'),
    }));
  return {
    kind: 'done',
    said: `The sandbox runs the tests: ${run.url}`,
    papers: {
      validation: { attempt: attempt.number, runId: run.runId, runUrl: run.url, dispatchedAt: desk.now.toISOString() },
    },
  };
}

async function askedBefore(incident: Incident, attempt: number, desk: GitHubDesk) {
  const runs = await desk.github.runsOf(sandboxWorkflow, { createdAfter: new Date(incident.openedAt) });
  const run = runs.find((one) => one.title === runTitle(incident.id, attempt));
  return run ? { runId: run.id, url: run.url } : undefined;
}
