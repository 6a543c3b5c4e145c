// Runs a workflow: its jobs in the order of their needs, two at a time, and how the whole run ended.

import type { Conclusion, RunHandle, RunRequest } from './contract.ts';
import { errorMessage } from './error-message.ts';
import { type ExpressionScope, evaluateCondition } from './expressions.ts';
import { githubContext, inputsContext } from './github-context.ts';
import { newRecord, planJob, runLegs } from './legs.ts';
import { Limit } from './limit.ts';
import { ancestorsOf, neededBy } from './needs.ts';
import { type Job, parseWorkflow, type Workflow } from './workflow.ts';

const JOBS_AT_ONCE = 2;

export interface RunState {
  request: RunRequest;
  workflow: Workflow;
  github: Record<string, unknown>;
  inputs: Record<string, unknown>;
  cancelSignal: AbortSignal;
  limit: Limit;
}

/** What a job is to the jobs that need it, all of its matrix taken together. */
export interface JobResult {
  result: 'success' | 'failure' | 'cancelled' | 'skipped';
  outputs: Record<string, string>;
}

function jobScope(run: RunState, key: string, job: Job, results: Map<string, JobResult>): ExpressionScope {
  const ancestors = [...ancestorsOf(run.workflow.jobs, key)].map((ancestor) => results.get(ancestor)?.result);
  const cancelled = run.cancelSignal.aborted;
  return {
    contexts: {
      github: run.github,
      inputs: run.inputs,
      vars: run.request.variables,
      needs: Object.fromEntries(neededBy(job).map((need) => [need, results.get(need)])),
    },
    status: {
      // Not only the needed jobs but all before them: https://github.com/actions/runner/issues/491
      success: !cancelled && ancestors.every((result) => result === 'success'),
      failure: !cancelled && ancestors.includes('failure'),
      cancelled,
    },
  };
}

function skip(run: RunState, key: string, job: Job): JobResult {
  const result = run.cancelSignal.aborted ? 'cancelled' : 'skipped';
  const at = new Date().toISOString();
  const record = newRecord(run, key, job.name ?? key, []);
  run.request.onJob({ ...record, status: 'completed', conclusion: result, startedAt: at, completedAt: at });
  return { result, outputs: {} };
}

async function runWhenReady(run: RunState, key: string, job: Job, results: Map<string, JobResult>): Promise<JobResult> {
  const scope = jobScope(run, key, job, results);
  const keptWhole = run.request.keep.find((record) => record.key === key && record.conclusion === 'skipped');
  if (keptWhole) return { result: 'skipped', outputs: {} };
  let refusal: string | undefined;
  try {
    if (!evaluateCondition(job.if, scope)) return skip(run, key, job);
  } catch (error) {
    refusal = `The template is not valid. ${run.workflow.path}: ${errorMessage(error)}`;
  }
  return runLegs(run, job, planJob(run, key, job, scope, refusal));
}

async function runJobs(run: RunState): Promise<Conclusion> {
  const results = new Map<string, JobResult>();
  const started = new Map<string, Promise<JobResult>>();
  const startJob = (key: string, job: Job): Promise<JobResult> => {
    const known = started.get(key);
    if (known) return known;
    const promise = Promise.all(
      neededBy(job).map((need) => {
        const needed = run.workflow.jobs.get(need);
        return needed && startJob(need, needed);
      }),
    ).then(async () => {
      const result = await runWhenReady(run, key, job, results);
      results.set(key, result);
      return result;
    });
    started.set(key, promise);
    return promise;
  };
  await Promise.all([...run.workflow.jobs].map(([key, job]) => startJob(key, job)));
  return concludeRun(run, [...results.values()]);
}

function concludeRun(run: RunState, results: JobResult[]): Conclusion {
  const has = (result: JobResult['result']): boolean => results.some((one) => one.result === result);
  if (run.cancelSignal.aborted && has('cancelled')) return 'cancelled';
  if (has('failure')) return 'failure';
  if (has('cancelled')) return 'cancelled';
  return results.every((one) => one.result === 'skipped') ? 'skipped' : 'success';
}

/** Starts a run; `done` tells its conclusion once every job has ended, and rejects only if the caller's callbacks throw. */
export function startRun(request: RunRequest): RunHandle {
  const parsed = parseWorkflow(request.workflow);
  const cancellation = new AbortController();
  if (!parsed.ok) return { done: Promise.resolve('startup_failure'), cancel: () => {} };
  const { workflow } = parsed;
  const done = runJobs({
    request,
    workflow,
    github: githubContext(workflow, request),
    inputs: inputsContext(workflow, request),
    cancelSignal: cancellation.signal,
    limit: new Limit(JOBS_AT_ONCE),
  });
  return { done, cancel: () => cancellation.abort() };
}
