// A request to GitHub on its way out → the same request, with every text in it gated and everything else held to its shape; or a refusal.
import { z } from 'zod';
import { forbidLabel, pullLabel, startLabel } from '../../config/labels.ts';
import { SelfHealError } from '../../errors.ts';
import { gated } from '../../text/outbound-gate.ts';
import { redactionsIn } from '../../text/redact.ts';

/** What is anybody's words goes through the gate; the rest is ids, names of ours and shapes that hold no words. */
const body = z.string().transform(gated.body);
const summary = z.string().transform(gated.summary);
const title = z.string().transform(gated.title);
const message = z.string().transform(gated.message);

const id = z.int().nonnegative();
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const labels = z.array(z.enum([startLabel, forbidLabel, pullLabel])).max(10);
const pageUrl = z.url({ protocol: /^https?$/ }).max(2_000);
const externalId = z.string().regex(/^[\w./:-]{1,200}$/);
/** What git takes: https://git-scm.com/docs/git-check-ref-format */
const isRefName = (name: string): boolean =>
  name.length <= 250 &&
  /^[^\p{C}\s~^:?*[\\]+$/u.test(name) &&
  name.split('/').every((part) => part !== '' && !/^\.|\.\.|\.lock$|\.$|@\{/.test(part));
const branch = z.string().refine(isRefName, 'no name of a branch');
const under = (...prefixes: readonly string[]) =>
  z
    .string()
    .refine(
      (name) => isRefName(name) && prefixes.some((prefix) => name.startsWith(prefix)),
      'no branch or tag of ours',
    );
const ourBranch = under('self-heal/');

/** Contents are what the rules have judged and the sandbox has run, byte for byte; a secret in them is stopped by the rules. */
const file = z.strictObject({
  path: z.string().refine(isOrdinaryPath, 'a path that is never written'),
  mode: z.enum(['100644', '100755']),
  type: z.literal('blob'),
  content: z.string().optional(),
  sha: z.null().optional(),
});

/** The rules say so before, with more words; nothing gets past this one either. */
function isOrdinaryPath(path: string): boolean {
  const parts = path.split('/');
  const isGits = (part: string) =>
    part === '' || part === '.' || part === '..' || /^\.git(?:$|modules$|attributes$)/i.test(part);
  return !/[\p{Cc}\\]/u.test(path) && !parts.some(isGits) && parts[0]?.toLowerCase() !== '.github';
}

const input = z
  .string()
  .max(65_535)
  .regex(/^(?:[^\p{Cc}\p{Cf}\p{Cs}]|\n)*$/u);

const pullState = z.enum(['open', 'closed']);
const output = z.strictObject({ title, summary });
const revocation = z.strictObject({});

/** Every request that changes something, by its route; one that is not here does not leave. */
export const writes: Readonly<Record<string, z.ZodType>> = {
  'POST /app/installations/{installation_id}/access_tokens': z.strictObject({
    installation_id: id,
    repositories: z.array(z.string().regex(/^[\w.-]{1,100}$/)).length(1),
    permissions: z.record(z.string().regex(/^[a-z_]+$/), z.enum(['read', 'write'])),
  }),
  'DELETE /installation/token': revocation,
  'POST /app/hook/deliveries/{delivery_id}/attempts': z.strictObject({ delivery_id: id }),
  'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs': z.strictObject({ run_id: id }),
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches': z.strictObject({
    workflow_id: z.string().regex(/^[\w.-]+\.ya?ml$/),
    ref: branch,
    inputs: z.record(z.string().regex(/^[a-z][a-z-]*$/), input),
    return_run_details: z.literal(true),
  }),
  'POST /repos/{owner}/{repo}/git/commits': z.strictObject({ message, tree: sha, parents: z.array(sha).max(2) }),
  'POST /repos/{owner}/{repo}/git/trees': z.strictObject({ base_tree: sha, tree: z.array(file) }),
  'POST /repos/{owner}/{repo}/git/refs': z.strictObject({
    ref: under('refs/heads/self-heal/', 'refs/tags/self-heal/'),
    sha,
  }),
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': z.strictObject({
    ref: under('heads/self-heal/'),
    sha,
    force: z.literal(true),
  }),
  'DELETE /repos/{owner}/{repo}/git/refs/{ref}': z.strictObject({ ref: under('heads/self-heal/') }),
  'POST /repos/{owner}/{repo}/check-runs': z.strictObject({
    name: title,
    head_sha: sha,
    status: z.literal('completed'),
    conclusion: z.enum(['success', 'failure', 'neutral']),
    external_id: externalId,
    output,
    details_url: pageUrl.optional(),
  }),
  'POST /repos/{owner}/{repo}/pulls': z.strictObject({
    ...{ title, body, head: ourBranch, base: branch, draft: z.boolean() },
  }),
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}': z.strictObject({
    ...{ pull_number: id, title: title.optional(), body: body.optional(), state: pullState.optional() },
  }),
  'POST /repos/{owner}/{repo}/issues': z.strictObject({ title, body }),
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}': z.strictObject({
    ...{
      issue_number: id,
      body: body.optional(),
      state: pullState.optional(),
      state_reason: z.literal('completed').optional(),
    },
  }),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels': z.strictObject({ issue_number: id, labels }),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': z.strictObject({ issue_number: id, body }),
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': z.strictObject({ comment_id: id, body }),
  'POST /repos/{owner}/{repo}/commits/{commit_sha}/comments': z.strictObject({ commit_sha: sha, body }),
  'PATCH /repos/{owner}/{repo}/comments/{comment_id}': z.strictObject({ comment_id: id, body }),
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies': z.strictObject({
    ...{ pull_number: id, comment_id: id, body },
  }),
};

