// A pull request → the fields that GraphQL queries may ask of it.
import type { GitHub } from './github.ts';
import type { ObjectValue } from './graphql-objects.ts';
import type { PullIssue } from './issue.ts';
import type { Repository } from './repository.ts';
import { nodeId } from './shapes/account.ts';
import { mergeState } from './shapes/pull.ts';
import { repositoryHtmlUrl } from './shapes/repository.ts';

export interface FoundPull {
  repository: Repository;
  issue: PullIssue;
}

const stateOf = ({ state, pull }: PullIssue): 'OPEN' | 'CLOSED' | 'MERGED' =>
  pull.merged ? 'MERGED' : state === 'open' ? 'OPEN' : 'CLOSED';

function autoMergeObject({ pull: { autoMerge: request } }: PullIssue): ObjectValue | null {
  if (!request) return null;
  const { enabledAt, enabledBy, method, title, message } = request;
  return {
    typeName: 'AutoMergeRequest',
    fields: {
      enabledAt: () => enabledAt,
      enabledBy: () => ({ typeName: 'Actor', fields: { login: () => enabledBy.login.replace(/\[bot\]$/, '') } }),
      mergeMethod: () => method.toUpperCase(),
      commitHeadline: () => title,
      commitBody: () => message,
    },
  };
}

export function pullObject(github: GitHub, { repository, issue }: FoundPull): ObjectValue {
  const { pull } = issue;
  return {
    typeName: 'PullRequest',
    fields: {
      id: () => nodeId('PR', pull.id),
      number: () => issue.number,
      title: () => issue.title,
      isDraft: () => pull.draft,
      url: () => `${repositoryHtmlUrl(github, repository)}/pull/${issue.number}`,
      state: () => stateOf(issue),
      merged: () => pull.merged,
      headRefOid: () => pull.headSha,
      headRefName: () => pull.headRef,
      baseRefName: () => pull.baseRef,
      autoMergeRequest: () => autoMergeObject(issue),
      mergeStateStatus: async () => (await mergeState(github, repository, issue)).toUpperCase(),
    },
  };
}
