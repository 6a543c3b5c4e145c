// The App's credentials → the GitHub port for any repository that it is installed on, limited to the permissions named.
import { fullName, type Repository } from '../../incident/incident.ts';
import type { GitHub, Permissions, RequestCount } from '../../ports.ts';
import { actions } from './actions.ts';
import { answer } from './answer.ts';
import { artifacts } from './artifacts.ts';
import { type ClientOptions, client, type RequestSeen } from './client.ts';
import type { Connection } from './connection.ts';
import { gitData } from './git-data.ts';
import { issues } from './issues.ts';
import { pulls } from './pulls.ts';
import { Remembered } from './remembered.ts';
import { AppIdentity } from './schemas.ts';
import { appCredentials, installationTokens, scopeOf } from './tokens.ts';

export interface GitHubOptions extends ClientOptions {
  appId: number;
  privateKey: string;
}

export function gitHubOf(options: GitHubOptions): (repository: Repository, permissions: Permissions) => GitHub {
  const app = client('app', appCredentials(options), options);
  const credentialsFor = installationTokens(app);
  const answers = new Remembered();
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

  return (repository, permissions) => {
    const count: RequestCount = { sent: 0, unchanged: 0, mints: 0 };
    const credentials = credentialsFor(repository, permissions, () => {
      count.mints += 1;
    });
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
    return {
      ...actions(connection),
      ...artifacts(connection),
      ...gitData(connection),
      ...pulls(connection),
      ...issues(connection),
      requests: () => ({ ...count }),
    };
  };
}
