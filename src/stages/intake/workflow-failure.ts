// A completed workflow run → what it asks for: an incident, or nothing and why.
import { fingerprint } from '../../incident/fingerprint.ts';
import { fullName } from '../../incident/incident.ts';
import { sandboxWorkflowPath } from '../../incident/sandbox-workflow.ts';
import { repositoryOf, type WorkflowRunCompleted } from './event-payloads.ts';
import type { Opening } from './opening.ts';

export const branchPrefix = 'self-heal/';

const failed: ReadonlySet<string | null> = new Set(['failure', 'timed_out']);
/** Pull requests' runs belong to their authors; what the App dispatches itself is never its own patient. */
const healedEvents: ReadonlySet<string> = new Set(['push', 'schedule']);

export function workflowFailure(payload: WorkflowRunCompleted): Opening {
  const run = payload.workflow_run;
  const repository = repositoryOf(payload);
  if (!failed.has(run.conclusion)) return { ours: false, why: `the run ended as ${run.conclusion ?? 'nothing'}` };
  if (workflowFile(run.path) === sandboxWorkflowPath)
    return { ours: false, why: 'it is the sandbox run of another incident' };
  if (!healedEvents.has(run.event)) return { ours: false, why: `runs on ${run.event} are not healed` };
  if (run.head_repository?.id !== payload.repository.id) return { ours: false, why: 'the run is of a fork' };
  const branch = run.head_branch;
  if (!branch) return { ours: false, why: 'the run is on no branch' };
  if (branch.startsWith(branchPrefix)) return { ours: false, why: 'it is one of our own branches' };
  return {
    ours: true,
    repository,
    fingerprint: `run:${fingerprint([fullName(repository).toLowerCase(), workflowFile(run.path), branch])}`,
    trigger: {
      kind: 'workflow-run',
      runId: run.id,
      runAttempt: run.run_attempt,
      workflowName: run.name ?? workflowFile(run.path),
      workflowPath: workflowFile(run.path),
      headSha: run.head_sha,
      headBranch: branch,
      event: run.event,
      url: run.html_url,
    },
    said: `The workflow run ${run.name ?? run.path} failed on ${branch} at ${run.head_sha.slice(0, 7)}.`,
  };
}

/** GitHub gives `path@ref` for some events. */
const workflowFile = (path: string): string => path.split('@')[0] ?? path;
