// The App's installations and deliveries → GitHub's JSON.
import type { Installation } from '../app.ts';
import type { GitHub } from '../github.ts';
import type { Repository } from '../repository.ts';
import type { Delivery } from '../webhooks.ts';
import { type Json, nodeId, simpleUser } from './account.ts';

export function installationShape(github: GitHub, installation: Installation): Json {
  return {
    id: installation.id,
    client_id: github.app.clientId,
    account: simpleUser(github, installation.account),
    repository_selection: 'all',
    access_tokens_url: `${github.apiUrl}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${github.apiUrl}/installation/repositories`,
    html_url: `${github.url}/settings/installations/${installation.id}`,
    app_id: github.app.id,
    app_slug: github.app.slug,
    target_id: installation.account.id,
    target_type: installation.account.type,
    permissions: github.app.permissions,
    events: github.app.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}

const briefRepository = (repository: Repository): Json => ({
  id: repository.id,
  node_id: nodeId('R', repository.id),
  name: repository.name,
  full_name: repository.fullName,
  private: repository.private,
});

export const installedRepositories = (github: GitHub, installation: Installation): Repository[] =>
  github.repositories.filter((repository) => repository.owner === installation.account);

export function installationPayload(github: GitHub, installation: Installation): Json {
  return {
    action: 'created',
    installation: installationShape(github, installation),
    repositories: installedRepositories(github, installation).map(briefRepository),
    requester: null,
    sender: simpleUser(github, installation.account),
  };
}

export function repositoriesAddedPayload(github: GitHub, installation: Installation, added: Repository[]): Json {
  return {
    action: 'added',
    installation: installationShape(github, installation),
    repository_selection: 'all',
    repositories_added: added.map(briefRepository),
    repositories_removed: [],
    requester: null,
    sender: simpleUser(github, installation.account),
  };
}

export function deliverySummary(delivery: Delivery): Json {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

export function deliveryShape(delivery: Delivery): Json {
  return {
    ...deliverySummary(delivery),
    url: delivery.url,
    request: delivery.request,
    response: delivery.response,
  };
}