const nodeId = z.string().regex(/^[\w=+/-]{1,200}$/);
const repositoryId = nodeId;

/** The inputs of GraphQL's mutations, by the mutation's name. */
export const mutations: Readonly<Record<string, z.ZodType>> = {
  updateRefs: z.strictObject({
    repositoryId,
    refUpdates: z
      .array(
        z.strictObject({ name: under('refs/heads/self-heal/'), beforeOid: sha, afterOid: sha, force: z.literal(true) }),
      )
      .length(1),
  }),
  createCheckRun: z.strictObject({
    ...{ repositoryId, name: title, headSha: sha, externalId, output, detailsUrl: pageUrl.optional() },
    ...{ status: z.literal('COMPLETED'), conclusion: z.enum(['SUCCESS', 'FAILURE', 'NEUTRAL']) },
  }),
  createPullRequest: z.strictObject({
    ...{ repositoryId, title, body, draft: z.boolean(), headRefName: ourBranch, baseRefName: branch },
  }),
  enablePullRequestAutoMerge: z.strictObject({
    ...{ pullRequestId: nodeId, expectedHeadOid: sha, mergeMethod: z.enum(['SQUASH', 'MERGE', 'REBASE']) },
    ...{ commitHeadline: title.optional(), commitBody: message.optional() },
  }),
  disablePullRequestAutoMerge: z.strictObject({ pullRequestId: nodeId }),
};

/** The client's own, and the repository that the token is for. */
const frame: ReadonlySet<string> = new Set('method baseUrl url headers mediaType request owner repo'.split(' '));

export interface Outgoing<Request> {
  request: Request;
  /** Secrets that a stage let through, and that are not in it any more. */
  secrets: number;
}

/** `url` with placeholders. What is only read passes as it is. */
export async function outgoing<Request extends { method: string; url: string }>(
  request: Request,
): Promise<Outgoing<Request>> {
  if (request.method === 'GET' || request.method === 'HEAD') return { request, secrets: 0 };
  const said = Object.fromEntries(Object.entries(request).filter(([name]) => !frame.has(name)));
  const gatedSaid = /\/graphql$/.test(request.url)
    ? await ofGraphql(said)
    : await held(`${request.method} ${request.url}`, writes[`${request.method} ${request.url}`], said);
  return { request: { ...request, ...gatedSaid }, secrets: taken(said, gatedSaid) };
}

const Mutation = z.looseObject({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

async function ofGraphql(said: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { query, variables } = Mutation.parse(said);
  if (/^\s*query\b/.test(query) && !/\b(?:mutation|subscription)\b/.test(query)) return said;
  const asked = [...query.matchAll(/(\w+)\(input: \$(\w+)\)/g)].map(([, name = '', variable = '']) => ({
    name,
    variable,
  }));
  const unasked = Object.keys(variables).filter((variable) => !asked.some((one) => one.variable === variable));
  if (asked.length === 0 || unasked.length > 0)
    throw refused('POST /graphql', 'a mutation takes inputs, and nothing else');
  const gatedVariables: Record<string, unknown> = {};
  for (const { name, variable } of asked)
    gatedVariables[variable] = await held(`the mutation ${name}`, mutations[name], variables[variable]);
  return { ...said, variables: gatedVariables };
}

async function held(what: string, shape: z.ZodType | undefined, said: unknown): Promise<Record<string, unknown>> {
  if (!shape) throw refused(what, 'src/adapters/github/outgoing.ts does not know it');
  const result = await shape.safeParseAsync(said);
  if (!result.success) throw refused(what, z.prettifyError(result.error));
  return z.record(z.string(), z.unknown()).parse(result.data);
}

const refused = (what: string, why: string): SelfHealError =>
  new SelfHealError('defect', `A request was kept back that may not leave, ${what}: ${why}`);

const taken = (before: unknown, after: unknown): number =>
  Math.max(0, redactionsIn(JSON.stringify(after)) - redactionsIn(JSON.stringify(before)));
