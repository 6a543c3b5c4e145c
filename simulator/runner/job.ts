// Runs one job from its set-up to its clean-up, and tells how it stands at each change.

import { rmSync } from 'node:fs';
import type { Action } from './actions/action.ts';
import { planPre } from './actions/run-action.ts';
import type { Conclusion, StepRecord } from './contract.ts';
import { createJob, type JobRequest } from './create-job.ts';
import { errorMessage } from './error-message.ts';
import { annotate, type Execution } from './execution.ts';
import { evaluateTemplate, interpolate } from './expressions.ts';
import { completeStep, newStep, now, startStep, tell } from './job-progress.ts';
import { type Frame, type JobState, jobFrame, scopeOf } from './job-state.ts';
import { endOrphans } from './process.ts';
import { setUpJob } from './set-up.ts';
import { evaluateVariables, runStep, type StepPlan } from './step.ts';
import { planStep, type StepDefaults, stepName } from './step-plan.ts';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

async function runRecorded(frame: Frame, plan: StepPlan, step: StepRecord): Promise<void> {
  const { job } = frame;
  let begun = false;
  const result = await runStep(frame, plan, (name) => {
    if (!begun) startStep(job, step, name);
    begun = true;
  });
  completeStep(job, step, result.conclusion);
}

/** An execution that stands for the job's own first and last step, to which errors of theirs are annotated. */
function ownExecution(job: JobState): Execution {
  const frame = jobFrame(job);
  return {
    job,
    frame,
    id: '',
    env: {},
    outputs: {},
    state: {},
    signal: job.cancelSignal,
    commandFailed: false,
    annotationCounts: {},
  };
}

function fail(job: JobState, error: unknown): void {
  const message = errorMessage(error);
  job.failed = true;
  job.log.write(`##[error]${message}`);
  annotate(ownExecution(job), 'failure', message, {});
}

interface SetUp {
  actions: Map<string, Action>;
  defaults: StepDefaults;
}

/** Runs the first step of every job; nothing where the job ends there. */
function runSetUp(job: JobState, frame: Frame, refusal: string | undefined): SetUp | undefined {
  const step = newStep(job, 1, 'Set up job');
  startStep(job, step);
  try {
    if (refusal !== undefined) throw new Error(refusal);
    Object.assign(job.env, evaluateVariables(job.workflow.env, scopeOf(frame)));
    Object.assign(job.env, evaluateVariables(job.definition.env, scopeOf(frame)));
    const defaults = evaluateDefaults(job, frame);
    const actions = setUpJob(job);
    completeStep(job, step, 'success');
    return { actions, defaults };
  } catch (error) {
    fail(job, error);
    completeStep(job, step, 'failure');
    return undefined;
  }
}

function evaluateDefaults(job: JobState, frame: Frame): StepDefaults {
  const run = { ...job.workflow.defaults?.run, ...job.definition.defaults?.run };
  const scope = scopeOf(frame);
  const directory = run['working-directory'];
  return {
    shell: run.shell && interpolate(run.shell, scope),
    workingDirectory: directory && interpolate(directory, scope),
  };
}

async function runSteps(job: JobState, frame: Frame, { actions, defaults }: SetUp): Promise<void> {
  const planned = job.definition.steps.map((step) => {
    const action = step.uses === undefined ? undefined : actions.get(step.uses);
    return { step, action, plan: planStep(job, step, defaults, action) };
  });
  const before = planned.flatMap(({ step, action, plan }) => {
    const use = { reference: step.uses ?? '', with: step.with, stepName: stepName(step), state: plan.state };
    return action ? (planPre(use, action, plan) ?? []) : [];
  });
  const recorded = [...before, ...planned.map(({ plan }) => plan)].map((plan) => ({
    plan,
    step: newStep(job, job.record.steps.length + 1, plan.name),
  }));
  tell(job);
  for (const { plan, step } of recorded) await runRecorded(frame, plan, step);
}

/** GitHub numbers what comes after the steps so that `Complete job` has twice the number of the last of them. */
async function runPosts(job: JobState, frame: Frame, completeNumber: number): Promise<void> {
  const posts = job.posts.toReversed();
  const first = completeNumber - posts.length;
  const recorded = posts.map((plan, index) => ({ plan, step: newStep(job, first + index, plan.name) }));
  for (const { plan, step } of recorded) await runRecorded(frame, plan, step);
}

function evaluateOutputs(job: JobState, frame: Frame): void {
  for (const [name, template] of Object.entries(job.definition.outputs ?? {})) {
    const value = evaluateTemplate(template, scopeOf(frame)).coerceString();
    if (job.masker.hides(value)) {
      job.log.write(`##[warning]Skip output '${name}' since it may contain secret.`);
      annotate(ownExecution(job), 'warning', `Skip output '${name}' since it may contain secret.`, {});
    } else if (value !== '') job.record.outputs[name] = value;
  }
}

function completeJob(job: JobState, frame: Frame, number: number): void {
  const step = newStep(job, number, 'Complete job');
  startStep(job, step);
  let conclusion: Conclusion = 'success';
  try {
    evaluateOutputs(job, frame);
  } catch (error) {
    fail(job, error);
    conclusion = 'failure';
  }
  job.log.write('Cleaning up orphan processes');
  for (const { pid, name } of endOrphans(job.trackingId))
    job.log.write(`Terminate orphan process: pid (${pid}) (${name})`);
  try {
    rmSync(job.directories.root, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    job.log.write(`##[warning]The job's folder stays behind: ${errorMessage(error)}`);
  }
  completeStep(job, step, conclusion);
}

function conclude(job: JobState): Conclusion {
  if (job.cancelSignal.aborted) return 'cancelled';
  return job.failed ? 'failure' : 'success';
}

/** `6h0m0s`, as GitHub writes a job's time limit. */
function describeMinutes(minutes: number): string {
  const seconds = Math.round(minutes * 60);
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return `${parts[0] ? `${parts[0]}h` : ''}${parts[0] || parts[1] ? `${parts[1]}m` : ''}${parts[2]}s`;
}

async function runParts(job: JobState, wanted: JobRequest, timeout: AbortSignal): Promise<void> {
  const frame = jobFrame(job);
  try {
    const setUp = runSetUp(job, frame, wanted.refusal);
    if (setUp) await runSteps(job, frame, setUp);
    if (timeout.aborted) {
      const limit = describeMinutes(wanted.timeoutMinutes);
      annotate(ownExecution(job), 'failure', `The job has exceeded the maximum execution time of ${limit}`, {});
    }
    const completeNumber = 2 * job.record.steps.length;
    await runPosts(job, frame, completeNumber);
    completeJob(job, frame, completeNumber);
  } finally {
    job.log.close();
  }
}

/** Runs the job to its end; rejects only if the caller's own callbacks do. */
export async function runJob(wanted: JobRequest): Promise<void> {
  const { record, timeoutMinutes } = wanted;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), Math.min(timeoutMinutes * 60_000, LONGEST_TIMER_MS));
  try {
    record.status = 'in_progress';
    record.startedAt = now();
    const job = await createJob(wanted, AbortSignal.any([wanted.cancelSignal, timeout.signal]));
    await runParts(job, wanted, timeout.signal);
    record.status = 'completed';
    record.conclusion = conclude(job);
    record.completedAt = now();
    tell(job);
  } finally {
    clearTimeout(timer);
  }
}
