// Step: transient or structural? A transient failure is re-run with backoff; what stays red goes on to diagnosis.
import { SelfHealError } from '../../errors.ts';
import { dryRunOf, type Evidence, type Triage, type Trigger } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import type { Incident } from '../../incident/incident.ts';
import { type Outcome, stop } from '../../incident/outcome.ts';
import type { GitHubDesk, RunSummary } from '../../ports.ts';
import { rerunAt } from './backoff.ts';
import { breaker } from './breaker.ts';
import { transience } from './transient.ts';

const rerunDeadlineMs = 6 * 3_600_000;
const rerunCheckMs = 5 * 60_000;
const memoryMs = 30 * 24 * 3_600_000;

type RunTrigger = Extract<Trigger, { kind: 'workflow-run' }>;

export async function rerun(incident: Incident, desk: GitHubDesk): Promise<Outcome> {
  const { trigger, evidence, triage } = incident.caseFile;
  if (!evidence) throw new TypeError('rerun without evidence');
  if (triage && trigger.kind === 'workflow-run') {
    const last = triage.reruns.at(-1)?.attempt ?? 0;
    if (triage.nextRerunAt || last > trigger.runAttempt) return afterRerun(incident, triage, desk);
    return decided(triage, evidence.failures, desk);
  }
  const barred = dryRunOf(incident.caseFile) ? undefined : await broken(incident, evidence, desk);
  if (barred) return barred;
  if (trigger.kind === 'issue') {
    const reason = 'a person asked for a fix';
    const papers = { triage: { decision: 'structural' as const, reason, reruns: [] } };
    return { kind: 'done', said: `Structural: ${reason}.`, papers };
  }
  return decided({ decision: 'structural', reason: '', reruns: [] }, evidence.failures, desk);
}

async function broken(
  { repository, caseFile: { trigger } }: Incident,
  { failureFingerprints, baseSha }: Evidence,
  { now, memory }: GitHubDesk,
): Promise<Outcome | undefined> {
  const earlier = await memory.earlier(repository, failureFingerprints, new Date(now.getTime() - memoryMs));
  const ruling = breaker(earlier, now, baseSha, trigger.kind === 'issue');
  return ruling.go ? undefined : stop(ruling.reason, ruling.said);
}

/** What the newest attempt failed with decides: after a time-out may come the failure that it hid. */
function decided(triage: Triage, failures: readonly Failure[], desk: GitHubDesk): Outcome {
  const sign = transience(failures);
  if (!sign) {
    const reason = 'nothing in the failure points to the network or the runner';
    return {
      kind: 'done',
      said: `Structural: ${reason}.`,
      papers: { triage: { ...triage, decision: 'structural', reason } },
    };
  }
  const transient: Triage = { ...triage, decision: 'transient', reason: `${sign.what}: ${sign.line}` };
  if (desk.policy.reruns === 0) return structural(transient, 'the policy allows no re-run');
  if (triage.reruns.length >= desk.policy.reruns)
    return structural(transient, `it failed again in ${triage.reruns.length} re-runs`);
  if (desk.policy.mode === 'shadow')
    return stop('shadowed', `It would have run the failed jobs again: ${transient.reason}.`, { triage: transient });
  return backOff(transient, desk);
}

function backOff(triage: Triage, desk: GitHubDesk): Outcome {
  const at = rerunAt(desk.now, desk.policy['rerun-backoff-seconds'], triage.reruns.length);
  const seconds = Math.round((at.getTime() - desk.now.getTime()) / 1_000);
  return {
    kind: 'wait',
    waitsFor: 'time',
    deadlineAt: at,
    said: `Transient: ${triage.reason}. Re-run ${triage.reruns.length + 1} of ${desk.policy.reruns} in ${seconds} s.`,
    papers: { triage: { ...triage, nextRerunAt: at.toISOString() } },
  };
}

async function afterRerun(incident: Incident, triage: Triage, desk: GitHubDesk): Promise<Outcome> {
  const { trigger } = incident.caseFile;
  if (trigger.kind !== 'workflow-run') throw new TypeError('only workflow runs are re-run');
  const run = await desk.github.run(trigger.runId);
  if (!run) return structural(triage, 'the run is gone');
  if (triage.nextRerunAt) return request(trigger, run, triage, desk);
  const asked = triage.reruns.at(-1)?.attempt ?? trigger.runAttempt;
  if (run.status !== 'completed' || run.attempt < asked) return waiting(incident, triage, desk);
  if (run.conclusion === 'success') {
    const said = `Re-run ${triage.reruns.length} of ${trigger.workflowName} passed (attempt ${run.attempt}). It had failed with ${triage.reason}`;
    return stop('recovered', said, { triage });
  }
  return {
    kind: 'back',
    said: `Attempt ${run.attempt} failed as well: looking at what it failed with.`,
    papers: { trigger: { ...trigger, runAttempt: run.attempt }, triage },
  };
}

/** A run that already has the attempt we would ask for was re-run, by us before a crash or by a person: never twice. */
async function request(trigger: RunTrigger, run: RunSummary, triage: Triage, desk: GitHubDesk): Promise<Outcome> {
  const wantedAttempt = trigger.runAttempt + 1;
  if (Date.parse(triage.nextRerunAt ?? '') > desk.now.getTime()) {
    return {
      kind: 'wait',
      waitsFor: 'time',
      deadlineAt: new Date(triage.nextRerunAt ?? ''),
      said: 'Backing off.',
      papers: {},
    };
  }
  if (run.attempt < wantedAttempt && !(await asksAgain(trigger.runId, desk)))
    return structural(triage, 'GitHub refuses to run it again');
  const { nextRerunAt: _, ...rest } = triage;
  const asked: Triage = {
    ...rest,
    reruns: [...triage.reruns, { attempt: wantedAttempt, requestedAt: desk.now.toISOString() }],
  };
  return waiting(undefined, asked, desk);
}

/** False where GitHub says no, as it does for runs that are more than a month old. */
async function asksAgain(runId: number, desk: GitHubDesk): Promise<boolean> {
  try {
    await desk.github.rerunFailedJobs(runId);
    return true;
  } catch (thrown) {
    if (thrown instanceof SelfHealError && (thrown.code === 'github-refused' || thrown.code === 'github-forbidden'))
      return false;
    throw thrown;
  }
}

function waiting(incident: Incident | undefined, triage: Triage, desk: GitHubDesk): Outcome {
  const requestedMs = Date.parse(triage.reruns.at(-1)?.requestedAt ?? desk.now.toISOString());
  const deadlineAt = new Date(requestedMs + rerunDeadlineMs);
  if (incident && desk.now >= deadlineAt) return structural(triage, 'the re-run did not end within six hours');
  return {
    kind: 'wait',
    waitsFor: 'rerun',
    deadlineAt,
    checkAt: new Date(desk.now.getTime() + rerunCheckMs),
    said: `The failed jobs run again (re-run ${triage.reruns.length} of ${desk.policy.reruns}).`,
    papers: { triage },
  };
}

function structural(triage: Triage, why: string): Outcome {
  const reason = `looked transient (${triage.reason}), but ${why}`;
  const { nextRerunAt: _, ...rest } = triage;
  return {
    kind: 'done',
    said: `Structural: ${reason}.`,
    papers: { triage: { ...rest, decision: 'structural', reason } },
  };
}
