// A person's token → what that person may read of one repository; it has no way to write.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import type { GitHub } from '../../ports.ts';
import { actions } from './actions.ts';
import { answerUnless, isGone } from './answer.ts';
import { artifacts } from './artifacts.ts';
import { type ClientOptions, client } from './client.ts';
import { at, type Connection } from './connection.ts';
import { gitData } from './git-data.ts';

export type ReadOnlyGitHub = Pick<
  GitHub,
  | 'jobs'
  | 'jobLog'
  | 'jobAnnotations'
  | 'run'
  | 'runsOf'
  | 'artifactFiles'
  | 'commit'
  | 'compare'
  | 'tree'
  | 'files'
  | 'filesOf'
> & {
  /** Undefined where the repository is not there, or the token may not see it. */
  repository(): Promise<{ defaultBranch: string; private: boolean } | undefined>;
  /** Sent until now. */
  requests(): number;
};

const RepositoryFacts = z
  .looseObject({ default_branch: z.string(), private: z.boolean() })
  .transform((facts) => ({ defaultBranch: facts.default_branch, private: facts.private }));

/** There is no other token to try. */
function refused(): never {
  throw new SelfHealError(
    'github-unauthorized',
    'GitHub does not know the token in GITHUB_TOKEN: it is mistyped, expired, revoked, or of another server.',
  );
}

export function gitHubWithToken(
  { owner, name }: { owner: string; name: string },
  token: string,
  options: ClientOptions,
): ReadOnlyGitHub {
  let sent = 0;
  const credentials = { authorization: async () => `token ${token}`, refused };
  const onRequest: ClientOptions['onRequest'] = (request) => {
    if (request.status !== 304) sent += 1;
    options.onRequest?.(request);
  };
  const connection: Connection = {
    octokit: client(`token ${owner}/${name}`, credentials, { ...options, onRequest }),
    owner,
    repo: name,
    botLogin: async () => '',
    allowsPlainHttp: new URL(options.baseUrl).protocol === 'http:',
    repositoryId: {},
    retryBaseMs: options.retryBaseMs ?? 1_000,
  };
  const { jobs, jobLog, jobAnnotations, run, runsOf } = actions(connection);
  const { artifactFiles } = artifacts(connection);
  const { commit, compare, tree, files, filesOf } = gitData(connection);
  return {
    ...{ jobs, jobLog, jobAnnotations, run, runsOf, artifactFiles, commit, compare, tree, files, filesOf },
    repository: () =>
      answerUnless(isGone, RepositoryFacts, connection.octokit.request('GET /repos/{owner}/{repo}', at(connection))),
    requests: () => sent,
  };
}
