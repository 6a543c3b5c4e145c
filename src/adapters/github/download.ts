// A redirect to a signed address → the bytes behind it, asked for without our token and within a limit.
import { SelfHealError } from '../../errors.ts';
import type { Answer } from './answer.ts';
import type { Connection } from './connection.ts';
import { noAnswer } from './errors.ts';

const downloadTimeoutMs = 60_000;

/** Options for the request that answers with the redirect. */
export const byHand = { redirect: 'manual' } as const;

/** The signed address is a secret while it is good: it appears in no error. */
export async function download<T>(
  connection: Connection,
  answer: Answer,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | undefined> {
  const what = `The download behind ${new URL(answer.url).pathname}`;
  const address = signedAddress(connection, answer, what);
  try {
    const response = await fetch(address, {
      headers: { 'user-agent': 'self-heal' },
      signal: AbortSignal.timeout(downloadTimeoutMs),
    });
    if (response.ok && response.body !== null) return await read(response.body);
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) return undefined;
    throw new SelfHealError('github-unavailable', `${what} was answered ${response.status}.`);
  } catch (error) {
    if (error instanceof SelfHealError) throw error;
    throw noAnswer(what, error);
  }
}

function signedAddress(connection: Connection, answer: Answer, what: string): URL {
  const location = answer.headers.location;
  if (typeof location === 'string' && URL.canParse(location, answer.url)) {
    const address = new URL(location, answer.url);
    if (address.protocol === 'https:' || (address.protocol === 'http:' && connection.allowsPlainHttp)) return address;
  }
  throw new SelfHealError('github-answer-unreadable', `${what} should have been a redirect to an https address.`);
}

/** The end of a stream of any length, in memory for `maxBytes` and one chunk. */
export async function lastBytes(bytes: AsyncIterable<Uint8Array>, maxBytes: number) {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  let truncated = false;
  for await (const chunk of bytes) {
    kept.push(chunk);
    keptBytes += chunk.byteLength;
    for (let first = kept[0]; first && keptBytes - first.byteLength >= maxBytes; first = kept[0]) {
      kept.shift();
      keptBytes -= first.byteLength;
      truncated ||= first.byteLength > 0;
    }
  }
  const all = Buffer.concat(kept);
  if (all.byteLength <= maxBytes) return { bytes: all, truncated };
  return { bytes: all.subarray(all.byteLength - maxBytes), truncated: true };
}

export async function allBytes(bytes: AsyncIterable<Uint8Array>, maxBytes: number, what: string): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  for await (const chunk of bytes) {
    keptBytes += chunk.byteLength;
    if (keptBytes > maxBytes) throw tooLarge(what, maxBytes);
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}

export const tooLarge = (what: string, maxBytes: number): SelfHealError =>
  new SelfHealError('github-answer-unreadable', `${what} is larger than the ${maxBytes} bytes that are read of it.`);
