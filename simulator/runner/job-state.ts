// What one running job knows and shares between its steps, and the scope in which an expression of a step is evaluated.
import { dirname } from 'node:path';
import type { JobRecord, RunRequest } from './contract.ts';
import type { ExpressionScope } from './expressions.ts';
import { hashFiles } from './file-search.ts';
import type { JobLog } from './log.ts';
import type { Masker } from './masker.ts';
import type { ProblemMatcher } from './problem-matcher.ts';
import type { StepPlan } from './step.ts';
import type { Workflow } from './workflow.ts';
import type { StepJob } from './workflow-schema.ts';

/** What GitHub grants `always()` steps after a cancellation. */
const AFTER_CANCEL_MS = 5 * 60_000;

interface JobDirectories {
  root: string;
  workspace: string;
  temp: string;
  home: string;
  toolCache: string;
  /** `<workDirectory>/artifacts`, shared by the jobs of a run and by its attempts. */
  artifacts: string;
}

export type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface StepResult {
  outputs: Record<string, string>;
  outcome: Outcome;
  conclusion: Outcome;
}

export interface JobState {
  request: RunRequest;
  workflow: Workflow;
  definition: StepJob;
  record: JobRecord;
  log: JobLog;
  masker: Masker;
  directories: JobDirectories;
  token: string;
  permissions: Record<string, string>;
  github: Record<string, unknown>;
  /** needs, strategy, matrix, inputs, secrets, vars. */
  contexts: Record<string, unknown>;
  /** The workflow's and the job's `env:`, then what steps wrote to GITHUB_ENV. */
  env: Record<string, string>;
  hostEnvironment: Record<string, string>;
  /** What steps wrote to GITHUB_PATH, the latest first. */
  paths: string[];
  matchers: Map<string, ProblemMatcher>;
  /** Whether a step of the job itself has failed. */
  failed: boolean;
  /** What actions have planned for after the job; the last planned runs first. */
  posts: StepPlan[];
  cancelSignal: AbortSignal;
  afterCancelSignal: AbortSignal | undefined;
  trackingId: string;
  /** Step names already given to GITHUB_ACTION, so that the next of the name gets a number. */
  actionIds: Map<string, number>;
}

/** Where steps run: the job itself, or a composite action within one of its steps. */
export interface Frame {
  job: JobState;
  depth: number;
  inputs: Record<string, unknown>;
  steps: Record<string, StepResult>;
  /** A composite action's steps see the environment of the step that calls it. */
  env: Record<string, string>;
  failed: boolean;
  /** Ends the steps of a composite action when the step that uses it ends. */
  signal: AbortSignal | undefined;
  actionPath: string | undefined;
  actionReference: string | undefined;
}

export function jobFrame(job: JobState): Frame {
  const inputs = job.contexts.inputs;
  return {
    job,
    depth: 0,
    inputs: typeof inputs === 'object' && inputs !== null ? { ...inputs } : {},
    steps: {},
    env: {},
    failed: false,
    signal: undefined,
    actionPath: undefined,
    actionReference: undefined,
  };
}

/** What ends the step that runs now: the cancellation, or once that has happened, the end of its grace. */
export function stopSignal(job: JobState): AbortSignal {
  if (!job.cancelSignal.aborted) return job.cancelSignal;
  job.afterCancelSignal ??= AbortSignal.timeout(AFTER_CANCEL_MS);
  return job.afterCancelSignal;
}

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

export function runnerContext(job: JobState): Record<string, string> {
  return {
    os: systems[process.platform] ?? 'Linux',
    arch: process.arch.toUpperCase(),
    name: `Simulated Runner ${job.record.id}`,
    environment: 'github-hosted',
    temp: job.directories.temp,
    tool_cache: job.directories.toolCache,
    workspace: dirname(job.directories.workspace),
    debug: debugIsOn(job) ? '1' : '',
  };
}

export function debugIsOn(job: JobState): boolean {
  const { secrets, variables } = job.request;
  return secrets.ACTIONS_STEP_DEBUG === 'true' || variables.ACTIONS_STEP_DEBUG === 'true';
}

/** The scope of an expression in `frame`; `env` is what the step has set on top. */
export function scopeOf(frame: Frame, env: Record<string, string> = {}): ExpressionScope {
  const { job } = frame;
  const cancelled = job.cancelSignal.aborted;
  const nested = frame.actionPath !== undefined;
  return {
    contexts: {
      ...job.contexts,
      ...(nested && { secrets: {} }),
      github: { ...job.github, ...(nested && { action_path: frame.actionPath }), action_status: statusText(frame) },
      env: { ...job.env, ...frame.env, ...env },
      inputs: frame.inputs,
      steps: frame.steps,
      runner: runnerContext(job),
      job: {
        status: job.cancelSignal.aborted ? 'cancelled' : frame.job.failed ? 'failure' : 'success',
        check_run_id: job.record.id,
      },
    },
    status: { success: !frame.failed && !cancelled, failure: frame.failed && !cancelled, cancelled },
    hashFiles: (patterns) => hashFiles(job.directories.workspace, patterns),
  };
}

function statusText(frame: Frame): string {
  if (frame.job.cancelSignal.aborted) return 'cancelled';
  return frame.failed ? 'failure' : 'success';
}
