// The shape of `on:`: which filters and inputs each event may carry.
import { z } from 'zod';

const name = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const names = z.union([name.transform((one) => [one]), z.array(name)]).optional();
const nothing = z.null();

const paths = { paths: names, 'paths-ignore': names };
const branches = { branches: names, 'branches-ignore': names };

const dispatchInput = z.union([
  z.null(),
  z.strictObject({
    description: name.optional(),
    deprecationMessage: name.optional(),
    required: z.boolean().optional(),
    default: name.optional(),
    type: z.enum(['string', 'boolean', 'choice', 'number', 'environment']).optional(),
    options: z.array(name).optional(),
  }),
]);

export const pushFilter = z.union([
  nothing,
  z.strictObject({ ...branches, tags: names, 'tags-ignore': names, ...paths }),
]);
export const pullRequestFilter = z.union([nothing, z.strictObject({ types: names, ...branches, ...paths })]);
export const runFilter = z.strictObject({ workflows: names, types: names, ...branches });
export const scheduleFilter = z.array(z.strictObject({ cron: z.string(), timezone: z.string().optional() }));
export const dispatchFilter = z.union([
  nothing,
  z.strictObject({ inputs: z.union([nothing, z.record(z.string(), dispatchInput)]).optional() }),
]);
export const typesFilter = z.union([nothing, z.looseObject({ types: names })]);

/** Every event that can start a workflow: https://docs.github.com/actions/reference/events-that-trigger-workflows */
export const eventSchemas: Record<string, z.ZodType> = {
  push: pushFilter,
  pull_request: pullRequestFilter,
  pull_request_target: pullRequestFilter,
  workflow_run: runFilter,
  schedule: scheduleFilter,
  workflow_dispatch: dispatchFilter,
  workflow_call: z.unknown(),
  ...Object.fromEntries(
    [
      'branch_protection_rule',
      'check_run',
      'check_suite',
      'create',
      'delete',
      'deployment',
      'deployment_status',
      'discussion',
      'discussion_comment',
      'fork',
      'gollum',
      'image_version',
      'issue_comment',
      'issues',
      'label',
      'merge_group',
      'milestone',
      'page_build',
      'project',
      'project_card',
      'project_column',
      'public',
      'pull_request_review',
      'pull_request_review_comment',
      'registry_package',
      'release',
      'repository_dispatch',
      'status',
      'watch',
    ].map((event) => [event, typesFilter]),
  ),
};
