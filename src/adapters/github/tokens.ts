// The App's key → tokens for one repository and exactly the permissions asked for, kept in memory until shortly before they expire.
import { createAppAuth } from '@octokit/auth-app';
import type { Octokit } from '@octokit/core';
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { fullName, type Repository } from '../../incident/incident.ts';
import type { Permissions } from '../../ports.ts';
import { answer } from './answer.ts';
import type { Credentials } from './client.ts';
import { innermostMessage } from './errors.ts';

const InstallationToken = z.looseObject({ token: z.string().min(1), expires_at: z.iso.datetime() });
type InstallationToken = z.infer<typeof InstallationToken>;

const spareMs = 5 * 60_000;

export function appCredentials({ appId, privateKey }: { appId: number; privateKey: string }): Credentials {
  const auth = createAppAuth({ appId, privateKey });
  return {
    async authorization() {
      try {
        const { token } = await auth({ type: 'app' });
        return `bearer ${token}`;
      } catch (error) {
        const why = innermostMessage(error);
        throw new SelfHealError('github-unauthorized', `The App's private key cannot sign: ${why}. Check PRIVATE_KEY.`);
      }
    },
    refused() {},
  };
}

interface CachedToken {
  token: Promise<InstallationToken>;
  /** Both once it has come. */
  authorization?: string;
  goodUntil: number;
}

/** One cache a process; the credentials made from it share what is asked for alike. */
export function installationTokens(
  app: Octokit,
): (repository: Repository, permissions: Permissions, onMint: () => void) => Credentials {
  const cache = new Map<string, CachedToken>();

  const mint = (key: string, repository: Repository, permissions: Permissions): CachedToken => {
    const entry: CachedToken = { token: minted(app, repository, permissions), goodUntil: Number.POSITIVE_INFINITY };
    cache.set(key, entry);
    entry.token.then(
      ({ token, expires_at }) => {
        entry.authorization = authorizationOf(token);
        entry.goodUntil = Date.parse(expires_at) - spareMs;
      },
      () => {
        // Whoever asked has the error; the next one asks anew.
        if (cache.get(key) === entry) cache.delete(key);
      },
    );
    return entry;
  };

  return (repository, permissions, onMint) => {
    const key = scopeOf(repository, permissions);
    const newToken = () => {
      onMint();
      return mint(key, repository, permissions);
    };
    return {
      async authorization() {
        for (const [other, { goodUntil }] of cache) if (goodUntil <= Date.now()) cache.delete(other);
        const { token } = await (cache.get(key) ?? newToken()).token;
        return authorizationOf(token);
      },
      refused(authorization) {
        if (cache.get(key)?.authorization === authorization) cache.delete(key);
      },
    };
  };
}

/** What a token may see: two with the same scope are shown the same. */
export const scopeOf = (repository: Repository, permissions: Permissions): string =>
  JSON.stringify([repository.installationId, fullName(repository), Object.entries(permissions).sort()]);

const authorizationOf = (token: string) => `token ${token}`;

async function minted(app: Octokit, repository: Repository, permissions: Permissions): Promise<InstallationToken> {
  const request = app.request('POST /app/installations/{installation_id}/access_tokens', {
    installation_id: repository.installationId,
    repositories: [repository.name],
    permissions,
  });
  try {
    return await answer(InstallationToken, request);
  } catch (error) {
    if (!(error instanceof SelfHealError) || error.code !== 'github-refused') throw error;
    const asked = Object.entries(permissions).map(([name, level]) => `${name}: ${level}`);
    throw new SelfHealError(
      'github-forbidden',
      `The installation on ${fullName(repository)} does not grant ${asked.join(', ')}. ` +
        `Accept the App's new permissions, or add the repository to the installation. ${error.message}`,
    );
  }
}
