// A run as GitHub tells of it → the trigger that a dry run of it has, or why there can be none and what to do instead.
import type { Trigger } from '../../incident/case-file.ts';
import { sandboxWorkflowPath } from '../../incident/sandbox-workflow.ts';
import type { RunSummary } from '../../ports.ts';

type RunTrigger = Extract<Trigger, { kind: 'workflow-run' }>;

export type PastRun = { trigger: RunTrigger } | { wrong: string };

export const redRuns: ReadonlySet<string | null> = new Set(['failure', 'timed_out']);
const ownBranches = 'self-heal/';

export function pastRun(run: RunSummary): PastRun {
  const wrong = wrongWith(run);
  if (wrong !== undefined || run.headBranch === null) return { wrong: wrong ?? 'That run is on no branch.' };
  return {
    trigger: {
      kind: 'workflow-run',
      runId: run.id,
      runAttempt: run.attempt,
      workflowName: run.name ?? run.workflowPath,
      workflowPath: run.workflowPath,
      headSha: run.headSha,
      headBranch: run.headBranch,
      event: run.event ?? 'push',
      url: run.url,
    },
  };
}

const other = 'Name the id or the address of another run.';

function wrongWith({ status, conclusion, isOfFork, headBranch, workflowPath: file }: RunSummary): string | undefined {
  if (status !== 'completed') return 'That run is still under way. Ask again once it has failed.';
  if (!redRuns.has(conclusion)) return `That run did not fail: it ended as ${conclusion ?? 'nothing'}. ${other}`;
  if (isOfFork !== false) return `That run is of a fork, whose code is never looked into. ${other}`;
  if (file === sandboxWorkflowPath) return `That run is a proof of Self-Heal’s own. ${other}`;
  if (headBranch?.startsWith(ownBranches)) return `That run is on a branch of Self-Heal’s own. ${other}`;
  return undefined;
}
