// The App's credentials → the GitHub port for any repository that it is installed on, limited to the permissions named and to one step.
import { ownersRepository } from '../../config/policy.ts';
import { fullName, type Repository } from '../../incident/incident.ts';
import type { GitHub, Permissions, RequestCount } from '../../ports.ts';
import { actions } from './actions.ts';
import { answer } from './answer.ts';
import { artifacts } from './artifacts.ts';
import { autoMerge } from './auto-merge.ts';
import { type ClientOptions, client, type RequestSeen } from './client.ts';
import type { Connection } from './connection.ts';
import { gitData } from './git-data.ts';
import { issues } from './issues.ts';
import { ownIssues } from './own-issues.ts';
import { pulls } from './pulls.ts';
import { Remembered } from './remembered.ts';
import { revoked } from './revoked.ts';
import { AppIdentity } from './schemas.ts';
import { type AppKey, appCredentials, scopeOf, tokenOfOneStep } from './tokens.ts';
import { Absences } from './whole-file.ts';

export type GitHubOptions = ClientOptions & { appId: number } & AppKey;

export interface GitHubExchange {
  (repository: Repository, permissions: Permissions): GitHub;
  /** Until every token of a telephone that was hung up is revoked, or can no longer be. */
  quiet(): Promise<void>;
}

export function gitHubOf(options: GitHubOptions): GitHubExchange {
  const app = client('app', appCredentials(options), options);
  const revoking = new Set<Promise<void>>();
  const answers = new Remembered();
  const absences = new Absences();
  const repositoryIds = new Map<string, Connection['repositoryId']>();

  let login: Promise<string> | undefined;
  const botLogin = async (): Promise<string> => {
    login ??= answer(AppIdentity, app.request('GET /app')).then(({ slug }) => `${slug}[bot]`);
    try {
      return await login;
    } catch (error) {
      login = undefined;
      throw error;
    }
  };

  const telephone = (repository: Repository, permissions: Permissions): GitHub => {
    const count: RequestCount = { sent: 0, unchanged: 0, mints: 0, revocations: 0 };
    const credentials = tokenOfOneStep(app, repository, permissions, () => {
      count.mints += 1;
    });
    const hangUp = (): void => {
      if (count.mints > count.revocations) count.revocations += 1;
      const ending = credentials.over().then((authorization) => revoked(authorization, repository, options));
      revoking.add(ending);
      void ending.finally(() => revoking.delete(ending));
    };
    const onRequest = (request: RequestSeen) => {
      if (request.status === 304) count.unchanged += 1;
      else count.sent += 1;
      options.onRequest?.(request);
    };
    const remembered = { answers, scope: scopeOf(repository, permissions) };
    const known = repositoryIds.get(fullName(repository)) ?? {};
    repositoryIds.set(fullName(repository), known);
    const connection: Connection = {
      octokit: client(`installation ${repository.installationId}`, credentials, { ...options, onRequest, remembered }),
      owner: repository.owner,
      repo: repository.name,
      botLogin,
      allowsPlainHttp: new URL(options.baseUrl).protocol === 'http:',
      repositoryId: known,
      retryBaseMs: options.retryBaseMs ?? 1_000,
    };
    const git = gitData(connection);
    const asked: GitHub['file'] = (path, ref) => absences.unlessAbsent(repository, path, () => git.file(path, ref));
    return {
      ...actions(connection),
      ...artifacts(connection),
      ...autoMerge(connection),
      ...git,
      ...(repository.name === ownersRepository ? { file: asked } : {}),
      ...pulls(connection),
      ...issues(connection),
      ...ownIssues(connection),
      requests: () => ({ ...count }),
      hangUp,
    };
  };
  const quiet = async (): Promise<void> => {
    await Promise.all(revoking);
  };
  return Object.assign(telephone, { quiet });
}
