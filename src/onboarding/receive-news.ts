// A webhook about an installation, a push, a run or an issue → repositories to be looked at, on disk before it is acknowledged.
import { policyPath } from '../config/policy.ts';
import { sandboxWorkflowPath } from '../incident/sandbox-workflow.ts';
import { type Installed, type SetupNews, setupKey } from '../incident/setup.ts';
import type { SetupDelivery, SetupRegistry } from '../ports/setup.ts';
import { isWorkflowPath } from '../workflows/exposure.ts';
import {
  changedPaths,
  InstallationCreated,
  IssueMoved,
  isOnDefaultBranch,
  type ListedRepository,
  Push,
  RepositoriesMoved,
  SandboxRunCompleted,
} from './event-payloads.ts';

export type News =
  | { kind: 'installed' | 'removed'; repositories: number }
  | { kind: 'to-look-at' }
  | { kind: 'ignored'; why: string };

type Receive = (delivery: SetupDelivery, payload: unknown, registry: SetupRegistry) => Promise<News>;

/** At this pace an organisation's issues stay below the 500 an hour at which GitHub takes an App for a spammer, with room for its work. */
const spacingMs = 10_000;
const unreadable: News = { kind: 'ignored', why: 'the payload lacks what is needed (repository, installation)' };

export const receiveInstallation: Receive = async (delivery, payload, registry) => {
  const { data } = InstallationCreated.safeParse(payload);
  if (!data) return unreadable;
  const { id } = data.installation;
  if (data.action === 'deleted') return gone(await registry.removed(delivery, id, 'all'));
  return come(await registry.installed(delivery, data.repositories.map(installedAs(id)), spacingMs));
};

export const receiveRepositories: Receive = async (delivery, payload, registry) => {
  const { data } = RepositoriesMoved.safeParse(payload);
  if (!data) return unreadable;
  const { id } = data.installation;
  if (data.action === 'removed') {
    const keys = data.repositories_removed.map((one) => setupKey(installedAs(id)(one)));
    return gone(await registry.removed(delivery, id, keys));
  }
  return come(await registry.installed(delivery, data.repositories_added.map(installedAs(id)), spacingMs));
};

/** Almost every push is none of our business: seen from its paths, before the database is asked. */
export const receivePush: Receive = async (_, payload, registry) => {
  const { data } = Push.safeParse(payload);
  if (!data) return unreadable;
  if (!isOnDefaultBranch(data)) return { kind: 'ignored', why: 'it is not on the default branch' };
  if (!touchesWorkflows(data)) return { kind: 'ignored', why: 'it changes neither a workflow nor the policy' };
  return about(data.repository, { kind: 'workflows-changed' }, registry);
};

export const receiveSandboxRun: Receive = async (_, payload, registry) => {
  const { data } = SandboxRunCompleted.safeParse(payload);
  if (!data) return unreadable;
  // GitHub gives `path@ref` for some events.
  if (data.workflow_run.path.split('@')[0] !== sandboxWorkflowPath)
    return { kind: 'ignored', why: 'it is no sandbox run' };
  return about(data.repository, { kind: 'validated' }, registry);
};

/** What the App itself closes is no news to it. */
export const receiveIssueMove: Receive = async (_, payload, registry) => {
  const { data } = IssueMoved.safeParse(payload);
  if (!data) return unreadable;
  if (data.sender.type === 'Bot') return { kind: 'ignored', why: 'a bot did it' };
  if (data.issue.pull_request) return { kind: 'ignored', why: 'it is a pull request' };
  return about(data.repository, { kind: 'issue-moved', number: data.issue.number }, registry);
};

const installedAs =
  (installationId: number) =>
  ({ full_name: [owner, name], private: isPrivate }: ListedRepository): Installed => ({
    ...{ owner, name, installationId, private: isPrivate },
  });

const gone = (repositories: number): News => ({ kind: 'removed', repositories });
const come = (repositories: number): News => ({ kind: 'installed', repositories });

async function about(
  { full_name: [owner, name] }: { full_name: [string, string] },
  news: SetupNews,
  registry: SetupRegistry,
): Promise<News> {
  const isNews = await registry.setupNews(setupKey({ owner, name }), news);
  return isNews ? { kind: 'to-look-at' } : { kind: 'ignored', why: 'no set-up waits for it' };
}

/** Where commits were taken away, what they had brought is not listed. */
const touchesWorkflows = (push: Push): boolean =>
  push.forced || changedPaths(push).some((path) => isWorkflowPath(path) || path === policyPath);
