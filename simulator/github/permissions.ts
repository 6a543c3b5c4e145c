// What each endpoint asks of its caller: a table, after GitHub's "Permissions required for GitHub Apps".
import type { Level } from './app.ts';
import type { Role } from './repository.ts';

/** One way to be allowed: an App's permission and its level. */
export type Grant = readonly [permission: string, level: Level];

export type Access =
  /** `jwt`: the App itself. `installation`: an installation token. `user`: anyone signed in. */
  | { who: 'jwt' | 'installation' | 'user' | 'anyone' }
  | {
      who: 'repository';
      /** Any one of these is enough for an App. */
      grants: readonly Grant[];
      /** When the path's number is a pull request, this is enough too. */
      pullGrant: Grant | null;
      /** What a person must be there. */
      role: Role;
      /** "can be used without permissions if only public resources are requested" */
      publicly: boolean;
      /** Only Apps may, whatever a person's role. */
      appsOnly: boolean;
    };

const jwt: Access = { who: 'jwt' };
const user: Access = { who: 'user' };
const anyone: Access = { who: 'anyone' };
const installation: Access = { who: 'installation' };

const reads = (...permissions: string[]): Access => ({
  who: 'repository',
  grants: permissions.map((permission) => [permission, 'read']),
  pullGrant: null,
  role: 'read',
  publicly: true,
  appsOnly: false,
});
const readsSignedIn = (permission: string): Access => ({ ...repository(permission, 'read', 'read') });
const repository = (permission: string, level: Level, role: Role): Access => ({
  who: 'repository',
  grants: [[permission, level]],
  pullGrant: null,
  role,
  publicly: false,
  appsOnly: false,
});
const writes = (permission: string, role: Role = 'write'): Access => repository(permission, 'write', role);
/** Conversations: `issues`, or `pull_requests` where the number is a pull request's. */
const talks = (level: Level, role: Role): Access => ({
  who: 'repository',
  grants: [['issues', level]],
  pullGrant: ['pull_requests', level],
  role,
  publicly: level === 'read',
  appsOnly: false,
});
const writesAsApp = (permission: string): Access => ({
  who: 'repository',
  grants: [[permission, 'write']],
  pullGrant: null,
  role: 'write',
  publicly: false,
  appsOnly: true,
});

const r = '/repos/{owner}/{repo}';

