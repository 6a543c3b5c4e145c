// Step: reads the sandbox's report and judges it; what is not proven goes back, or is explained.
import { z } from 'zod';
import type { Attempt, Validation } from '../../incident/case-file.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import type { Patched } from './judgement.ts';
import { newTests } from './new-tests.ts';
import { type Proof, proof } from './proof.ts';
import { SandboxReport } from './sandbox-report.ts';

export const reportArtifact = 'self-heal-report';
const reportFile = 'self-heal-report.json';
/** Twenty runs' outputs and three runs' test reports, at their largest. */
const reportBytes = 25_000_000;
const deadlineMs = 60 * 60_000;
const firstCheckMs = 30_000;
const checkMs = 2 * 60_000;

export async function conclude(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { validation, evidence, diagnosis, branch, trigger, patch, review } = incident.caseFile;
  if (!validation || !evidence || !branch) throw new TypeError('conclude without a sandbox run');
  // Just dispatched: the run's webhook will wake this step, asking now would only cost requests.
  if (incident.state !== 'waiting') return waiting(validation, desk, firstCheckMs);
  const files = await desk.github.artifact(validation.runId, reportArtifact, reportBytes);
  const text = files?.get(reportFile);
  if (text === undefined) return missing(validation, desk);

  const json = jsonOf(text);
  const report = SandboxReport.safeParse(json);
  if (!report.success) return unavailable(validation, unreadable(json, report.error.issues[0]?.message ?? 'not JSON'));
  const mine = report.data.incident === incident.id && report.data.attempt === validation.attempt;
  if (!mine || report.data.base !== evidence.baseSha || report.data.candidate !== branch.candidateSha)
    return unavailable(validation, 'its report is about another commit');
  if (report.data.trees && report.data.trees.candidate !== branch.treeSha)
    return unavailable(validation, 'it ran another tree than the one that would be proposed');
  // Where the Action refused, its reason says more than the files that it did not come to.
  if (report.data.error === undefined && !sameFiles(report.data, patch?.attempts.at(-1)))
    return unavailable(validation, 'it ran other files than the patch has');
  const patched = await patchedBy(patch?.attempts.at(-1), diagnosis?.kind === 'test');
  const isReady = review !== undefined && !review.draft;
  return judged(proof(report.data, evidence, trigger.kind, patched), report.data, validation, isReady);
}

const AnyVersion = z.object({ version: z.number() });

function unreadable(json: unknown, fault: string): string {
  const other = AnyVersion.safeParse(json).data?.version;
  if (other === undefined || other === SandboxReport.shape.version.value) return `its report is unreadable (${fault})`;
  return `its report has the version ${other}, and this App reads ${SandboxReport.shape.version.value}: let .github/workflows/self-heal.yml use the Action that belongs to this App`;
}

async function patchedBy(attempt: Attempt | undefined, isTestWrong: boolean): Promise<Patched> {
  const files = attempt?.files ?? [];
  return {
    onlyTests: isTestWrong && files.length > 0 && files.every((file) => file.isTest),
    bringsTests: files.some((file) => file.isTest),
    newTests: await newTests(files),
  };
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

/** `isReady`: a pull request stands ready for review, which only a whole proof may change. */
async function judged(
  judgement: Proof,
  report: SandboxReport,
  validation: Validation,
  isReady: boolean,
): Promise<Outcome> {
  const clean = (text: string) => redact(withoutInvisible(text));
  const runs = await Promise.all(judgement.runs.map(async (run) => ({ ...run, detail: await clean(run.detail) })));
  const { verdict, passRate, shortfall } = judgement;
  const papers = {
    validation: {
      ...validation,
      verdict,
      runs,
      command: report.command,
      engine: report.engine,
      ...(report.testCommand === undefined ? {} : { testCommand: report.testCommand }),
      ...(passRate ? { passRate } : {}),
      ...(shortfall === undefined ? {} : { shortfall: await clean(shortfall) }),
    },
  };
  const feedback = await clean(judgement.feedback);
  const seen = runs.map((run) => `${run.name} ${run.was}`).join(', ');
  switch (verdict) {
    case 'proven':
      return { kind: 'done', said: `Proven: ${seen}.`, papers };
    case 'partly-proven':
      if (isReady) return { kind: 'again', feedback, papers };
      return { kind: 'done', said: `Partly proven: ${seen}. ${feedback}`, papers };
    case 'still-failing':
    case 'broke-others':
    case 'timed-out':
    case 'test-does-not-fail':
    case 'fewer-tests':
    case 'no-test':
      return { kind: 'again', feedback, papers };
    case 'not-reproduced':
    case 'flaky':
      return stop(verdict, feedback, papers);
    case 'sandbox-unavailable':
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
