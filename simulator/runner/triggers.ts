// Decides from a workflow's `on:` whether an event starts it, and which inputs a person may give it.
import { z } from 'zod';
import type { TriggerEvent } from './contract.ts';
import { matchesFilter } from './glob.ts';
import {
  dispatchFilter,
  eventSchemas,
  pullRequestFilter,
  pushFilter,
  runFilter,
  scheduleFilter,
  typesFilter,
} from './trigger-schema.ts';
import type { Workflow } from './workflow.ts';

type Names = string[] | undefined;

/** `include` and `ignore` are never both there; a list of only `!patterns` lets nothing through, as on GitHub. */
function passes(include: Names, ignore: Names, name: string | undefined): boolean {
  if (include) return name !== undefined && matchesFilter(include, name);
  if (ignore) return name !== undefined && !matchesFilter(ignore, name);
  return true;
}

function pathsPass(filter: { paths?: Names; 'paths-ignore'?: Names }, changedPaths: string[]): boolean {
  const { paths, 'paths-ignore': ignored } = filter;
  if (paths) return changedPaths.some((path) => matchesFilter(paths, path));
  if (ignored) return changedPaths.some((path) => !matchesFilter(ignored, path));
  return true;
}

function pushStarts(config: unknown, event: TriggerEvent): boolean {
  const filter = pushFilter.parse(config);
  if (!filter) return true;
  const byTag = filter.tags ?? filter['tags-ignore'];
  const byBranch = filter.branches ?? filter['branches-ignore'];
  const isTag = event.tag !== undefined || event.ref.startsWith('refs/tags/');
  if (isTag) {
    if (!byTag) return !byBranch;
    return passes(filter.tags, filter['tags-ignore'], event.tag ?? event.ref.slice('refs/tags/'.length));
  }
  if (byTag && !byBranch) return false;
  const branch = event.branch ?? event.ref.replace(/^refs\/heads\//, '');
  return passes(filter.branches, filter['branches-ignore'], branch) && pathsPass(filter, event.changedPaths);
}

function typeStarts(types: Names, action: string | undefined, byDefault: Names): boolean {
  const wanted = types ?? byDefault;
  return !wanted || (action !== undefined && wanted.includes(action));
}

function pullRequestStarts(config: unknown, event: TriggerEvent): boolean {
  const filter = pullRequestFilter.parse(config) ?? {};
  return (
    typeStarts(filter.types, event.action, ['opened', 'synchronize', 'reopened']) &&
    passes(filter.branches, filter['branches-ignore'], event.branch) &&
    pathsPass(filter, event.changedPaths)
  );
}

const finishedRun = z.looseObject({
  workflow: z.looseObject({ name: z.string().nullish() }).nullish(),
  workflow_run: z.looseObject({ name: z.string().nullish(), head_branch: z.string().nullish() }).nullish(),
});

function runStarts(config: unknown, event: TriggerEvent): boolean {
  const filter = runFilter.parse(config);
  const parsed = finishedRun.safeParse(event.payload);
  const name = parsed.data?.workflow?.name ?? parsed.data?.workflow_run?.name ?? undefined;
  const branch = parsed.data?.workflow_run?.head_branch ?? event.branch;
  return (
    (!filter.workflows || (name !== undefined && matchesFilter(filter.workflows, name))) &&
    typeStarts(filter.types, event.action, undefined) &&
    passes(filter.branches, filter['branches-ignore'], branch)
  );
}

function scheduleStarts(config: unknown, event: TriggerEvent): boolean {
  const cron = event.payload.schedule;
  return cron === undefined || scheduleFilter.parse(config).some((entry) => entry.cron === cron);
}

/** Whether `event` starts `workflow`; commit messages such as `[skip ci]` are the caller's business. */
export function isTriggered(workflow: Workflow, event: TriggerEvent): boolean {
  const config = workflow.on[event.name];
  if (config === undefined || !(event.name in eventSchemas)) return false;
  switch (event.name) {
    case 'push':
      return pushStarts(config, event);
    case 'pull_request':
    case 'pull_request_target':
      return pullRequestStarts(config, event);
    case 'workflow_run':
      return runStarts(config, event);
    case 'schedule':
      return scheduleStarts(config, event);
    case 'workflow_dispatch':
      return true;
    case 'workflow_call':
      return false;
    default:
      return typeStarts(typesFilter.parse(config)?.types, event.action, undefined);
  }
}

export interface DispatchInput {
  description?: string;
  required: boolean;
  default?: string;
  type?: string;
  options?: string[];
}

/** The inputs of `workflow_dispatch`, or null where the workflow cannot be dispatched. */
export function dispatchInputs(workflow: Workflow): Record<string, DispatchInput> | null {
  const config = workflow.on.workflow_dispatch;
  if (config === undefined) return null;
  const inputs = dispatchFilter.parse(config)?.inputs ?? {};
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [
      name,
      {
        required: input?.required ?? false,
        ...(input?.description !== undefined && { description: input.description }),
        ...(input?.default !== undefined && { default: input.default }),
        ...(input?.type !== undefined && { type: input.type }),
        ...(input?.options !== undefined && { options: input.options }),
      },
    ]),
  );
}
