// Accounts and Apps → GitHub's JSON.
import type { Account } from '../accounts.ts';
import type { App } from '../app.ts';
import type { GitHub } from '../github.ts';

export type Json = Record<string, unknown>;

/** An opaque global id; like GitHub's it cannot be read, only compared. */
export const nodeId = (prefix: string, id: number | string): string =>
  `${prefix}_${Buffer.from(`simulated:${id}`).toString('base64url')}`;

export function simpleUser(github: GitHub, account: Account): Json {
  const url = `${github.apiUrl}/users/${encodeURIComponent(account.login)}`;
  const htmlPath = account.type === 'Bot' ? `apps/${account.login.replace(/\[bot\]$/, '')}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === 'Bot' ? 'BOT' : 'U', account.id),
    avatar_url: `${github.url}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${github.url}/${htmlPath}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

export function fullUser(github: GitHub, account: Account): Json {
  return {
    ...simpleUser(github, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: github.repositories.filter((one) => one.owner === account && !one.private).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

export function appShape(github: GitHub, app: App): Json {
  return {
    id: app.id,
    client_id: app.clientId,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    owner: simpleUser(github, app.owner),
    name: app.name,
    description: app.description,
    external_url: `${github.url}/apps/${app.slug}`,
    html_url: `${github.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}
