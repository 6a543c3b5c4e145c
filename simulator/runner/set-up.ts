// A job's first step: says where it runs and what its token may do, and finds the actions it will use.
import { readFileSync } from 'node:fs';
import { release, type } from 'node:os';
import type { Action } from './actions/action.ts';
import { isInWorkspace, loadAction } from './actions/load-action.ts';
import type { JobState } from './job-state.ts';
import { permissionLines } from './token-permissions.ts';

/** The release of actions/runner whose behaviour and log this runner follows. */
const RUNNER_VERSION = '2.329.0';

function operatingSystem(): string[] {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    const value = (key: string): string => new RegExp(`^${key}="?([^"\\n]*)`, 'm').exec(text)?.[1] ?? '';
    return [value('NAME'), value('VERSION_ID')].filter((line) => line !== '');
  } catch {
    // Only some Linux systems have the file; the kernel's name serves as well.
    return [type(), release()];
  }
}

function group(job: JobState, title: string, lines: string[]): void {
  job.log.write(`##[group]${title}`);
  for (const line of lines) job.log.write(line);
  job.log.write('##[endgroup]');
}

function loadTree(job: JobState, reference: string, loaded: Map<string, Action>): void {
  if (isInWorkspace(reference) || loaded.has(reference)) return;
  const action = loadAction(job, reference);
  job.log.write(`Download action repository '${reference}'`);
  loaded.set(reference, action);
  for (const nested of action.uses ?? []) loadTree(job, nested, loaded);
}

/** Everything before the first step; throws what makes the job impossible here. */
export function setUpJob(job: JobState): Map<string, Action> {
  const { log, definition, request, record } = job;
  log.write(`Current runner version: '${RUNNER_VERSION}'`);
  group(job, 'Operating System', operatingSystem());
  group(job, 'Runner Image', [`Image: ${record.labels.join(', ')}`, 'Version: simulator']);
  group(job, 'GITHUB_TOKEN Permissions', permissionLines(job.permissions));
  log.write(`Secret source: ${Object.keys(request.secrets).length > 0 ? 'Actions' : 'None'}`);
  log.write('Prepare workflow directory');
  for (const part of ['container', 'services'] as const) {
    if (definition[part] === undefined) continue;
    throw new Error(
      `'${part}' of job '${record.key}' needs containers, and there are none on this runner. Remove it, or run the workflow on github.com.`,
    );
  }
  log.write('Prepare all required actions');
  const references = definition.steps.flatMap((step) => step.uses ?? []);
  const loaded = new Map<string, Action>();
  if (references.some((reference) => !isInWorkspace(reference))) log.write('Getting action download info');
  for (const reference of references) loadTree(job, reference, loaded);
  log.write(`Complete job name: ${record.name}`);
  return loaded;
}
