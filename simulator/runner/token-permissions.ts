// Turns `permissions:` into what GITHUB_TOKEN may do, in the API's names (`pull_requests: write`).
import { type Permissions, permissionScopes } from './workflow-schema.ts';

/** What a token may do where a workflow declares nothing: the setting that new repositories have. */
const restricted = { contents: 'read', packages: 'read' };

/** A job's own declaration replaces the workflow's; what a declaration leaves out is not allowed, metadata aside. */
export function tokenPermissions(workflow: Permissions, job: Permissions): Record<string, string> {
  const declared = job === undefined ? workflow : job;
  if (declared === undefined) return { ...restricted, metadata: 'read' };
  const wanted =
    declared === 'read-all' || declared === 'write-all'
      ? Object.fromEntries(permissionScopes.map((scope) => [scope, declared === 'read-all' ? 'read' : 'write']))
      : (declared ?? {});
  const granted = Object.entries(wanted).filter(([, access]) => access !== undefined && access !== 'none');
  return {
    ...Object.fromEntries(granted.map(([scope, access]) => [scope.replaceAll('-', '_'), access])),
    metadata: 'read',
  };
}

/** `PullRequests: write`, as the log's first step lists it. */
export function permissionLines(permissions: Record<string, string>): string[] {
  const camel = (scope: string): string =>
    scope.replace(/(^|_)([a-z])/g, (_match, _separator: string, letter: string) => letter.toUpperCase());
  return Object.entries(permissions)
    .map(([scope, access]) => `${camel(scope)}: ${access}`)
    .sort();
}
