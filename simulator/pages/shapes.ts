// The parts of GitHub's REST answers that the pages show.
import { z } from 'zod';

const user = z.object({ login: z.string(), type: z.string().default('User') });
const label = z.object({ name: z.string(), color: z.string().default('ededed') });
const text = z.string().nullish();

export const repositorySchema = z.object({
  full_name: z.string(),
  description: text,
  private: z.boolean().default(false),
  default_branch: z.string(),
  pushed_at: text,
});
export const repositoriesSchema = z.array(repositorySchema);
export const branchesSchema = z.array(z.object({ name: z.string(), commit: z.object({ sha: z.string() }) }));

export const refSchema = z.object({ ref: z.string() });

const gitPerson = z.object({ name: z.string().default(''), date: z.string().default('') });
const commitSchema = z.object({
  sha: z.string(),
  commit: z.object({ message: z.string(), author: gitPerson.nullish(), committer: gitPerson.nullish() }),
  author: user.nullish(),
  parents: z.array(z.object({ sha: z.string() })).default([]),
});
export const commitsSchema = z.array(commitSchema);
const changedFileSchema = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.string(),
  additions: z.number(),
  deletions: z.number(),
  changes: z.number(),
  patch: z.string().optional(),
});
export const commitWithFilesSchema = commitSchema.extend({ files: z.array(changedFileSchema).default([]) });

const entry = z.object({ name: z.string(), path: z.string(), type: z.string(), size: z.number().default(0) });
export const fileSchema = entry.extend({ sha: z.string(), content: z.string().default(''), encoding: text });
export const contentsSchema = z.union([z.array(entry), fileSchema]);

export const runSchema = z.object({
  id: z.number(),
  name: text,
  display_title: z.string().default(''),
  event: z.string(),
  status: text,
  conclusion: text,
  head_branch: text,
  head_sha: z.string(),
  run_number: z.number(),
  run_attempt: z.number().default(1),
  created_at: z.string(),
  updated_at: z.string(),
  path: z.string().default(''),
  actor: user.nullish(),
});
export const runsSchema = z.object({ workflow_runs: z.array(runSchema) });
export const workflowSchema = z.object({ id: z.number(), name: z.string(), path: z.string(), state: z.string() });
export const workflowsSchema = z.object({ workflows: z.array(workflowSchema) });
export const jobSchema = z.object({
  id: z.number(),
  run_id: z.number(),
  run_attempt: z.number().default(1),
  name: z.string(),
  status: text,
  conclusion: text,
  started_at: text,
  completed_at: text,
  steps: z
    .array(
      z.object({
        name: z.string(),
        number: z.number(),
        status: text,
        conclusion: text,
        started_at: text,
        completed_at: text,
      }),
    )
    .default([]),
});
export const jobsSchema = z.object({ jobs: z.array(jobSchema) });
export const artifactsSchema = z.object({
  artifacts: z.array(z.object({ id: z.number(), name: z.string(), size_in_bytes: z.number(), expired: z.boolean() })),
});

export const checkRunSchema = z.object({
  id: z.number(),
  name: z.string(),
  status: text,
  conclusion: text,
  started_at: text,
  completed_at: text,
  head_sha: z.string(),
  html_url: text,
  details_url: text,
  app: z.object({ name: z.string(), slug: z.string().optional() }).nullish(),
  output: z.object({ title: text, summary: text, text }).nullish(),
});
export const checkRunsSchema = z.object({ check_runs: z.array(checkRunSchema) });
export const annotationsSchema = z.array(
  z.object({ path: z.string(), start_line: z.number(), annotation_level: text, title: text, message: text }),
);
export const statusSchema = z.object({
  statuses: z.array(z.object({ context: z.string(), state: z.string(), description: text, target_url: text })),
});

export const issueSchema = z.object({
  number: z.number(),
  title: z.string(),
  body: text,
  state: z.string(),
  state_reason: text,
  user: user.nullish(),
  labels: z.array(label).default([]),
  comments: z.number().default(0),
  created_at: z.string(),
  pull_request: z.object({}).nullish(),
});
export const issuesSchema = z.array(issueSchema);
const commentSchema = z.object({
  id: z.number(),
  body: text,
  user: user.nullish(),
  created_at: z.string(),
  path: z.string().nullish(),
  line: z.number().nullish(),
  position: z.number().nullish(),
  original_line: z.number().nullish(),
  in_reply_to_id: z.number().nullish(),
  diff_hunk: z.string().nullish(),
});
export const commentsSchema = z.array(commentSchema);
export const labelsSchema = z.array(label);

export const pullSchema = issueSchema.omit({ state_reason: true, comments: true, pull_request: true }).extend({
  draft: z.boolean().default(false),
  merged: z.boolean().default(false),
  merged_at: text,
  merge_commit_sha: text,
  mergeable: z.boolean().nullish(),
  mergeable_state: z.string().default('unknown'),
  auto_merge: z.object({ enabled_by: user, merge_method: z.string() }).nullish(),
  head: z.object({ ref: z.string(), sha: z.string(), label: z.string().default('') }),
  base: z.object({ ref: z.string(), sha: z.string() }),
});
export const pullsSchema = z.array(pullSchema);
export const changedFilesSchema = z.array(changedFileSchema);
export const reviewsSchema = z.array(
  z.object({ id: z.number(), state: z.string(), body: text, user: user.nullish(), submitted_at: text }),
);

export const appSchema = z.object({
  id: z.number(),
  slug: z.string(),
  name: z.string(),
  description: text,
  permissions: z.record(z.string(), z.string().optional()).default({}),
  events: z.array(z.string()).default([]),
});
export const deliverySchema = z.object({
  id: z.union([z.number(), z.string()]),
  guid: z.string(),
  delivered_at: z.string(),
  redelivery: z.boolean().default(false),
  duration: z.number().default(0),
  status: z.string(),
  status_code: z.number(),
  event: z.string(),
  action: text,
});
export const deliveriesSchema = z.array(deliverySchema);

export type Repository = z.infer<typeof repositorySchema>;
export type Commit = z.infer<typeof commitSchema>;
export type ChangedFile = z.infer<typeof changedFileSchema>;
export type Workflow = z.infer<typeof workflowSchema>;
export type Run = z.infer<typeof runSchema>;
export type Job = z.infer<typeof jobSchema>;
export type CheckRun = z.infer<typeof checkRunSchema>;
export type Comment = z.infer<typeof commentSchema>;
export type Label = z.infer<typeof label>;
export type Pull = z.infer<typeof pullSchema>;
export type Review = z.infer<typeof reviewsSchema>[number];
