// A dry run: what a comment asks for, what an incident keeps of it, and the mark by which its answer is found.
import { z } from 'zod';
import { Repository } from './repository.ts';

/** Somebody asked by a comment what would be done about a past run: the answer goes there, and nothing else is shown. */
export const DryRun = z.strictObject({
  askedBy: z.string(),
  /** Of the issue or pull request. */
  issueNumber: z.number().int().positive(),
  /** The comment that asked. */
  commentId: z.number().int().positive(),
  /** Of our answer. */
  commentUrl: z.string(),
});
export type DryRun = z.infer<typeof DryRun>;

export const AskedRun = z.discriminatedUnion('kind', [
  /** The one that failed last on the default branch. */
  z.strictObject({ kind: z.literal('last') }),
  z.strictObject({ kind: z.literal('run'), id: z.number().int().positive() }),
  /** Of another repository. */
  z.strictObject({ kind: z.literal('elsewhere') }),
  z.strictObject({ kind: z.literal('unclear') }),
]);
export type AskedRun = z.infer<typeof AskedRun>;

export const DryRunRequest = z.strictObject({
  ...DryRun.omit({ commentUrl: true }).shape,
  repository: Repository,
  run: AskedRun,
});
export type DryRunRequest = z.infer<typeof DryRunRequest>;

/** One comment a command, by the comment that gave it. */
export const dryRunMarker = ({ commentId }: Pick<DryRun, 'commentId'>): string => `dry-run-${commentId}`;
