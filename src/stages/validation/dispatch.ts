// Step: asks the repository's own Actions to prove the candidate, with the workflow of the default branch.
import { SelfHealError } from '../../errors.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';

export const sandboxWorkflow = 'self-heal.yml';

/** As `run-name` in the workflow shows it: how a run that was asked for before a crash is found again. */
export const runTitle = (incidentId: string, attempt: number): string => `self-heal ${incidentId} attempt ${attempt}`;

export async function dispatch(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { evidence, patch, branch, trigger, validation } = incident.caseFile;
  const attempt = patch?.attempts.at(-1);
  if (!evidence || !branch || !attempt) throw new TypeError('dispatch without a candidate');
  const paths = (files: typeof attempt.files) => files.map((file) => file.path).join('\n');
  const inputs = {
    incident: incident.id,
    attempt: String(attempt.number),
    base: evidence.baseSha,
    candidate: branch.candidateSha,
    tests: paths(attempt.files.filter((file) => file.isTest)),
    files: paths(attempt.files),
    trigger: trigger.kind,
  };
  const run =
    (desk.resumed ? await askedBefore(incident, attempt.number, validation?.runId, desk) : undefined) ??
    (await started(incident.repository.defaultBranch, inputs, desk));
  if ('refusal' in run) return stop('no-workflow', refusedSaid(run.refusal));
  return {
    kind: 'done',
    said: `The sandbox runs the tests: ${run.url}`,
    papers: {
      validation: { attempt: attempt.number, runId: run.runId, runUrl: run.url, dispatchedAt: desk.now.toISOString() },
    },
  };
}

/** A workflow file that the App cannot start is the maintainers' to mend: it is no defect. */
async function started(branch: string, inputs: Record<string, string>, desk: GitHubDesk) {
  try {
    return await desk.github.dispatch(sandboxWorkflow, branch, inputs);
  } catch (error) {
    if (!(error instanceof SelfHealError) || error.code !== 'github-refused') throw error;
    return { refusal: error.message };
  }
}

const unexpected = /Unexpected inputs provided: \[([^\]]*)\]/;

/** GitHub names the inputs that the file does not declare. */
function refusedSaid(refusal: string): string {
  const file = `.github/workflows/${sandboxWorkflow}`;
  const names = [...(unexpected.exec(refusal)?.[1]?.matchAll(/[a-z-]+/g) ?? [])].map(([name]) => `\`${name}\``);
  if (names.length === 0) return `GitHub does not start ${file}. ${refusal}`;
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
  const inputs = names.length > 1 ? `the inputs ${list}` : `the input ${list}`;
  return `${file} is of an earlier version: it lacks ${inputs}. Declare ${names.length > 1 ? 'them' : 'it'} under \`on.workflow_dispatch.inputs\` (type string), and hand ${names.length > 1 ? 'them' : 'it'} to the Action under the same name; docs/self-heal-workflow.md has the whole file.`;
}

/** The same attempt may have run before, on an older base. */
async function askedBefore(incident: Incident, attempt: number, knownRun: number | undefined, desk: GitHubDesk) {
  const runs = await desk.github.runsOf(sandboxWorkflow, { createdAfter: new Date(incident.openedAt) });
  const run = runs.find((one) => one.title === runTitle(incident.id, attempt) && one.id !== knownRun);
  return run ? { runId: run.id, url: run.url } : undefined;
}
