// A path → the file there, by the endpoint whose answers are free while nothing changes; and, where nothing was, that for a while.
import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { fullName, type Repository } from '../../incident/incident.ts';
import type { GitHub, WholeFile } from '../../ports.ts';
import { answerUnless, isGone } from './answer.ts';
import { at, type Connection } from './connection.ts';

/** Other things than files have none of it, and a file above 1 MB has no content. */
const Contents = z.looseObject({ content: z.string().optional(), encoding: z.string().optional() });
/** A folder is a list. */
const Found = z.union([Contents, z.array(z.unknown())]);

export async function wholeFile(connection: Connection, path: string, ref?: string): Promise<WholeFile | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/contents/{path}', {
    ...at(connection),
    path,
    ...(ref === undefined ? {} : { ref }),
  });
  const found = await answerUnless(isGone, Found, request);
  if (found === undefined) return undefined;
  if (Array.isArray(found) || found.encoding !== 'base64' || found.content === undefined) return {};
  const bytes = Buffer.from(found.content, 'base64');
  return isUtf8(bytes) ? { text: bytes.toString('utf8') } : {};
}

const believedMs = 10 * 60_000;
const mostKept = 10_000;

/** Most owners have no repository `.github`, or did not install the App on it: that is not asked at every incident. */
export class Absences {
  readonly #until = new Map<string, number>();

  async unlessAbsent(
    repository: Repository,
    path: string,
    ask: () => ReturnType<GitHub['file']>,
  ): ReturnType<GitHub['file']> {
    const key = `${repository.installationId} ${fullName(repository)} ${path}`;
    if ((this.#until.get(key) ?? 0) > Date.now()) return undefined;
    const found = await ask().catch((thrown: unknown) => {
      if (isOutOfReach(thrown)) return undefined;
      throw thrown;
    });
    this.#until.delete(key);
    if (found === undefined) this.#until.set(key, Date.now() + believedMs);
    for (const oldest of this.#until.keys()) {
      if (this.#until.size <= mostKept) break;
      this.#until.delete(oldest);
    }
    return found;
  }
}

/** No token is given for it: the App is not installed there, or there is no such repository. */
const isOutOfReach = (thrown: unknown): boolean =>
  thrown instanceof SelfHealError && thrown.cause instanceof SelfHealError && thrown.cause.code === 'github-refused';
