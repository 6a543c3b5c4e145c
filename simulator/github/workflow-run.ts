// Workflows, their runs, attempts, jobs and artifacts, as the simulator keeps them.
import type { Conclusion, JobRecord, RunHandle, TriggerEvent, WorkflowSource } from '../runner/contract.ts';
import type { Account } from './accounts.ts';
import type { CheckRun, CheckSuite } from './check.ts';
import type { Concurrency } from './concurrency.ts';

export interface Workflow {
  id: number;
  path: string;
  name: string;
  state: 'active' | 'deleted' | 'disabled_manually';
  createdAt: string;
  updatedAt: string;
  runCount: number;
}

export interface Job {
  record: JobRecord;
  attempt: number;
  checkRun: CheckRun;
  createdAt: string;
}

export type RunStatus = 'queued' | 'in_progress' | 'completed';

export interface Attempt {
  number: number;
  jobs: Map<number, Job>;
  status: RunStatus;
  conclusion: Conclusion | null;
  startedAt: string;
  updatedAt: string;
  triggeredBy: Account;
}

export interface Artifact {
  id: number;
  run: Run;
  name: string;
  file: string;
  sizeBytes: number;
  digest: string;
  createdAt: string;
  expiresAt: string;
}

export interface Run {
  id: number;
  number: number;
  workflow: Workflow;
  /** The workflow's text at the run's commit; re-runs use the same. */
  source: WorkflowSource;
  name: string;
  title: string;
  trigger: TriggerEvent;
  inputs: Record<string, string>;
  headBranch: string | null;
  headSha: string;
  pullNumbers: number[];
  actor: Account;
  createdAt: string;
  suite: CheckSuite;
  concurrency: Concurrency | null;
  attempts: Attempt[];
  handle: RunHandle | null;
  /** Asked to stop before it had begun. */
  cancelled: boolean;
}

export function currentAttempt(run: Run): Attempt {
  const attempt = run.attempts.at(-1);
  if (!attempt) throw new Error(`run ${run.id} has no attempt`);
  return attempt;
}
