// GraphQL mutations that do what endpoints of the REST API do → their answers, through those very endpoints.
import { authorize } from './access.ts';
import { type Answer, Call } from './call.ts';
import { ApiError } from './errors.ts';
import { findRef } from './git/refs.ts';
import type { GitHub } from './github.ts';
import { FieldError, type ObjectValue } from './graphql-objects.ts';
import { permissions } from './permissions.ts';
import type { Repository } from './repository.ts';
import { checkEndpoints } from './routes/checks.ts';
import { pullEndpoints } from './routes/pulls.ts';
import { refEndpoints } from './routes/refs.ts';
import { type Json, nodeId } from './shapes/account.ts';
import type { Caller } from './tokens.ts';

type Input = Record<string, unknown>;

const r = '/repos/{owner}/{repo}';
const endpoints = { ...checkEndpoints, ...pullEndpoints, ...refEndpoints };

function repositoryOf(github: GitHub, input: Input): Repository {
  const found = [...github.repositories].find((one) => nodeId('R', one.id) === input.repositoryId);
  if (found) return found;
  throw new FieldError('NOT_FOUND', `Could not resolve to a node with the global id of '${input.repositoryId}'`);
}

const typeOf = (status: number): string =>
  status === 403 ? 'FORBIDDEN' : status === 404 ? 'NOT_FOUND' : 'UNPROCESSABLE';

/** GraphQL tells the first complaint alone. */
function complaint(error: ApiError): string {
  const { message, errors } = error.body();
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return String(Object(first).message ?? message);
}

async function through(
  github: GitHub,
  caller: Caller,
  repository: Repository,
  route: { template: string; params?: Record<string, string>; body: Json },
): Promise<Answer> {
  const params = { owner: repository.owner.login, repo: repository.name, ...route.params };
  const [endpoint, access] = [endpoints[route.template], permissions[route.template]];
  if (!endpoint || !access) throw new Error(`${route.template} is no endpoint`);
  try {
    const authorized = authorize(github, caller, access, params);
    const url = new URL(`${github.url}/api/graphql`);
    const asked = { github, caller, repository: authorized, params, url, headers: new Headers() };
    return await endpoint(new Call({ ...asked, rawBody: JSON.stringify(route.body) }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new FieldError(typeOf(error.status), complaint(error));
  }
}

const payload = (typeName: string, input: Input, fields: ObjectValue['fields'] = {}): ObjectValue => ({
  typeName,
  fields: { clientMutationId: () => input.clientMutationId ?? null, ...fields },
});

const refused = (name: string, why: string) => new FieldError('UNPROCESSABLE', `Could not update ${name}: ${why}`);

export async function updateRefs(github: GitHub, caller: Caller, input: Input): Promise<ObjectValue> {
  const repository = repositoryOf(github, input);
  for (const update of Array.isArray(input.refUpdates) ? input.refUpdates : []) {
    const { name, beforeOid, afterOid, force = false } = Object(update);
    const present = await findRef(repository.gitDirectory, String(name));
    if (beforeOid !== undefined && present?.sha !== beforeOid) throw refused(name, `expected ${beforeOid}`);
    const ref = String(name).replace(/^refs\//, '');
    const template = present ? `PATCH ${r}/git/refs/{ref}` : `POST ${r}/git/refs`;
    const body = present ? { sha: afterOid, force } : { ref: name, sha: afterOid };
    await through(github, caller, repository, { template, params: { ref }, body });
  }
  return payload('UpdateRefsPayload', input);
}

export async function createCheckRun(github: GitHub, caller: Caller, input: Input): Promise<ObjectValue> {
  const repository = repositoryOf(github, input);
  const text = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : undefined);
  const body = {
    name: input.name,
    head_sha: input.headSha,
    status: text(input.status),
    conclusion: text(input.conclusion),
    details_url: input.detailsUrl,
    external_id: input.externalId,
    output: input.output,
  };
  await through(github, caller, repository, { template: `POST ${r}/check-runs`, body });
  return payload('CreateCheckRunPayload', input);
}

export async function createPullRequest(github: GitHub, caller: Caller, input: Input): Promise<ObjectValue> {
  const repository = repositoryOf(github, input);
  const { title, headRefName: head, baseRefName: base, body: text, draft } = input;
  const body = { title, head, base, body: text, draft };
  const { body: answer } = await through(github, caller, repository, { template: `POST ${r}/pulls`, body });
  const pull = Object(answer);
  return payload('CreatePullRequestPayload', input, {
    pullRequest: () => ({
      typeName: 'PullRequest',
      fields: {
        id: () => pull.node_id,
        number: () => pull.number,
        title: () => pull.title,
        url: () => pull.html_url,
        isDraft: () => pull.draft,
        headRefOid: () => pull.head.sha,
        baseRefName: () => pull.base.ref,
      },
    }),
  });
}
