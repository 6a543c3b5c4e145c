// An endpoint's access rule and a caller → the repository that is meant, or GitHub's refusal.
import type { Permissions } from './app.ts';
import { ApiError, badCredentials, notFound, requiresAuthentication } from './errors.ts';
import type { GitHub } from './github.ts';
import type { Access, Grant } from './permissions.ts';
import { type Repository, roleIncludes } from './repository.ts';
import type { Caller } from './tokens.ts';

const levels = ['read', 'write', 'admin'];

export function grants(permissions: Permissions, [permission, level]: Grant): boolean {
  const held = permissions[permission] ?? (permission === 'metadata' ? 'read' : undefined);
  return held !== undefined && levels.indexOf(held) >= levels.indexOf(level);
}

/** Whether the caller's token reaches into the repository, beyond what everybody may see. */
function isMember(github: GitHub, caller: Caller, repository: Repository): boolean {
  switch (caller.kind) {
    case 'user':
      return github.roleOf(caller.account, repository) !== 'none';
    case 'installation': {
      const covered = caller.repositoryIds === null || caller.repositoryIds.includes(repository.id);
      return covered && caller.installation.account === repository.owner;
    }
    case 'actions':
      return caller.repositoryId === repository.id;
    default:
      return false;
  }
}

export const canSee = (github: GitHub, caller: Caller, repository: Repository): boolean =>
  !repository.private || isMember(github, caller, repository);

function refuse(accepted: readonly Grant[]): never {
  const header = accepted.map(([permission, level]) => `${permission}=${level}`).join('; ');
  throw new ApiError(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': header },
  });
}

/** Whether the path's number or comment belongs to a pull request. */
function isAboutPull(repository: Repository, params: Record<string, string>): boolean {
  const issue = params.issue_number
    ? repository.issues.get(Number(params.issue_number))
    : repository.findComment(Number(params.comment_id ?? Number.NaN))?.issue;
  return issue?.pull != null;
}

type RepositoryAccess = Extract<Access, { who: 'repository' }>;

function authorizeInRepository(
  github: GitHub,
  caller: Caller,
  access: RepositoryAccess,
  params: Record<string, string>,
) {
  const repository = github.findRepository(params.owner ?? '', params.repo ?? '');
  if (caller.kind === 'app') throw badCredentials();
  if (!repository || !canSee(github, caller, repository)) throw notFound();
  const accepted =
    access.pullGrant && isAboutPull(repository, params) ? [...access.grants, access.pullGrant] : access.grants;
  const openToAll = access.publicly && !repository.private;
  if (caller.kind === 'anonymous') {
    if (!openToAll) throw requiresAuthentication();
  } else if (caller.kind === 'user') {
    if (access.appsOnly) throw new ApiError(403, 'You must authenticate via a GitHub App.');
    const role = github.roleOf(caller.account, repository);
    if (!roleIncludes(role, access.role)) throw new ApiError(403, 'Must have admin rights to Repository.');
  } else if (!openToAll) {
    const member = isMember(github, caller, repository);
    if (!member || !accepted.some((grant) => grants(caller.permissions, grant))) refuse(accepted);
  }
  return repository;
}

/** The repository in the path, for endpoints that have one and for callers who may use it. */
export function authorize(
  github: GitHub,
  caller: Caller,
  access: Access,
  params: Record<string, string>,
): Repository | null {
  switch (access.who) {
    case 'repository':
      return authorizeInRepository(github, caller, access, params);
    case 'jwt': {
      if (caller.kind !== 'app') throw new ApiError(401, 'A JSON web token could not be decoded');
      if (params.repo === undefined) return null;
      const repository = github.findRepository(params.owner ?? '', params.repo);
      if (!repository) throw notFound();
      return repository;
    }
    case 'installation':
      if (caller.kind === 'installation' || caller.kind === 'actions') return null;
      throw new ApiError(403, 'You must authenticate with an installation access token in order to use this endpoint.');
    case 'user':
      if (caller.kind === 'user') return null;
      if (caller.kind === 'anonymous') throw requiresAuthentication();
      return refuse([]);
    case 'anyone':
      return null;
  }
}
