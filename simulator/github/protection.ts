// A protected branch's rules and a pull request → what of the rules is not met yet.
import type { CheckRun } from './check.ts';
import type { GitHub } from './github.ts';
import type { PullIssue, Review } from './issue.ts';
import { type Repository, roleIncludes } from './repository.ts';

export interface Protection {
  checks: { strict: boolean; contexts: string[] } | null;
  /** Approvals by people who may write. */
  approvals: number | null;
  /** Otherwise administrators may merge all the same. */
  holdsAdmins: boolean;
}

const passes = new Set(['success', 'neutral', 'skipped']);

/** The newest of a name counts, be it a check run or a status. */
function isGreen(repository: Repository, sha: string, context: string): boolean {
  const runs = repository.checkRuns.filter((run) => run.headSha === sha && run.name === context);
  const newest = runs.reduce<CheckRun | undefined>((one, other) => (one && one.id > other.id ? one : other), undefined);
  if (newest) return newest.status === 'completed' && passes.has(newest.conclusion ?? '');
  // Statuses are kept with the newest first.
  return repository.statuses.find((status) => status.sha === sha && status.context === context)?.state === 'success';
}

function decisions(github: GitHub, repository: Repository, { pull }: PullIssue): Review['state'][] {
  const decided = pull.reviews.filter(({ state }) => state !== 'COMMENTED' && state !== 'PENDING');
  const last = new Map(decided.map((review) => [review.author, review]));
  return [...last.values()]
    .filter(({ author }) => roleIncludes(github.roleOf(author, repository), 'write'))
    .map(({ state }) => state);
}

/** In GitHub's words. A request for changes is in the way only where approvals are demanded. */
export function unmet(github: GitHub, repository: Repository, issue: PullIssue): string[] {
  const rules = repository.protections.get(issue.pull.baseRef);
  if (!rules) return [];
  const missing = (rules.checks?.contexts ?? []).filter((name) => !isGreen(repository, issue.pull.headSha, name));
  const checks = missing.map((name) => `Required status check "${name}" is expected.`);
  if (rules.approvals === null) return checks;
  const states = decisions(github, repository, issue);
  const approvals = states.filter((state) => state === 'APPROVED').length;
  const reviews = [
    ...(states.includes('CHANGES_REQUESTED') ? ['Changes have been requested.'] : []),
    ...(approvals < rules.approvals
      ? [`At least ${rules.approvals} approving review is required by reviewers with write access.`]
      : []),
  ];
  return [...checks, ...reviews];
}
