// Step: reads the sandbox's report and judges it; what is not proven goes back, or is explained.
import type { Attempt, Validation } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import { type Proof, proof } from './proof.ts';
import { SandboxReport } from './sandbox-report.ts';

export const reportArtifact = 'self-heal-report';
const reportFile = 'self-heal-report.json';
const reportBytes = 5_000_000;
const deadlineMs = 60 * 60_000;
const firstCheckMs = 30_000;
const checkMs = 2 * 60_000;

export async function conclude(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { validation, evidence, diagnosis, branch, trigger, patch } = incident.caseFile;
  if (!validation || !evidence || !branch) throw new TypeError('conclude without a sandbox run');
  // Just dispatched: the run's webhook will wake this step, asking now would only cost requests.
  if (incident.state !== 'waiting') return waiting(validation, desk, firstCheckMs);
  const files = await desk.github.artifact(validation.runId, reportArtifact, reportBytes);
  const text = files?.get(reportFile);
  if (text === undefined) return missing(validation, desk);

  const report = SandboxReport.safeParse(jsonOf(text));
  if (!report.success)
    return unavailable(validation, `its report is unreadable (${report.error.issues[0]?.message ?? 'not JSON'})`);
  const mine = report.data.incident === incident.id && report.data.attempt === validation.attempt;
  if (!mine || report.data.base !== evidence.baseSha || report.data.candidate !== branch.candidateSha)
    return unavailable(validation, 'its report is about another commit');
  // Where the Action refused, its reason says more than the files that it did not come to.
  if (report.data.error === undefined && !sameFiles(report.data, patch?.attempts.at(-1)))
    return unavailable(validation, 'it ran other files than the patch has');
  const onlyTests = diagnosis?.kind === 'test' && patch?.attempts.at(-1)?.files.every((file) => file.isTest) === true;
  return judged(proof(report.data, evidence, trigger.kind, onlyTests), report.data, validation);
}

/** The Action finds the changed files in git; they have to be those that the rules have judged. */
function sameFiles(report: SandboxReport, attempt: Attempt | undefined): boolean {
  const judgedPaths = attempt?.files.map((file) => file.path).sort() ?? [];
  return judgedPaths.join('\n') === [...report.changedPaths].sort().join('\n');
}

/** No report yet while the run goes on; none at its end is an answer too. */
async function missing(validation: Validation, desk: GitHubDesk): Promise<Outcome> {
  const run = await desk.github.run(validation.runId);
  const deadlineAt = new Date(Date.parse(validation.dispatchedAt) + deadlineMs);
  if (run?.status === 'completed')
    return unavailable(validation, `the run ended as ${run.conclusion} without a report`);
  if (desk.now >= deadlineAt) return unavailable(validation, 'it did not end within an hour');
  return waiting(validation, desk, checkMs);
}

function waiting(validation: Validation, desk: GitHubDesk, inMs: number): Outcome {
  const deadlineAt = new Date(Date.parse(validation.dispatchedAt) + deadlineMs);
  const checkAt = new Date(desk.now.getTime() + inMs);
  return { kind: 'wait', waitsFor: 'sandbox', deadlineAt, checkAt, said: 'Waiting for the sandbox.', papers: {} };
}

const unavailable = (validation: Validation, why: string): Outcome =>
  stop('sandbox-unavailable', `The sandbox run gave no proof: ${why}. See ${validation.runUrl}`, {
    validation: { ...validation, verdict: 'report-missing' },
  });

async function judged(judgement: Proof, report: SandboxReport, validation: Validation): Promise<Outcome> {
  const runs = await Promise.all(
    judgement.runs.map(async (run) => ({ ...run, detail: await redact(withoutInvisible(run.detail)) })),
  );
  const papers = {
    validation: { ...validation, verdict: judgement.verdict, runs, command: report.command, engine: report.engine },
  };
  const feedback = await redact(withoutInvisible(judgement.feedback));
  switch (judgement.verdict) {
    case 'proven':
      return { kind: 'done', said: `Proven: ${runs.map((run) => `${run.name} ${run.was}`).join(', ')}.`, papers };
    case 'still-failing':
    case 'test-does-not-fail':
    case 'fewer-tests':
    case 'no-test':
      return { kind: 'again', feedback, papers };
    case 'not-reproduced':
      return stop('not-reproduced', feedback, papers);
    case 'report-missing':
    case 'incomplete':
      return stop('sandbox-unavailable', feedback, papers);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
