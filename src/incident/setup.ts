// The record of a repository's set-up, from the installation to the first validation, and what news makes it worth another look.
import { z } from 'zod';

/** A repository as an installation names it: its default branch is not known yet. */
export const Installed = z.strictObject({
  owner: z.string(),
  name: z.string(),
  installationId: z.number().int().positive(),
  private: z.boolean(),
});
export type Installed = z.infer<typeof Installed>;

const setupStates = [
  /** To be looked at for the first time. */
  'due',
  /** Its setup issue is open. */
  'open',
  /** It has a workflow that is right, and nobody was told anything. */
  'quiet',
  /** The first validation ran, and the setup issue was closed by us. */
  'done',
  /** Somebody closed the setup issue: they do not want it. */
  'declined',
  /** Nothing to set up here for now: archived, empty, a fork, no issues. */
  'skipped',
  /** It could not be looked at; the next event of it is another chance. */
  'failed',
  /** The App may no longer see it. */
  'removed',
] as const;
export type SetupState = (typeof setupStates)[number];

export const Setup = z.strictObject({
  repository: Installed,
  /** Counts saves; a save on top of an older one is refused. */
  revision: z.number().int().nonnegative(),
  state: z.enum(setupStates),
  /** Why it is in this state, for the log. */
  detail: z.string(),
  /** Errors in a row. */
  failures: z.number().int().nonnegative(),
  issue: z.strictObject({ number: z.number().int().positive(), url: z.string() }).nullable(),
  /** The commit of the default branch at which the workflow was first seen, whole. */
  workflowAt: z.string().nullable(),
  /** The address of the run that validated first. */
  validatedBy: z.string().nullable(),
  /** The incident that said that the workflow is missing, where no issue does. */
  missingSaidBy: z.string().nullable(),
  installedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
});
export type Setup = z.infer<typeof Setup>;

/** Whatever name GitHub shows today: it takes no notice of capitals. */
export const setupKey = ({ owner, name }: Pick<Installed, 'owner' | 'name'>): string =>
  `${owner}/${name}`.toLowerCase();

/** Installed for the first time, or again: what is known of its issue stays, and the issue is looked up in any case. */
export function installed(repository: Installed, before: Setup | undefined, now: Date): Setup {
  const fresh: Setup = {
    ...{ repository, revision: 0, state: 'due', detail: 'installed', failures: 0, issue: null, workflowAt: null },
    ...{ validatedBy: null, missingSaidBy: null, installedAt: now.toISOString(), closedAt: null },
  };
  if (!before) return fresh;
  const revision = before.revision + 1;
  const { issue, workflowAt, validatedBy, missingSaidBy } = before;
  if (isOver(before)) return { ...before, repository, revision };
  return { ...fresh, ...{ revision, issue, workflowAt, validatedBy, missingSaidBy } };
}

export const removed = (before: Setup): Setup => ({
  ...before,
  revision: before.revision + 1,
  state: 'removed',
  detail: 'the App is no longer installed on it',
});

/** What was done or declined once is never begun again. */
export const isOver = ({ state }: Pick<Setup, 'state'>): boolean => state === 'done' || state === 'declined';

/** How an incident that nothing can prove speaks of it. */
export const WithoutWorkflow = z.discriminatedUnion('kind', [
  /** The setup issue says it all. */
  z.strictObject({ kind: z.literal('issue'), number: z.number().int().positive() }),
  /** Nobody has said it yet. */
  z.strictObject({ kind: z.literal('unsaid') }),
  /** It was said before, or somebody closed the setup issue. */
  z.strictObject({ kind: z.literal('said') }),
]);
export type WithoutWorkflow = z.infer<typeof WithoutWorkflow>;

export type SetupNews =
  /** Files below `.github/workflows`, or the policy, changed on the default branch. */
  | { kind: 'workflows-changed' }
  /** The self-heal workflow has run. */
  | { kind: 'validated' }
  /** Somebody closed or reopened an issue. */
  | { kind: 'issue-moved'; number: number };

/** Whether the repository is to be looked at again: the look itself asks GitHub how things stand. */
export function isNewsFor({ state, issue }: Setup, news: SetupNews): boolean {
  switch (news.kind) {
    case 'workflows-changed':
      return state === 'open' || state === 'quiet' || state === 'skipped' || state === 'failed';
    case 'validated':
      return state === 'open' || state === 'failed';
    case 'issue-moved':
      return issue?.number === news.number && state !== 'removed' && state !== 'due';
  }
}
