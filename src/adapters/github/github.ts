// The App's credentials → the GitHub port for any repository that it is installed on, limited to the permissions named.
import type { Repository } from '../../incident/incident.ts';
import type { GitHub, Permissions } from '../../ports.ts';
import { actions } from './actions.ts';
import { answer } from './answer.ts';
import { type ClientOptions, client } from './client.ts';
import type { Connection } from './connection.ts';
import { gitData } from './git-data.ts';
import { issues } from './issues.ts';
import { pulls } from './pulls.ts';
import { AppIdentity } from './schemas.ts';
import { appCredentials, installationTokens } from './tokens.ts';

export interface GitHubOptions extends ClientOptions {
  appId: number;
  privateKey: string;
}

export function gitHubOf(options: GitHubOptions): (repository: Repository, permissions: Permissions) => GitHub {
  const app = client('app', appCredentials(options), options);
  const credentialsFor = installationTokens(app);

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
    const credentials = credentialsFor(repository, permissions);
    const connection: Connection = {
      octokit: client(`installation ${repository.installationId}`, credentials, options),
      owner: repository.owner,
      repo: repository.name,
      botLogin,
      allowsPlainHttp: new URL(options.baseUrl).protocol === 'http:',
      retryBaseMs: options.retryBaseMs ?? 1_000,
    };
    return { ...actions(connection), ...gitData(connection), ...pulls(connection), ...issues(connection) };
  };
}
