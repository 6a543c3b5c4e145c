// A job's legs: one for each combination of its matrix, or the one it has without; planned, run, and taken together.

import type { Conclusion, JobRecord } from './contract.ts';
import { jobLogDirectory } from './create-job.ts';
import { errorMessage } from './error-message.ts';
import { type ExpressionScope, evaluateTemplate, interpolate, toPlain } from './expressions.ts';
import { runJob } from './job.ts';
import { Limit } from './limit.ts';
import { type Combination, combinationSuffix, expandMatrix } from './matrix.ts';
import type { JobResult, RunState } from './run.ts';
import { evaluateBoolean, evaluateNumber } from './step.ts';
import { callsWorkflow, type Job } from './workflow.ts';
import type { StepJob } from './workflow-schema.ts';

const DEFAULT_TIMEOUT_MINUTES = 360;

interface Leg {
  record: JobRecord;
  contexts: Record<string, unknown>;
  timeoutMinutes: number;
  continueOnError: boolean;
  /** Why the leg cannot run; its set-up says so and fails. */
  refusal: string | undefined;
  /** Already run in an earlier attempt. */
  kept: boolean;
}

export interface JobGroup {
  legs: Leg[];
  failFast: boolean;
  maxParallel: number;
}

/** What stands in for a job whose definition cannot be run at all. */
const emptyJob: StepJob = { 'runs-on': [], steps: [] };

export function newRecord(run: RunState, key: string, name: string, labels: string[]): JobRecord {
  const id = run.request.nextJobId();
  return {
    id,
    key,
    name,
    labels,
    status: 'queued',
    conclusion: null,
    startedAt: null,
    completedAt: null,
    steps: [],
    annotations: [],
    logFile: `${jobLogDirectory(run.request, id)}/job.txt`,
    stepLogFiles: [],
    outputs: {},
  };
}

function labelsOf(job: StepJob, scope: ExpressionScope): string[] {
  const wanted = job['runs-on'];
  const labels = typeof wanted === 'object' && !Array.isArray(wanted) ? (wanted.labels ?? []) : wanted;
  const plain = typeof labels === 'string' ? toPlain(evaluateTemplate(labels, scope)) : labels;
  return (Array.isArray(plain) ? plain : [plain]).map((label) => interpolate(String(label), scope));
}

function planLeg(
  run: RunState,
  key: string,
  job: StepJob,
  scope: ExpressionScope,
  combination: Combination | undefined,
): Leg {
  const name = job.name ? interpolate(job.name, scope) : `${key}${combinationSuffix(combination)}`;
  const kept = run.request.keep.find((record) => record.key === key && record.name === name);
  return {
    record: kept ?? newRecord(run, key, name, labelsOf(job, scope)),
    contexts: scope.contexts,
    timeoutMinutes: evaluateNumber(job['timeout-minutes'], DEFAULT_TIMEOUT_MINUTES, scope),
    continueOnError: evaluateBoolean(job['continue-on-error'], scope),
    refusal: undefined,
    kept: kept !== undefined,
  };
}

function refused(run: RunState, key: string, scope: ExpressionScope, refusal: string): JobGroup {
  const leg: Leg = {
    record: newRecord(run, key, key, []),
    contexts: scope.contexts,
    timeoutMinutes: DEFAULT_TIMEOUT_MINUTES,
    continueOnError: false,
    refusal,
    kept: false,
  };
  return { legs: [leg], failFast: false, maxParallel: 1 };
}

function planMatrix(run: RunState, key: string, job: StepJob, scope: ExpressionScope): JobGroup {
  const matrix = job.strategy?.matrix;
  const evaluated = matrix === undefined ? undefined : evaluateDeep(matrix, scope);
  const combinations = expandMatrix(evaluated);
  const failFast = job.strategy?.['fail-fast'] === undefined || evaluateBoolean(job.strategy['fail-fast'], scope);
  const maxParallel = evaluateNumber(job.strategy?.['max-parallel'], combinations.length, scope);
  const legs = combinations.map((combination, index) =>
    planLeg(
      run,
      key,
      job,
      {
        ...scope,
        contexts: {
          ...scope.contexts,
          matrix: combination ?? {},
          strategy: {
            'fail-fast': failFast,
            'job-index': index,
            'job-total': combinations.length,
            'max-parallel': maxParallel,
          },
        },
      },
      combination,
    ),
  );
  return { legs, failFast, maxParallel: Math.max(1, maxParallel) };
}

