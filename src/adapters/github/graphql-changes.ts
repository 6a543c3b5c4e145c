// Changes for which REST needs several requests → one GraphQL mutation; false or undefined where the long way has to decide.
import { z } from 'zod';
import type { ErrorCode } from '../../errors.ts';
import type { NewCheckRun, NewPull, PullSummary } from '../../ports.ts';
import type { Connection } from './connection.ts';
import { githubError } from './errors.ts';
import { Id, Sha } from './schemas.ts';

/** Where a branch shall be, and where it has to stand until then. */
export interface Move {
  sha: string;
  expectedSha: string;
}

/** Why is for the long way to find out, which also serves servers that do not know the mutation. */
const refusals: readonly ErrorCode[] = ['github-refused', 'github-not-found', 'github-forbidden'];

async function unlessRefused(change: Promise<unknown>): Promise<unknown> {
  try {
    return await change;
  } catch (thrown) {
    const error = githubError(thrown);
    if (refusals.includes(error.code)) return undefined;
    throw error;
  }
}

/** Compares and moves as one: nobody can step in between. */
export async function movedAtOnce(
  connection: Connection,
  name: string,
  expectedSha: string,
  sha: string,
): Promise<boolean> {
  const repositoryId = connection.repositoryId.known;
  if (repositoryId === undefined) return false;
  const mutation = `mutation($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}`;
  const input = moveInput(repositoryId, name, { sha, expectedSha });
  return (await unlessRefused(connection.octokit.graphql<unknown>(mutation, { input }))) !== undefined;
}

const moveInput = (repositoryId: string, name: string, { sha, expectedSha }: Move) => ({
  repositoryId,
  refUpdates: [{ name, beforeOid: expectedSha, afterOid: sha, force: true }],
});

const Opened = z.looseObject({
  pull: z.looseObject({
    pullRequest: z.looseObject({
      number: Id,
      url: z.string(),
      isDraft: z.boolean(),
      headRefOid: Sha,
      baseRefName: z.string(),
    }),
  }),
});

/** The branch first, then the check: the pull request shows both from its first moment. One that fails does not hold up the others. */
export async function openedAtOnce(
  connection: Connection,
  pull: NewPull,
  check: NewCheckRun,
  move?: Move,
): Promise<PullSummary | undefined> {
  const repositoryId = connection.repositoryId.known;
  if (repositoryId === undefined) return undefined;
  const moving = move ? 'move: updateRefs(input: $move) { clientMutationId }\n  ' : '';
  const mutation = `mutation(${move ? '$move: UpdateRefsInput!, ' : ''}$check: CreateCheckRunInput!, $pull: CreatePullRequestInput!) {
  ${moving}check: createCheckRun(input: $check) { clientMutationId }
  pull: createPullRequest(input: $pull) { pullRequest { number url isDraft headRefOid baseRefName } }
}`;
  const { title, body, head, base, draft } = pull;
  const inputs = {
    ...(move ? { move: moveInput(repositoryId, `refs/heads/${head}`, move) } : {}),
    check: { repositoryId, ...checkInput(check) },
    pull: { repositoryId, title, body: body.text, draft, headRefName: head, baseRefName: base },
  };
  const answer = Opened.safeParse(await unlessRefused(connection.octokit.graphql<unknown>(mutation, inputs)));
  if (!answer.success) return undefined;
  const { number, url, isDraft, headRefOid, baseRefName } = answer.data.pull.pullRequest;
  return {
    ...{ number, url, state: 'open', merged: false, mergedSha: null, mergedAt: null, closedBy: null },
    ...{ headSha: headRefOid, baseBranch: baseRefName, draft: isDraft },
  };
}

const checkInput = (check: NewCheckRun) => ({
  name: check.name,
  headSha: check.headSha,
  status: 'COMPLETED',
  conclusion: check.conclusion.toUpperCase(),
  externalId: check.externalId,
  output: { title: check.title, summary: check.summary.text },
  ...(check.detailsUrl === undefined ? {} : { detailsUrl: check.detailsUrl }),
});
