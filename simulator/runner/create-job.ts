// Makes what a job needs before its first step: folders, token, masks, the event's file and an empty log.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JobRecord, RunRequest } from './contract.ts';
import type { JobState } from './job-state.ts';
import { JobLog } from './log.ts';
import { Masker } from './masker.ts';
import { hostEnvironment } from './programs.ts';
import { tokenPermissions } from './token-permissions.ts';
import type { Workflow } from './workflow.ts';
import type { StepJob } from './workflow-schema.ts';

export interface JobRequest {
  request: RunRequest;
  workflow: Workflow;
  definition: StepJob;
  record: JobRecord;
  github: Record<string, unknown>;
  /** needs, strategy, matrix, inputs, vars. */
  contexts: Record<string, unknown>;
  timeoutMinutes: number;
  /** Why the job cannot run; its set-up says so and fails. */
  refusal: string | undefined;
  cancelSignal: AbortSignal;
}

export function jobLogDirectory(request: RunRequest, jobId: number): string {
  return join(request.workDirectory, 'logs', String(jobId));
}

/** The folders of a job, as GitHub's runner lays them out, under one root that goes when the job ends. */
function createDirectories(request: RunRequest, jobId: number): JobState['directories'] {
  const root = join(request.workDirectory, 'jobs', String(jobId));
  const { name } = request.repository;
  const work = join(root, 'work');
  const directories = {
    root,
    workspace: join(work, name, name),
    temp: join(work, '_temp'),
    toolCache: join(work, '_tool'),
    home: join(root, 'home'),
    artifacts: join(request.workDirectory, 'artifacts'),
  };
  for (const folder of Object.values(directories)) mkdirSync(folder, { recursive: true });
  return directories;
}

export async function createJob(wanted: JobRequest, signal: AbortSignal): Promise<JobState> {
  const { request, workflow, definition, record } = wanted;
  const masker = new Masker();
  const permissions = tokenPermissions(workflow.permissions, definition.permissions);
  const token = await request.mintToken(permissions);
  for (const secret of [token, ...Object.values(request.secrets)]) masker.add(secret);
  const directories = createDirectories(request, record.id);
  const eventPath = join(directories.temp, '_github_workflow', 'event.json');
  mkdirSync(dirname(eventPath), { recursive: true });
  writeFileSync(eventPath, JSON.stringify(wanted.github.event, null, 2));
  return {
    request,
    workflow,
    definition,
    record,
    log: new JobLog(jobLogDirectory(request, record.id), masker),
    masker,
    directories,
    token,
    permissions,
    github: { ...wanted.github, token, job: record.key, workspace: directories.workspace, event_path: eventPath },
    contexts: { ...wanted.contexts, secrets: { ...request.secrets, GITHUB_TOKEN: token } },
    env: {},
    hostEnvironment: hostEnvironment(),
    paths: [],
    matchers: new Map(),
    failed: false,
    posts: [],
    cancelSignal: signal,
    afterCancelSignal: undefined,
    trackingId: `github_${randomUUID()}`,
    actionIds: new Map(),
  };
}
