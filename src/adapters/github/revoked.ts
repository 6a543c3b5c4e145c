// A token that nobody needs any more → revoked at GitHub; one try, for it lapses by itself within the hour.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { fullName, type Repository } from '../../incident/incident.ts';
import { answer } from './answer.ts';
import { type ClientOptions, client } from './client.ts';

const timeoutMs = 5_000;

/** Never fails: whoever hung up has gone. */
export async function revoked(
  authorization: string | undefined,
  repository: Repository,
  options: ClientOptions,
): Promise<void> {
  if (authorization === undefined) return;
  let isKnown = true;
  const credentials = {
    async authorization() {
      if (!isKnown) throw new SelfHealError('github-unauthorized', 'the token is revoked or expired already');
      return authorization;
    },
    refused() {
      isKnown = false;
    },
  };
  const { baseUrl, log, onRequest } = options;
  // With a throttle of its own: it creates nothing, and must not hold up what does.
  const octokit = client(`revocations ${repository.installationId}`, credentials, { baseUrl, log, onRequest });
  const once = { retries: 0, signal: AbortSignal.timeout(timeoutMs) };
  try {
    await answer(z.unknown(), octokit.request('DELETE /installation/token', { request: once }));
  } catch (error) {
    if (!isKnown) return;
    const why = error instanceof Error ? error.message : String(error);
    log.warn({ repository: fullName(repository) }, `a token was not revoked, it lapses within the hour: ${why}`);
  }
}