export const permissions: Readonly<Record<string, Access>> = {
  'GET /': anyone,
  'GET /meta': anyone,
  'GET /rate_limit': anyone,
  'GET /apps/{app_slug}': anyone,
  'POST /app-manifests/{code}/conversions': anyone,
  'GET /user': user,
  'GET /user/repos': user,
  'GET /users/{username}': anyone,

  'GET /app': jwt,
  'GET /app/installations': jwt,
  'GET /app/installations/{installation_id}': jwt,
  'POST /app/installations/{installation_id}/access_tokens': jwt,
  'GET /app/hook/config': jwt,
  'PATCH /app/hook/config': jwt,
  'GET /app/hook/deliveries': jwt,
  'GET /app/hook/deliveries/{delivery_id}': jwt,
  'POST /app/hook/deliveries/{delivery_id}/attempts': jwt,
  [`GET ${r}/installation`]: jwt,
  'DELETE /installation/token': installation,
  'GET /installation/repositories': installation,

  [`GET ${r}`]: reads('metadata'),
  [`PATCH ${r}`]: writes('administration', 'admin'),
  [`GET ${r}/branches/{branch}/protection`]: repository('administration', 'read', 'admin'),
  [`PUT ${r}/branches/{branch}/protection`]: writes('administration', 'admin'),
  [`DELETE ${r}/branches/{branch}/protection`]: writes('administration', 'admin'),
  [`GET ${r}/languages`]: reads('metadata'),
  [`GET ${r}/tags`]: reads('metadata'),
  [`GET ${r}/collaborators/{username}/permission`]: readsSignedIn('metadata'),
  [`GET ${r}/branches`]: reads('contents'),
  [`GET ${r}/branches/{branch}`]: reads('contents'),
  [`GET ${r}/commits`]: reads('contents'),
  [`GET ${r}/commits/{ref}`]: reads('contents'),
  [`GET ${r}/commits/{commit_sha}/comments`]: reads('metadata'),
  [`POST ${r}/commits/{commit_sha}/comments`]: repository('contents', 'read', 'read'),
  [`GET ${r}/commits/{commit_sha}/pulls`]: reads('pull_requests'),
  [`GET ${r}/comments/{comment_id}`]: reads('metadata'),
  [`PATCH ${r}/comments/{comment_id}`]: writes('contents'),
  [`DELETE ${r}/comments/{comment_id}`]: writes('contents'),
  [`GET ${r}/compare/{basehead}`]: reads('contents'),
  [`GET ${r}/contents/{path}`]: reads('contents'),
  [`PUT ${r}/contents/{path}`]: writes('contents'),
  [`DELETE ${r}/contents/{path}`]: writes('contents'),

  [`GET ${r}/git/blobs/{file_sha}`]: reads('contents'),
  [`POST ${r}/git/blobs`]: writes('contents'),
  [`GET ${r}/git/trees/{tree_sha}`]: reads('contents'),
  [`POST ${r}/git/trees`]: writes('contents'),
  [`GET ${r}/git/commits/{commit_sha}`]: reads('contents'),
  [`POST ${r}/git/commits`]: writes('contents'),
  [`GET ${r}/git/ref/{ref}`]: reads('contents'),
  [`GET ${r}/git/matching-refs/{ref}`]: reads('contents'),
  [`POST ${r}/git/refs`]: writes('contents'),
  [`PATCH ${r}/git/refs/{ref}`]: writes('contents'),
  [`DELETE ${r}/git/refs/{ref}`]: writes('contents'),
  [`GET ${r}/git/tags/{tag_sha}`]: reads('contents'),
  [`POST ${r}/git/tags`]: writes('contents'),

  [`GET ${r}/issues`]: reads('issues', 'pull_requests'),
  [`POST ${r}/issues`]: writes('issues', 'read'),
  [`GET ${r}/issues/{issue_number}`]: talks('read', 'read'),
  [`PATCH ${r}/issues/{issue_number}`]: talks('write', 'read'),
  [`GET ${r}/issues/{issue_number}/comments`]: talks('read', 'read'),
  [`POST ${r}/issues/{issue_number}/comments`]: talks('write', 'read'),
  [`GET ${r}/issues/comments`]: reads('issues', 'pull_requests'),
  [`GET ${r}/issues/comments/{comment_id}`]: talks('read', 'read'),
  [`PATCH ${r}/issues/comments/{comment_id}`]: talks('write', 'read'),
  [`DELETE ${r}/issues/comments/{comment_id}`]: talks('write', 'read'),
  [`GET ${r}/issues/comments/{comment_id}/reactions`]: talks('read', 'read'),
  [`POST ${r}/issues/comments/{comment_id}/reactions`]: talks('write', 'read'),
  [`DELETE ${r}/issues/comments/{comment_id}/reactions/{reaction_id}`]: talks('write', 'read'),
  [`GET ${r}/issues/{issue_number}/reactions`]: talks('read', 'read'),
  [`POST ${r}/issues/{issue_number}/reactions`]: talks('write', 'read'),
  [`GET ${r}/issues/{issue_number}/labels`]: talks('read', 'read'),
  [`POST ${r}/issues/{issue_number}/labels`]: talks('write', 'triage'),
  [`PUT ${r}/issues/{issue_number}/labels`]: talks('write', 'triage'),
  [`DELETE ${r}/issues/{issue_number}/labels/{name}`]: talks('write', 'triage'),
  [`POST ${r}/issues/{issue_number}/assignees`]: talks('write', 'triage'),
  [`GET ${r}/issues/{issue_number}/events`]: talks('read', 'read'),
  [`GET ${r}/issues/{issue_number}/timeline`]: talks('read', 'read'),
  [`PUT ${r}/issues/{issue_number}/lock`]: talks('write', 'triage'),
  [`DELETE ${r}/issues/{issue_number}/lock`]: talks('write', 'triage'),
  [`GET ${r}/labels`]: reads('issues', 'pull_requests'),
  [`POST ${r}/labels`]: writes('issues'),
  [`GET ${r}/labels/{name}`]: reads('issues', 'pull_requests'),
  [`PATCH ${r}/labels/{name}`]: writes('issues'),
  [`DELETE ${r}/labels/{name}`]: writes('issues'),

  [`GET ${r}/pulls`]: reads('pull_requests'),
  [`POST ${r}/pulls`]: writes('pull_requests', 'read'),
  [`GET ${r}/pulls/{pull_number}`]: reads('pull_requests'),
  [`PATCH ${r}/pulls/{pull_number}`]: writes('pull_requests', 'read'),
  [`GET ${r}/pulls/{pull_number}/files`]: reads('pull_requests'),
  [`GET ${r}/pulls/{pull_number}/commits`]: reads('pull_requests'),
  [`GET ${r}/pulls/{pull_number}/merge`]: reads('contents'),
  [`PUT ${r}/pulls/{pull_number}/merge`]: writes('contents'),
  [`PUT ${r}/pulls/{pull_number}/update-branch`]: writes('pull_requests'),
  [`GET ${r}/pulls/{pull_number}/reviews`]: reads('pull_requests'),
  [`POST ${r}/pulls/{pull_number}/reviews`]: writes('pull_requests', 'read'),
  [`GET ${r}/pulls/{pull_number}/reviews/{review_id}`]: reads('pull_requests'),
  [`GET ${r}/pulls/{pull_number}/reviews/{review_id}/comments`]: reads('pull_requests'),
  [`PUT ${r}/pulls/{pull_number}/reviews/{review_id}/dismissals`]: writes('pull_requests'),
  [`GET ${r}/pulls/{pull_number}/comments`]: reads('pull_requests'),
  [`POST ${r}/pulls/{pull_number}/comments`]: writes('pull_requests', 'read'),
  [`POST ${r}/pulls/{pull_number}/comments/{comment_id}/replies`]: writes('pull_requests', 'read'),
  [`GET ${r}/pulls/{pull_number}/requested_reviewers`]: reads('pull_requests'),
  [`POST ${r}/pulls/{pull_number}/requested_reviewers`]: writes('pull_requests'),
  [`DELETE ${r}/pulls/{pull_number}/requested_reviewers`]: writes('pull_requests'),

  [`POST ${r}/check-runs`]: writesAsApp('checks'),
  [`GET ${r}/check-runs/{check_run_id}`]: reads('checks'),
  [`PATCH ${r}/check-runs/{check_run_id}`]: writesAsApp('checks'),
  [`GET ${r}/check-runs/{check_run_id}/annotations`]: reads('checks'),
  [`GET ${r}/check-suites/{check_suite_id}`]: reads('checks'),
  [`GET ${r}/check-suites/{check_suite_id}/check-runs`]: reads('checks'),
  [`GET ${r}/commits/{ref}/check-runs`]: reads('checks'),
  [`GET ${r}/commits/{ref}/check-suites`]: reads('checks'),
  [`GET ${r}/commits/{ref}/status`]: reads('statuses'),
  [`GET ${r}/commits/{ref}/statuses`]: reads('statuses'),
  [`POST ${r}/statuses/{sha}`]: writes('statuses'),

  [`GET ${r}/actions/workflows`]: reads('actions'),
  [`GET ${r}/actions/workflows/{workflow_id}`]: reads('actions'),
  [`GET ${r}/actions/workflows/{workflow_id}/runs`]: reads('actions'),
  [`POST ${r}/actions/workflows/{workflow_id}/dispatches`]: writes('actions'),
  [`GET ${r}/actions/runs`]: reads('actions'),
  [`GET ${r}/actions/runs/{run_id}`]: reads('actions'),
  [`GET ${r}/actions/runs/{run_id}/attempts/{attempt_number}`]: reads('actions'),
  [`GET ${r}/actions/runs/{run_id}/jobs`]: reads('actions'),
  [`GET ${r}/actions/runs/{run_id}/attempts/{attempt_number}/jobs`]: reads('actions'),
  [`GET ${r}/actions/jobs/{job_id}`]: reads('actions'),
  [`GET ${r}/actions/jobs/{job_id}/logs`]: readsSignedIn('actions'),
  [`POST ${r}/actions/jobs/{job_id}/rerun`]: writes('actions'),
  [`GET ${r}/actions/runs/{run_id}/logs`]: readsSignedIn('actions'),
  [`GET ${r}/actions/runs/{run_id}/attempts/{attempt_number}/logs`]: readsSignedIn('actions'),
  [`POST ${r}/actions/runs/{run_id}/rerun`]: writes('actions'),
  [`POST ${r}/actions/runs/{run_id}/rerun-failed-jobs`]: writes('actions'),
  [`POST ${r}/actions/runs/{run_id}/cancel`]: writes('actions'),
  [`GET ${r}/actions/artifacts`]: reads('actions'),
  [`GET ${r}/actions/runs/{run_id}/artifacts`]: reads('actions'),
  [`GET ${r}/actions/artifacts/{artifact_id}`]: reads('actions'),
  [`GET ${r}/actions/artifacts/{artifact_id}/{archive_format}`]: readsSignedIn('actions'),
  [`DELETE ${r}/actions/artifacts/{artifact_id}`]: writes('actions'),
  [`GET ${r}/actions/variables`]: readsSignedIn('actions_variables'),
  [`GET ${r}/actions/variables/{name}`]: readsSignedIn('actions_variables'),
  [`POST ${r}/dispatches`]: writes('contents'),
};
