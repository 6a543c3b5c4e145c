// The parts of GitHub's webhook payloads that intake reads; anything else in them is ignored, anything missing is "not ours".
import { z } from 'zod';
import type { Repository } from '../../incident/incident.ts';

const Account = z.object({ login: z.string(), type: z.string().optional() });

/** As GitHub allows names: what else a signed body may hold never reaches a path, a key or the database. */
const Name = z.string().regex(/^[\w.-]{1,100}$/);

const RepositoryPart = z.object({
  id: z.number(),
  name: Name,
  default_branch: z.string(),
  private: z.boolean(),
  owner: z.object({ login: Name }),
});

const base = {
  repository: RepositoryPart,
  installation: z.object({ id: z.number().int().positive() }),
  sender: Account,
};

export const WorkflowRunCompleted = z.object({
  ...base,
  action: z.literal('completed'),
  workflow_run: z.object({
    id: z.number().int().positive(),
    name: z.string().nullish(),
    path: z.string(),
    run_attempt: z.number().int().positive(),
    head_sha: z.string().regex(/^[0-9a-f]{40}$/),
    head_branch: z.string().nullable(),
    event: z.string(),
    conclusion: z.string().nullable(),
    html_url: z.string(),
    head_repository: z.object({ id: z.number() }).nullable(),
    actor: Account.nullish(),
  }),
});
export type WorkflowRunCompleted = z.infer<typeof WorkflowRunCompleted>;

export const IssueLabeled = z.object({
  ...base,
  action: z.literal('labeled'),
  label: z.object({ name: z.string() }).optional(),
  issue: z.object({
    number: z.number().int().positive(),
    title: z.string(),
    body: z.string().nullish(),
    state: z.string().optional(),
    html_url: z.string(),
    user: Account.nullish(),
    /** Told in the report, believed by nobody: one that is not as expected is no reason to leave the issue. */
    author_association: z
      .string()
      .regex(/^[A-Z_]{1,40}$/)
      .optional()
      .catch(undefined),
    labels: z.array(z.object({ name: z.string() })).optional(),
    pull_request: z.unknown().optional(),
  }),
});
export type IssueLabeled = z.infer<typeof IssueLabeled>;

export const PullRequestEvent = z.object({
  ...base,
  pull_request: z.object({ number: z.number().int().positive() }),
});
export type PullRequestEvent = z.infer<typeof PullRequestEvent>;

export const CommentCreated = z.object({
  ...base,
  action: z.literal('created'),
  issue: z.object({ number: z.number().int().positive(), pull_request: z.unknown().optional() }),
  comment: z.object({ body: z.string() }),
});
export type CommentCreated = z.infer<typeof CommentCreated>;

/** The repository of a payload, in our words. */
export function repositoryOf(payload: Pick<WorkflowRunCompleted, 'repository' | 'installation'>): Repository {
  const { repository, installation } = payload;
  return {
    owner: repository.owner.login,
    name: repository.name,
    defaultBranch: repository.default_branch,
    installationId: installation.id,
    private: repository.private,
  };
}
