// What GraphQL can change: a draft becomes ready for review, which REST cannot; and what REST does in several requests, in one.
import { canSee, grants } from './access.ts';
import type { GitHub } from './github.ts';
import { createCheckRun, createPullRequest, updateRefs } from './graphql-endpoints.ts';
import { FieldError, type ObjectValue } from './graphql-objects.ts';
import { isPull, type PullIssue } from './issue.ts';
import { publishPull } from './pull-changes.ts';
import { type Repository, roleIncludes } from './repository.ts';
import { nodeId } from './shapes/account.ts';
import { repositoryHtmlUrl } from './shapes/repository.ts';
import type { Caller } from './tokens.ts';

interface Found {
  repository: Repository;
  issue: PullIssue;
}

function findPull(github: GitHub, caller: Caller, id: string): Found {
  for (const repository of github.repositories) {
    const issue = [...repository.issues.values()].filter(isPull).find(({ pull }) => nodeId('PR', pull.id) === id);
    if (issue && canSee(github, caller, repository)) return { repository, issue };
  }
  throw new FieldError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

function mayChange(github: GitHub, caller: Caller, { repository, issue }: Found): boolean {
  if (caller.kind === 'user')
    return issue.author === caller.account || roleIncludes(github.roleOf(caller.account, repository), 'write');
  const limited = caller.kind === 'installation' || caller.kind === 'actions';
  return limited && grants(caller.permissions, ['pull_requests', 'write']);
}

function pullObject(github: GitHub, { repository, issue }: Found): ObjectValue {
  return {
    typeName: 'PullRequest',
    fields: {
      id: () => nodeId('PR', issue.pull.id),
      number: () => issue.number,
      title: () => issue.title,
      isDraft: () => issue.pull.draft,
      url: () => `${repositoryHtmlUrl(github, repository)}/pull/${issue.number}`,
    },
  };
}

async function markReady(github: GitHub, caller: Caller, input: Record<string, unknown>): Promise<ObjectValue> {
  const found = findPull(github, caller, String(input.pullRequestId ?? ''));
  if (caller.kind === 'anonymous' || caller.kind === 'app' || !mayChange(github, caller, found))
    throw new FieldError('FORBIDDEN', 'Resource not accessible by integration');
  const { repository, issue } = found;
  if (issue.pull.draft) {
    issue.pull.draft = false;
    issue.updatedAt = github.now();
    const cause = { sender: caller.account, byActions: caller.kind === 'actions' };
    await publishPull(github, repository, issue, 'ready_for_review', cause);
  }
  return {
    typeName: 'MarkPullRequestReadyForReviewPayload',
    fields: {
      clientMutationId: () => input.clientMutationId ?? null,
      pullRequest: () => pullObject(github, found),
    },
  };
}

export const mutations = (github: GitHub, caller: Caller): ObjectValue => ({
  typeName: 'Mutation',
  fields: {
    markPullRequestReadyForReview: ({ input }) => markReady(github, caller, { ...Object(input) }),
    updateRefs: ({ input }) => updateRefs(github, caller, { ...Object(input) }),
    createCheckRun: ({ input }) => createCheckRun(github, caller, { ...Object(input) }),
    createPullRequest: ({ input }) => createPullRequest(github, caller, { ...Object(input) }),
  },
});