/** Expressions may stand anywhere in a matrix, and may give a whole vector or the whole of it. */
function evaluateDeep(value: unknown, scope: ExpressionScope): unknown {
  if (typeof value === 'string') return value.includes('${{') ? toPlain(evaluateTemplate(value, scope)) : value;
  if (Array.isArray(value)) return value.map((item) => evaluateDeep(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluateDeep(item, scope)]));
}

export function planJob(
  run: RunState,
  key: string,
  job: Job,
  scope: ExpressionScope,
  refusal: string | undefined,
): JobGroup {
  if (refusal !== undefined) return refused(run, key, scope, refusal);
  if (callsWorkflow(job)) {
    return refused(
      run,
      key,
      scope,
      `Job '${key}' calls the workflow '${job.uses}', and this runner does not know reusable workflows.`,
    );
  }
  try {
    return planMatrix(run, key, job, scope);
  } catch (error) {
    const message = errorMessage(error);
    return refused(run, key, scope, `The template is not valid. ${run.workflow.path}: ${message}`);
  }
}

/** A leg whose turn never came. */
function cancelWaiting(run: RunState, record: JobRecord): void {
  const at = new Date().toISOString();
  Object.assign(record, { status: 'completed', conclusion: 'cancelled', startedAt: at, completedAt: at });
  run.request.onJob(structuredClone(record));
}

async function runLeg(run: RunState, job: Job, leg: Leg, signal: AbortSignal, toTheEnd: boolean): Promise<void> {
  if (signal.aborted && !toTheEnd) {
    cancelWaiting(run, leg.record);
    return;
  }
  await runJob({
    request: run.request,
    workflow: run.workflow,
    definition: callsWorkflow(job) ? emptyJob : job,
    record: leg.record,
    github: run.github,
    contexts: leg.contexts,
    timeoutMinutes: leg.timeoutMinutes,
    refusal: leg.refusal,
    // A job that starts after the cancellation does so because its `if:` wants it to: it runs undisturbed.
    cancelSignal: toTheEnd ? new AbortController().signal : signal,
  });
}

export async function runLegs(run: RunState, job: Job, group: JobGroup): Promise<JobResult> {
  const toTheEnd = run.cancelSignal.aborted;
  const siblings = new AbortController();
  const signal = AbortSignal.any([run.cancelSignal, siblings.signal]);
  const limit = new Limit(group.maxParallel);
  const fresh = group.legs.filter((leg) => !leg.kept);
  for (const leg of fresh) run.request.onJob(structuredClone(leg.record));
  await Promise.all(
    fresh.map((leg) =>
      limit.run(() =>
        run.limit.run(async () => {
          await runLeg(run, job, leg, signal, toTheEnd);
          if (group.failFast && leg.record.conclusion === 'failure' && !leg.continueOnError) siblings.abort();
        }),
      ),
    ),
  );
  return resultOf(group);
}

function resultOf(group: JobGroup): JobResult {
  const outputs = Object.assign({}, ...group.legs.map((leg) => leg.record.outputs));
  const conclusions = group.legs.map((leg): Conclusion | null =>
    leg.continueOnError && leg.record.conclusion === 'failure' ? 'success' : leg.record.conclusion,
  );
  const result = conclusions.includes('failure')
    ? 'failure'
    : conclusions.includes('cancelled')
      ? 'cancelled'
      : conclusions.every((conclusion) => conclusion === 'skipped')
        ? 'skipped'
        : 'success';
  return { result, outputs };
}
