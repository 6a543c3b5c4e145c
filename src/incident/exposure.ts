// The paper about workflows that would meet a change of ours with something to lose.
import { z } from 'zod';

const Patterns = z.array(z.string());

/**
 * When it would run: `pushed`, as soon as the candidate is on a branch; `opened`, with the pull request, quarantine or not;
 * `released`, once the quarantine is lifted; `asked`, when people or another App do something about it.
 */
export const Exposure = z.strictObject({
  workflow: z.string(),
  event: z.string(),
  when: z.enum(['pushed', 'opened', 'released', 'asked']),
  /** What there is to lose. */
  why: z.array(z.string()).min(1),
  /** The event's own filters: of the branch that was pushed to, and of the files that changed. */
  branches: Patterns.optional(),
  branchesIgnored: Patterns.optional(),
  paths: Patterns.optional(),
  pathsIgnored: Patterns.optional(),
});
export type Exposure = z.infer<typeof Exposure>;
