// Work that is no incident of its own: what a comment asks for, what a policy file has to be told, and what a week's end brings.
import { z } from 'zod';
import { DryRunRequest } from './dry-run.ts';
import { ProposedPolicy, proposedPolicyKey } from './proposed-policy.ts';

/** Errors in a row. */
const failures = z.number().int().nonnegative();

export const Errand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dry-run'), request: DryRunRequest, failures }),
  z.strictObject({ kind: z.literal('policy-check'), request: ProposedPolicy, failures }),
  /** `repository`: its name in small letters. */
  z.strictObject({ kind: z.literal('scoreboard'), repository: z.string(), failures }),
]);
export type Errand = z.infer<typeof Errand>;

/** One errand of a name is run at a time. */
export function errandKey(errand: Errand): string {
  if (errand.kind === 'scoreboard') return `scoreboard:${errand.repository}`;
  if (errand.kind === 'policy-check') return proposedPolicyKey(errand.request);
  const { repository, commentId } = errand.request;
  return `dry-run:${repository.owner}/${repository.name}#${commentId}`.toLowerCase();
}
