// A wish that GitHub merge a pull request by itself, or no longer → GraphQL's mutation, and GitHub's refusals sorted by what is in the way.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import type { AutoMergeAnswer, AutoMerging } from '../../ports/auto-merge.ts';
import { at, type Connection } from './connection.ts';
import { githubError } from './errors.ts';
import { Sha } from './schemas.ts';

type Wish = Parameters<AutoMerging['enableAutoMerge']>[1];
type Refused = Extract<AutoMergeAnswer, { kind: 'refused' }>;

export function autoMerge(connection: Connection): AutoMerging {
  return {
    enableAutoMerge: (pullNumber, wish) => enable(connection, pullNumber, wish),
    disableAutoMerge: (pullNumber) => disable(connection, pullNumber),
  };
}

const Standing = z.looseObject({
  id: z.string(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  headRefOid: Sha,
  autoMergeRequest: z.looseObject({}).nullable(),
});
const Answer = z.looseObject({ repository: z.looseObject({ pullRequest: Standing.nullable() }) });

const readPull = `query($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { id state headRefOid autoMergeRequest { enabledAt } }
  }
}`;
const enabling = `mutation($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { clientMutationId }
}`;
const disabling = `mutation($input: DisablePullRequestAutoMergeInput!) {
  disablePullRequestAutoMerge(input: $input) { clientMutationId }
}`;

async function enable(connection: Connection, pullNumber: number, wish: Wish): Promise<AutoMergeAnswer> {
  const found = await standing(connection, pullNumber);
  if (found?.state !== 'OPEN' || found.headRefOid !== wish.headSha)
    return { kind: 'refused', why: 'moved', said: `the pull request is ${found?.state.toLowerCase() ?? 'gone'}` };
  if (found.autoMergeRequest) return { kind: 'enabled' };
  const { method, headSha, message } = wish;
  const input = {
    ...{ pullRequestId: found.id, expectedHeadOid: headSha, mergeMethod: method.toUpperCase() },
    ...(message ? { commitHeadline: message.headline, commitBody: message.body } : {}),
  };
  const said = await refusalOf(connection.octokit.graphql<unknown>(enabling, { input }));
  return said === undefined ? { kind: 'enabled' } : { kind: 'refused', why: whyOf(said), said };
}

async function disable(connection: Connection, pullNumber: number): Promise<boolean> {
  const found = await standing(connection, pullNumber);
  if (found?.state !== 'OPEN' || !found.autoMergeRequest) return false;
  const input = { pullRequestId: found.id };
  const said = await refusalOf(connection.octokit.graphql<unknown>(disabling, { input }));
  if (said === undefined) return true;
  // Merged or switched off meanwhile, it says the same: https://docs.github.com/en/graphql/reference/mutations#disablepullrequestautomerge
  const now = await standing(connection, pullNumber);
  if (now?.state !== 'OPEN' || !now.autoMergeRequest) return false;
  // Worth another try: it would be merged against somebody's word.
  throw new SelfHealError(
    'github-unavailable',
    `Auto-merge of pull request #${pullNumber} is not disabled yet: ${said}`,
  );
}

async function standing(connection: Connection, number: number) {
  let data: unknown;
  try {
    data = await connection.octokit.graphql<unknown>(readPull, { ...at(connection), number });
  } catch (thrown) {
    const error = githubError(thrown);
    if (error.code === 'github-not-found') return undefined;
    throw error;
  }
  const parsed = Answer.safeParse(data);
  if (parsed.success) return parsed.data.repository.pullRequest ?? undefined;
  const why = z.prettifyError(parsed.error);
  throw new SelfHealError('github-answer-unreadable', `The answer of POST /graphql is not as asked for:\n${why}`);
}

const Refusal = z.object({
  name: z.literal('GraphqlResponseError'),
  errors: z.array(z.looseObject({ type: z.string().optional(), message: z.string() })).min(1),
});
/** To be asked again later; whatever else an answer says, the pull request is open and stays so. */
const undecided: ReadonlySet<string | undefined> = new Set(['RATE_LIMITED']);
const longestSaid = 300;

/** What GitHub says against it; what is no answer to the wish (a limit, an outage, a lost token) is thrown. */
async function refusalOf(change: Promise<unknown>): Promise<string | undefined> {
  try {
    await change;
    return undefined;
  } catch (thrown) {
    const refusal = Refusal.safeParse(thrown);
    const [first] = refusal.data?.errors ?? [];
    if (!first || undecided.has(first.type)) throw githubError(thrown);
    return wordsOf(first.message).slice(0, longestSaid);
  }
}

/** `["Pull request Pull request is in clean status"]` is how it comes, at times. */
const wordsOf = (message: string): string =>
  message.replace(/^\["|"\]$/g, '').replace(/^Pull request (?=Pull request|Auto|Protected)/, '');

/**
 * By GitHub's words, which are not documented; as people have met them:
 * https://github.com/peter-evans/enable-pull-request-automerge/issues/343, https://github.com/iterative/cml/pull/955
 */
const reasons: readonly (readonly [RegExp, Refused['why']])[] = [
  [/auto.?merge is (?:not (?:allowed|enabled)|disabled)/i, 'not-allowed'],
  [/protected branch rules not configured/i, 'no-rules'],
  [/in (?:clean|unstable|has_hooks) status/i, 'nothing-required'],
  [/head sha didn.t match/i, 'moved'],
  [/(?:merge|squash|rebas)\w* (?:method|commits?|merg\w+)?\s*(?:is|are) not (?:allowed|enabled|permitted)/i, 'method'],
  [/resource not accessible/i, 'forbidden'],
];

const whyOf = (said: string): Refused['why'] => reasons.find(([words]) => words.test(said))?.[1] ?? 'other';
