// Endpoints about the server and about accounts.
import { type Endpoints, ok } from '../call.ts';
import { notFound } from '../errors.ts';
import { listed } from '../pagination.ts';
import { roleIncludes } from '../repository.ts';
import { fullUser, simpleUser } from '../shapes/account.ts';
import { fullRepository, repositoryShape } from '../shapes/repository.ts';

const rate = (nowMs: number) => ({
  limit: 5000,
  remaining: 5000,
  used: 0,
  reset: Math.ceil(nowMs / 3_600_000) * 3600,
});

const searched = '{&page,per_page,sort,order}';
/** The API's own table of contents is fixed, whatever of it a server or a caller has. */
const contents: Record<string, string> = {
  current_user_url: '/user',
  authorizations_url: '/authorizations',
  code_search_url: `/search/code?q={query}${searched}`,
  commit_search_url: `/search/commits?q={query}${searched}`,
  emails_url: '/user/emails',
  emojis_url: '/emojis',
  events_url: '/events',
  feeds_url: '/feeds',
  followers_url: '/user/followers',
  following_url: '/user/following{/target}',
  gists_url: '/gists{/gist_id}',
  issue_search_url: `/search/issues?q={query}${searched}`,
  issues_url: '/issues',
  keys_url: '/user/keys',
  label_search_url: '/search/labels?q={query}&repository_id={repository_id}{&page,per_page}',
  notifications_url: '/notifications',
  organization_url: '/orgs/{org}',
  organization_repositories_url: '/orgs/{org}/repos{?type,page,per_page,sort}',
  organization_teams_url: '/orgs/{org}/teams',
  public_gists_url: '/gists/public',
  rate_limit_url: '/rate_limit',
  repository_url: '/repos/{owner}/{repo}',
  repository_search_url: `/search/repositories?q={query}${searched}`,
  current_user_repositories_url: '/user/repos{?type,page,per_page,sort}',
  starred_url: '/user/starred{/owner}{/repo}',
  starred_gists_url: '/gists/starred',
  user_url: '/users/{user}',
  user_organizations_url: '/user/orgs',
  user_repositories_url: '/users/{user}/repos{?type,page,per_page,sort}',
  user_search_url: `/search/users?q={query}${searched}`,
};

export const metaEndpoints: Endpoints = {
  'GET /': ({ github }) =>
    ok({
      ...Object.fromEntries(Object.entries(contents).map(([name, path]) => [name, `${github.apiUrl}${path}`])),
      current_user_authorizations_html_url: `${github.url}/settings/connections/applications{/client_id}`,
    }),
  'GET /meta': () => ok({ verifiable_password_authentication: true, installed_version: '3.17.0' }),
  'GET /rate_limit': ({ github }) => {
    const core = rate(github.clock.nowMs());
    return ok({ resources: { core, graphql: core, search: core }, rate: core });
  },
  'GET /user': (call) => ok(fullUser(call.github, call.actor)),
  'GET /user/repos': (call) => {
    const { github } = call;
    const mine = github.repositories.filter((one) => !one.private || github.roleOf(call.actor, one) !== 'none');
    return listed(call, mine, (repository) => repositoryShape(github, repository));
  },
  'GET /users/{username}': (call) => {
    const account = call.github.accounts.find(call.param('username'));
    if (!account) throw notFound();
    return ok(fullUser(call.github, account));
  },
  'GET /repos/{owner}/{repo}': ({ github, repository }) => ok(fullRepository(github, repository)),
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': (call) => {
    const { github, repository } = call;
    const account = github.accounts.find(call.param('username'));
    if (!account) throw notFound();
    const role = github.roleOf(account, repository);
    // The old field knows no triage.
    const permission = role === 'triage' ? 'read' : role;
    const permissions = {
      pull: roleIncludes(role, 'read'),
      triage: roleIncludes(role, 'triage'),
      push: roleIncludes(role, 'write'),
      maintain: roleIncludes(role, 'admin'),
      admin: roleIncludes(role, 'admin'),
    };
    return ok({ permission, user: { ...simpleUser(github, account), permissions, role_name: role }, role_name: role });
  },
};
