// The parts of GitHub's webhook payloads that onboarding reads; anything else in them is ignored, anything missing is "not ours".
import { z } from 'zod';

/** As GitHub allows names: what else a signed body may hold never reaches a path, a key or the database. */
const name = /^[\w.-]{1,100}$/;
const Name = z.string().regex(name);
const FullName = z
  .string()
  .transform((text) => text.split('/'))
  .pipe(z.tuple([Name, Name]));

const Listed = z.object({ full_name: FullName, private: z.boolean() });
/** One that cannot be read is no reason to leave the others. */
const List = z
  .array(z.unknown())
  .optional()
  .transform((all = []) => all.flatMap((one) => Listed.safeParse(one).data ?? []));

const InstallationId = z.object({ id: z.number().int().positive() });

export const InstallationCreated = z.object({
  action: z.enum(['created', 'deleted']),
  installation: InstallationId,
  repositories: List,
});
export const RepositoriesMoved = z.object({
  action: z.enum(['added', 'removed']),
  installation: InstallationId,
  repositories_added: List,
  repositories_removed: List,
});
export type ListedRepository = z.infer<typeof Listed>;

/** A push names its repository's owner in its own way, so the full name is read. */
const Repository = z.object({ full_name: FullName, default_branch: z.string() });
const Paths = z.array(z.string()).catch([]);
const Commit = z.object({ added: Paths, modified: Paths, removed: Paths });

export const Push = z.object({
  ref: z.string(),
  deleted: z.boolean().catch(false),
  forced: z.boolean().catch(false),
  repository: Repository,
  commits: z.array(Commit).catch([]),
  head_commit: Commit.nullish().catch(null),
});
export type Push = z.infer<typeof Push>;

export const isOnDefaultBranch = ({ deleted, ref, repository }: Push): boolean =>
  !deleted && ref === `refs/heads/${repository.default_branch}`;

export const changedPaths = ({ commits, head_commit: head }: Push): string[] =>
  [...commits, ...(head ? [head] : [])].flatMap(({ added, modified, removed }) => [...added, ...modified, ...removed]);

const Sha = z.string().regex(/^[0-9a-f]{40}$/);
/** What the look at a policy needs to reach the repository. */
const Reached = {
  installation: InstallationId,
  repository: Repository.extend({ private: z.boolean() }),
};
export type Reached = z.infer<z.ZodObject<typeof Reached>>;

export const PolicyPush = z.object({ ...Reached, after: Sha });

export const PullProposed = z.object({
  ...Reached,
  action: z.enum(['opened', 'reopened', 'synchronize']),
  repository: Reached.repository.extend({ id: z.number() }),
  pull_request: z.object({
    number: z.number().int().positive(),
    state: z.string(),
    head: z.object({ ref: z.string(), sha: Sha, repo: z.object({ id: z.number() }).nullish() }),
    base: z.object({ ref: z.string(), sha: Sha }),
    /** In its conversation; where it is not told there may be some. */
    comments: z.number().int().catch(1),
  }),
  sender: z.object({ type: z.string().optional() }),
});
export type PullProposed = z.infer<typeof PullProposed>;

export const SandboxRunCompleted = z.object({
  repository: Repository,
  workflow_run: z.object({ path: z.string() }),
});

export const IssueMoved = z.object({
  repository: Repository,
  issue: z.object({ number: z.number().int().positive(), pull_request: z.unknown().optional() }),
  sender: z.object({ type: z.string().optional() }),
});
