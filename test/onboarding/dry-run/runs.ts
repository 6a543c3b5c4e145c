// A run that failed on the default branch, to be changed.
import type { RunSummary } from '../../../src/ports.ts';

export const redRun = (changes: Partial<RunSummary> = {}): RunSummary => ({
  ...{ id: 71, attempt: 2, status: 'completed', conclusion: 'failure', headSha: 'a'.repeat(40), headBranch: 'main' },
  ...{ workflowPath: '.github/workflows/ci.yml', title: 'Break it', createdAt: new Date('2026-03-01T09:00:00Z') },
  ...{ url: 'https://github.com/acme/shop/actions/runs/71', name: 'CI', event: 'push', isOfFork: false },
  ...changes,
});
