// What GraphQL can change: a draft becomes ready for review, a pull request merges by itself, which REST cannot; and what REST does in several requests, in one.
import { z } from 'zod';
import { canSee, grants } from './access.ts';
import { disableAutoMerge, enableAutoMerge } from './auto-merge.ts';
import { ApiError } from './errors.ts';
import type { GitHub } from './github.ts';
import { createCheckRun, createPullRequest, updateRefs } from './graphql-endpoints.ts';
import { FieldError, type ObjectValue } from './graphql-objects.ts';
import { type FoundPull as Found, pullObject } from './graphql-pull.ts';
import { isPull } from './issue.ts';
import type { Cause } from './pull-changes.ts';
import { publishPull } from './pull-changes.ts';
import { roleIncludes } from './repository.ts';
import { nodeId } from './shapes/account.ts';
import type { Caller } from './tokens.ts';

function findPull(github: GitHub, caller: Caller, id: string): Found {
  for (const repository of github.repositories) {
    const issue = [...repository.issues.values()].filter(isPull).find(({ pull }) => nodeId('PR', pull.id) === id);
    if (issue && canSee(github, caller, repository)) return { repository, issue };
  }
  throw new FieldError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

const EnableInput = z.object({
  pullRequestId: z.string(),
  mergeMethod: z.enum(['MERGE', 'SQUASH', 'REBASE']).default('MERGE'),
  expectedHeadOid: z.string().nullish(),
  commitHeadline: z.string().nullish(),
  commitBody: z.string().nullish(),
  authorEmail: z.string().nullish(),
  clientMutationId: z.string().nullish(),
});
const DisableInput = EnableInput.pick({ pullRequestId: true, clientMutationId: true });

const methods = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;

/** GitHub refuses the whole query where a variable is not of its type. */
function inputOf<T>(schema: z.ZodType<T>, typeName: string, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new FieldError('INVALID', `Variable $input of type ${typeName}! was provided invalid value (${why})`);
}

/** A merge to come needs both permissions: it changes the pull request, and then the branch. */
function merger(github: GitHub, caller: Caller, { repository }: Found): Cause {
  const sender = caller.kind === 'anonymous' || caller.kind === 'app' ? undefined : caller.account;
  const may =
    caller.kind === 'user'
      ? roleIncludes(github.roleOf(caller.account, repository), 'write')
      : (caller.kind === 'installation' || caller.kind === 'actions') &&
        grants(caller.permissions, ['pull_requests', 'write']) &&
        grants(caller.permissions, ['contents', 'write']);
  if (!may || !sender) throw new FieldError('FORBIDDEN', 'Resource not accessible by integration');
  return { sender, byActions: caller.kind === 'actions' };
}

async function orFieldError(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    throw error instanceof ApiError ? new FieldError('UNPROCESSABLE', error.message) : error;
  }
}

const payloadOf = (github: GitHub, typeName: string, found: Found, clientMutationId: unknown): ObjectValue => ({
  typeName,
  fields: { clientMutationId: () => clientMutationId ?? null, pullRequest: () => pullObject(github, found) },
});

async function enable(github: GitHub, caller: Caller, given: unknown): Promise<ObjectValue> {
  const input = inputOf(EnableInput, 'EnablePullRequestAutoMergeInput', given);
  const { pullRequestId, mergeMethod, expectedHeadOid, commitHeadline, commitBody } = input;
  const found = findPull(github, caller, pullRequestId);
  const wish = {
    method: methods[mergeMethod],
    ...(expectedHeadOid ? { expectedHeadSha: expectedHeadOid } : {}),
    ...(commitHeadline ? { title: commitHeadline } : {}),
    ...(commitBody ? { message: commitBody } : {}),
  };
  await orFieldError(enableAutoMerge(github, found.repository, found.issue, wish, merger(github, caller, found)));
  return payloadOf(github, 'EnablePullRequestAutoMergePayload', found, input.clientMutationId);
}

async function disable(github: GitHub, caller: Caller, given: unknown): Promise<ObjectValue> {
  const { pullRequestId, clientMutationId } = inputOf(DisableInput, 'DisablePullRequestAutoMergeInput', given);
  const found = findPull(github, caller, pullRequestId);
  await orFieldError(disableAutoMerge(github, found.repository, found.issue, merger(github, caller, found)));
  return payloadOf(github, 'DisablePullRequestAutoMergePayload', found, clientMutationId);
}

function mayChange(github: GitHub, caller: Caller, { repository, issue }: Found): boolean {
  if (caller.kind === 'user')
    return issue.author === caller.account || roleIncludes(github.roleOf(caller.account, repository), 'write');
  const limited = caller.kind === 'installation' || caller.kind === 'actions';
  return limited && grants(caller.permissions, ['pull_requests', 'write']);
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
  return payloadOf(github, 'MarkPullRequestReadyForReviewPayload', found, input.clientMutationId);
}

export const mutations = (github: GitHub, caller: Caller): ObjectValue => ({
  typeName: 'Mutation',
  fields: {
    markPullRequestReadyForReview: ({ input }) => markReady(github, caller, { ...Object(input) }),
    enablePullRequestAutoMerge: ({ input }) => enable(github, caller, input),
    disablePullRequestAutoMerge: ({ input }) => disable(github, caller, input),
    updateRefs: ({ input }) => updateRefs(github, caller, { ...Object(input) }),
    createCheckRun: ({ input }) => createCheckRun(github, caller, { ...Object(input) }),
    createPullRequest: ({ input }) => createPullRequest(github, caller, { ...Object(input) }),
  },
});
