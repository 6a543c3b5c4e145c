// A workflow's `concurrency:` → the group a run waits in, and whether it ends the group's running one.
import { z } from 'zod';
import { interpolate } from '../runner/expressions.ts';
import type { Workflow } from '../runner/workflow.ts';

export interface Concurrency {
  group: string;
  cancelInProgress: boolean;
}

const Declared = z.union([
  z.string().transform((group) => ({ group, 'cancel-in-progress': false as boolean | string })),
  z.object({ group: z.string(), 'cancel-in-progress': z.union([z.boolean(), z.string()]).default(false) }),
]);

/** Null when the workflow declares none; groups are compared without regard to case, as on GitHub. */
export function concurrencyOf(workflow: Workflow, contexts: Record<string, unknown>): Concurrency | null {
  const declared = Declared.safeParse(workflow.concurrency);
  if (!declared.success) return null;
  const { group, 'cancel-in-progress': cancel } = declared.data;
  const cancelInProgress = typeof cancel === 'boolean' ? cancel : interpolate(cancel, { contexts }) === 'true';
  return { group: interpolate(group, { contexts }).toLowerCase(), cancelInProgress };
}
