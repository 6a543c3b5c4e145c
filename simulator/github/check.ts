// Check suites, check runs and commit statuses, as the simulator keeps them.
import type { Account } from './accounts.ts';
import type { App } from './app.ts';

export interface Annotation {
  path: string;
  startLine: number;
  endLine: number;
  startColumn: number | null;
  endColumn: number | null;
  level: 'notice' | 'warning' | 'failure';
  message: string;
  title: string | null;
  rawDetails: string | null;
}

type CheckStatus = 'queued' | 'in_progress' | 'completed';

export interface CheckSuite {
  id: number;
  app: App;
  headBranch: string | null;
  headSha: string;
  before: string | null;
  status: CheckStatus;
  conclusion: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface CheckRun {
  id: number;
  suite: CheckSuite;
  name: string;
  headSha: string;
  externalId: string;
  detailsUrl: string;
  htmlUrl: string;
  status: CheckStatus;
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  annotations: Annotation[];
}

export interface CommitStatus {
  id: number;
  sha: string;
  state: 'error' | 'failure' | 'pending' | 'success';
  targetUrl: string | null;
  description: string | null;
  context: string;
  creator: Account;
  createdAt: string;
}

/** A suite's conclusion from its runs': the gravest counts. */
const gravest = [
  'startup_failure',
  'failure',
  'timed_out',
  'cancelled',
  'action_required',
  'stale',
  'success',
  'neutral',
  'skipped',
];

/** What a suite shows, from the checks it holds. */
export function settleSuite(suite: CheckSuite, runs: readonly CheckRun[], at: string): void {
  const own = runs.filter((run) => run.suite === suite);
  const done = own.length > 0 && own.every((run) => run.status === 'completed');
  const started = own.some((run) => run.status !== 'queued');
  suite.status = done ? 'completed' : started ? 'in_progress' : 'queued';
  suite.conclusion = done ? (gravest.find((one) => own.some((run) => run.conclusion === one)) ?? null) : null;
  suite.updatedAt = at;
}
