// A title and a body → an issue of the repository.
import type { Account } from './accounts.ts';
import type { GitHub } from './github.ts';
import type { Issue } from './issue.ts';
import type { Repository } from './repository.ts';

export function makeIssue(
  github: GitHub,
  repository: Repository,
  given: { author: Account; viaApp: boolean; title: string; body: string | null },
): Issue {
  const at = github.now();
  const issue: Issue = {
    id: github.nextId(),
    number: repository.nextNumber(),
    ...given,
    createdAt: at,
    updatedAt: at,
    state: 'open',
    stateReason: null,
    closedAt: null,
    closedBy: null,
    locked: false,
    lockReason: null,
    labels: [],
    assignees: [],
    comments: [],
    reactions: [],
    events: [],
    pull: null,
  };
  repository.issues.set(issue.number, issue);
  return issue;
}
