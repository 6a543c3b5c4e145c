// One step under way: its environment, what it has put out so far, and how it says that something is wrong.
import { isAbsolute, relative } from 'node:path';
import type { JobAnnotation } from './contract.ts';
import type { ExpressionScope } from './expressions.ts';
import { type Frame, type JobState, runnerContext, scopeOf } from './job-state.ts';

const MOST_ANNOTATIONS_A_LEVEL = 10;

/** Ends a step as failed; without a message where the step has said itself what is wrong. */
export class StepFailure extends Error {
  constructor(message = '') {
    super(message);
    this.name = 'StepFailure';
  }
}

export interface Execution {
  job: JobState;
  frame: Frame;
  /** GITHUB_ACTION: the step's id, or `__run`, `__actions_checkout`, with a number from the second on. */
  id: string;
  env: Record<string, string>;
  outputs: Record<string, string>;
  /** What `pre` and `main` leave for `post`. */
  state: Record<string, string>;
  signal: AbortSignal;
  commandFailed: boolean;
  annotationCounts: Partial<Record<JobAnnotation['level'], number>>;
}

export function executionScope(execution: Execution): ExpressionScope {
  return scopeOf(execution.frame, execution.env);
}

export interface IssueProperties {
  file?: string;
  line?: number;
  endLine?: number;
  title?: string;
}

const marks = { failure: 'error', warning: 'warning', notice: 'notice' } as const;

/** Writes `##[error]text` and annotates the job; without a file the annotation points into the log, as GitHub's do. */
export function report(
  execution: Execution,
  level: JobAnnotation['level'],
  message: string,
  properties: IssueProperties = {},
): void {
  const { job } = execution;
  job.log.write(`##[${marks[level]}]${message}`);
  annotate(execution, level, message, properties);
}

export function annotate(
  execution: Execution,
  level: JobAnnotation['level'],
  message: string,
  properties: IssueProperties,
): void {
  const { job, annotationCounts } = execution;
  const count = (annotationCounts[level] ?? 0) + 1;
  annotationCounts[level] = count;
  if (count > MOST_ANNOTATIONS_A_LEVEL) return;
  const { file, title } = properties;
  const startLine = file ? (properties.line ?? 1) : job.log.stepLine;
  job.record.annotations.push({
    path: file ? repositoryPath(job, file) : '.github',
    startLine,
    endLine: file ? (properties.endLine ?? startLine) : startLine,
    level,
    ...(title && { title: job.masker.mask(title) }),
    message: job.masker.mask(message),
  });
}

function repositoryPath(job: JobState, file: string): string {
  if (!isAbsolute(file)) return file.replace(/^\.\//, '');
  const inside = relative(job.directories.workspace, file);
  return inside.startsWith('..') ? file : inside;
}

/** The environment of a step's process: the machine's tools, the workflow's `env:`, and last what nobody may overwrite. */
export function processEnvironment(execution: Execution, extra: Record<string, string> = {}): Record<string, string> {
  const { job, frame, env } = execution;
  const declared = { ...job.env, ...frame.env, ...env };
  const runner = runnerContext(job);
  const path = declared.PATH ?? job.hostEnvironment.PATH ?? '';
  return {
    ...job.hostEnvironment,
    HOME: job.directories.home,
    CI: 'true',
    ...declared,
    ...githubVariables(execution),
    GITHUB_ACTIONS: 'true',
    RUNNER_OS: runner.os ?? '',
    RUNNER_ARCH: runner.arch ?? '',
    RUNNER_NAME: runner.name ?? '',
    RUNNER_ENVIRONMENT: runner.environment ?? '',
    RUNNER_TEMP: job.directories.temp,
    RUNNER_TOOL_CACHE: job.directories.toolCache,
    RUNNER_WORKSPACE: runner.workspace ?? '',
    RUNNER_TRACKING_ID: job.trackingId,
    ...(runner.debug === '1' && { RUNNER_DEBUG: '1' }),
    ...extra,
    PATH: [...job.paths, path].filter((entry) => entry !== '').join(':'),
  };
}

const exported = [
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'event_name',
  'event_path',
  'graphql_url',
  'head_ref',
  'job',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'workspace',
];

function githubVariables(execution: Execution): Record<string, string> {
  const { job, frame, id } = execution;
  const [repository, ref] = (frame.actionReference ?? '').split('@');
  return {
    ...Object.fromEntries(exported.map((key) => [`GITHUB_${key.toUpperCase()}`, String(job.github[key] ?? '')])),
    GITHUB_ACTION: id,
    GITHUB_ACTION_REPOSITORY: repository ?? '',
    GITHUB_ACTION_REF: ref ?? '',
    ...(frame.actionPath && { GITHUB_ACTION_PATH: frame.actionPath }),
  };
}
