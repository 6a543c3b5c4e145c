// The App's key → one token a telephone, for one repository and exactly the permissions asked for, revoked when it hangs up.
import { createAppAuth } from '@octokit/auth-app';
import type { Octokit } from '@octokit/core';
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { fullName, type Repository } from '../../incident/incident.ts';
import type { Permissions } from '../../ports.ts';
import { answer } from './answer.ts';
import type { Credentials } from './client.ts';
import { innermostMessage } from './errors.ts';
import { type Sign, signedJwts } from './signed-jwts.ts';

const InstallationToken = z.looseObject({ token: z.string().min(1), expires_at: z.iso.datetime() });
type InstallationToken = z.infer<typeof InstallationToken>;

const spareMs = 5 * 60_000;

/** The key itself, or somebody who has it and signs what he is given. */
export type AppKey = { privateKey: string } | { sign: Sign };

export function appCredentials({ appId, ...key }: { appId: number } & AppKey): Credentials {
  if ('sign' in key) return signedJwts(appId, key.sign);
  const auth = createAppAuth({ appId, privateKey: key.privateKey });
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

export interface TokenOfOneStep extends Credentials {
  /** Gives out nothing from now on; the value of the `authorization` header that is to be revoked, if there is one. */
  over(): Promise<string | undefined>;
}

/** Minted with the first request. No two steps share one, so that each can be revoked when its step ends. */
export function tokenOfOneStep(
  app: Octokit,
  repository: Repository,
  permissions: Permissions,
  onMint: () => void,
): TokenOfOneStep {
  let current: Promise<InstallationToken> | undefined;
  let known: { authorization: string; goodUntil: number } | undefined;
  let isOver = false;

  const mint = (): Promise<InstallationToken> => {
    onMint();
    const minting = minted(app, repository, permissions);
    minting.then(
      ({ token, expires_at }) => {
        known = { authorization: authorizationOf(token), goodUntil: Date.parse(expires_at) - spareMs };
      },
      () => {
        // Whoever asked has the error; the next one asks anew.
        if (current === minting) current = undefined;
      },
    );
    return minting;
  };

  const inTime = (): void => {
    if (isOver) throw new SelfHealError('step-timed-out', 'the step is over: it may ask GitHub nothing any more');
  };

  return {
    async authorization() {
      inTime();
      if (known && known.goodUntil <= Date.now()) {
        current = undefined;
        known = undefined;
      }
      current ??= mint();
      const { token } = await current;
      inTime();
      return authorizationOf(token);
    },
    refused(authorization) {
      if (known?.authorization !== authorization) return;
      current = undefined;
      known = undefined;
    },
    async over() {
      isOver = true;
      return current?.then(({ token }) => authorizationOf(token)).catch(() => undefined);
    },
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
      { cause: error },
    );
  }
}
