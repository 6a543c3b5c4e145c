// A policy file that a commit or a pull request brings, as the errand that looks at it knows it.
import { z } from 'zod';
import { Repository } from './repository.ts';

const Sha = z.string().regex(/^[0-9a-f]{40}$/);

export const ProposedPolicy = z.strictObject({
  /** The one whose policy it would be, for a pull request of a fork, too. */
  repository: Repository,
  /** A commit of the default branch, or the head of the pull request. */
  sha: Sha,
  /** Of this repository or a fork: nothing of it is run, its file is only read. */
  pull: z
    .strictObject({
      number: z.number().int().positive(),
      baseSha: Sha,
      /** False where nobody has said anything yet, so that the comments need not be read. */
      mayBeAnswered: z.boolean(),
    })
    .optional(),
});
export type ProposedPolicy = z.infer<typeof ProposedPolicy>;

/** What is newer takes the place of what waits: the last commit has what counts. */
export function proposedPolicyKey({ repository: { owner, name }, pull }: ProposedPolicy): string {
  return `policy-check:${owner}/${name}${pull ? `#${pull.number}` : ''}`.toLowerCase();
}
