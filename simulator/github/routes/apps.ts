// Endpoints of the App itself: installations, their tokens, its webhook and the delivery log.
import { z } from 'zod';
import { grants } from '../access.ts';
import type { Installation, Level, Permissions } from '../app.ts';
import { convertCode } from '../app-registration.ts';
import { accepted, type Call, created, type Endpoints, noContent, ok } from '../call.ts';
import { notFound, unprocessable } from '../errors.ts';
import { listed, paginate } from '../pagination.ts';
import type { Repository } from '../repository.ts';
import { appShape } from '../shapes/account.ts';
import { deliveryShape, deliverySummary, installationShape, installedRepositories } from '../shapes/app.ts';
import { repositoryShape } from '../shapes/repository.ts';

/** GitHub's installation tokens live for an hour. */
const tokenLifetimeMs = 60 * 60 * 1000;

const TokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.int()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])).optional(),
});

const HookConfig = z.object({
  url: z.url().optional(),
  secret: z.string().optional(),
  content_type: z.string().optional(),
});

function findInstallation(call: Call): Installation {
  const installation = call.github.app.installations.find((one) => one.id === call.number('installation_id'));
  if (!installation) throw notFound();
  return installation;
}

function chosenRepositories(
  call: Call,
  installation: Installation,
  body: z.infer<typeof TokenRequest>,
): Repository[] | null {
  if (!body.repositories && !body.repository_ids) return null;
  const installed = installedRepositories(call.github, installation);
  const byName = (body.repositories ?? []).map((name) =>
    installed.find((one) => one.name.toLowerCase() === name.toLowerCase()),
  );
  const byId = (body.repository_ids ?? []).map((id) => installed.find((one) => one.id === id));
  const found = [...byName, ...byId].filter((one) => one !== undefined);
  if (found.length < byName.length + byId.length) {
    throw unprocessable(
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return [...new Set(found)];
}

function chosenPermissions(call: Call, wanted: Record<string, Level> | undefined): Permissions {
  const held = call.github.app.permissions;
  if (!wanted) return held;
  if (!Object.entries(wanted).every((grant) => grants(held, grant))) {
    throw unprocessable('The permissions requested are not granted to this installation.');
  }
  return { metadata: 'read', ...wanted };
}

function makeToken(call: Call) {
  const { github } = call;
  const installation = findInstallation(call);
  const body = call.body(TokenRequest);
  const repositories = chosenRepositories(call, installation, body);
  const permissions = chosenPermissions(call, body.permissions);
  const repositoryIds = repositories?.map((repository) => repository.id) ?? null;
  const account = github.app.bot;
  const token = github.tokens.issue('ghs', tokenLifetimeMs, (value) => {
    return { kind: 'installation', account, app: github.app, installation, permissions, repositoryIds, token: value };
  });
  return created({
    token: token.value,
    expires_at: github.clock.timestamp(token.expiresAtMs),
    permissions,
    repository_selection: repositories ? 'selected' : 'all',
    ...(repositories ? { repositories: repositories.map((one) => repositoryShape(github, one)) } : {}),
  });
}

const hookConfig = ({ github }: Call) => ({
  content_type: 'json',
  insecure_ssl: '0',
  secret: '********',
  url: github.webhooks.url ?? '',
});

function listDeliveries(call: Call) {
  const { webhooks } = call.github;
  const status = call.query('status');
  const wanted = webhooks.deliveries.filter((one) => {
    const success = one.statusCode >= 200 && one.statusCode < 400;
    return status === null || (status === 'success') === success;
  });
  // Newer deliveries arrive while one pages: the cursor is the last id seen.
  const cursor = Number(/^v1_(\d+)$/.exec(call.query('cursor') ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
  const page = paginate(
    call,
    wanted.filter((one) => one.id < cursor),
  );
  const last = page.items.at(-1);
  const more = last !== undefined && wanted.some((one) => one.id < last.id);
  const url = new URL(`${call.github.apiUrl}/app/hook/deliveries${call.url.search}`);
  url.searchParams.set('cursor', `v1_${last?.id}`);
  return { status: 200, body: page.items.map(deliverySummary), headers: more ? { link: `<${url}>; rel="next"` } : {} };
}

function findDelivery(call: Call) {
  const delivery = call.github.webhooks.deliveries.find((one) => one.id === call.number('delivery_id'));
  if (!delivery) throw notFound();
  return delivery;
}

export const appEndpoints: Endpoints = {
  'GET /app': ({ github }) =>
    ok({ ...appShape(github, github.app), installations_count: github.app.installations.length }),
  'GET /apps/{app_slug}': (call) => {
    const app = [call.github.app, call.github.actionsApp].find((one) => one.slug === call.param('app_slug'));
    if (!app) throw notFound();
    return ok(appShape(call.github, app));
  },
  'POST /app-manifests/{code}/conversions': (call) => created(convertCode(call.github, call.param('code'))),
  'GET /app/installations': (call) =>
    listed(call, call.github.app.installations, (one) => installationShape(call.github, one)),
  'GET /app/installations/{installation_id}': (call) => ok(installationShape(call.github, findInstallation(call))),
  'POST /app/installations/{installation_id}/access_tokens': makeToken,
  'GET /repos/{owner}/{repo}/installation': ({ github, repository }) =>
    ok(installationShape(github, github.installationOf(repository))),
  'DELETE /installation/token': ({ github, caller }) => {
    if (caller.kind === 'installation') github.tokens.revoke(caller.token);
    return noContent();
  },
  'GET /installation/repositories': (call) => {
    const { github, caller } = call;
    const reachable = github.repositories.filter((repository) => {
      if (caller.kind === 'actions') return repository.id === caller.repositoryId;
      if (caller.kind !== 'installation' || caller.installation.account !== repository.owner) return false;
      return caller.repositoryIds === null || caller.repositoryIds.includes(repository.id);
    });
    const page = paginate(call, reachable);
    const selected = caller.kind === 'installation' && caller.repositoryIds !== null;
    const repositories = page.items.map((repository) => repositoryShape(github, repository));
    const body = { total_count: reachable.length, repository_selection: selected ? 'selected' : 'all', repositories };
    return { status: 200, body, headers: page.headers };
  },
  'GET /app/hook/config': (call) => ok(hookConfig(call)),
  'PATCH /app/hook/config': (call) => {
    const { url, secret } = call.body(HookConfig);
    if (secret) call.github.app.webhookSecret = secret;
    if (url) call.github.setAppUrl(url);
    return ok(hookConfig(call));
  },
  'GET /app/hook/deliveries': listDeliveries,
  'GET /app/hook/deliveries/{delivery_id}': (call) => ok(deliveryShape(findDelivery(call))),
  'POST /app/hook/deliveries/{delivery_id}/attempts': (call) => {
    call.github.webhooks.redeliver(findDelivery(call));
    return accepted();
  },
};
