// A redirect to a signed address → the bytes behind it, asked for without our token and within a limit.
import { SelfHealError } from '../../errors.ts';
import { type Answer, answerUnless, isGone } from './answer.ts';
import type { Connection } from './connection.ts';
import { noAnswer } from './errors.ts';
import { Ignored } from './schemas.ts';

const downloadTimeoutMs = 60_000;
/** Between two pieces of a stream, which as a whole may take as long as its reader does. */
const idleTimeoutMs = 30_000;
const longestStreamBytes = 4 * 1024 ** 3;

/** Options for the request that answers with the redirect. */
export const byHand = { redirect: 'manual' } as const;

/** Undefined where there is nothing to be redirected to. */
export async function redirectOf(request: Promise<Answer>): Promise<Answer | undefined> {
  let redirect: Answer | undefined;
  const remembered = request.then((response) => {
    redirect = response;
    return response;
  });
  await answerUnless(isGone, Ignored, remembered);
  return redirect;
}

export async function download<T>(
  connection: Connection,
  answer: Answer,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | undefined> {
  const what = nameOf(answer);
  try {
    const body = await bodyOf(connection, answer, AbortSignal.timeout(downloadTimeoutMs));
    return body && (await read(body));
  } catch (error) {
    throw error instanceof SelfHealError ? error : noAnswer(what, error);
  }
}

/** The bytes as they come, never all of them in memory; the connection ends with the reading. */
export async function streamed(
  connection: Connection,
  answer: Answer,
  signal?: AbortSignal,
  bounds = { idleTimeoutMs, longestStreamBytes },
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const idle = new AbortController();
  const patience = new Patience(idle, bounds.idleTimeoutMs);
  const either = signal ? AbortSignal.any([signal, idle.signal]) : idle.signal;
  try {
    const body = await patience.with(bodyOf(connection, answer, either));
    return body && pieces(body, patience, nameOf(answer), bounds.longestStreamBytes);
  } catch (error) {
    throw error instanceof SelfHealError ? error : noAnswer(nameOf(answer), error);
  }
}

async function* pieces(body: ReadableStream<Uint8Array>, patience: Patience, what: string, mostBytes: number) {
  const reader = body.getReader();
  let leftBytes = mostBytes;
  try {
    while (leftBytes > 0) {
      const { done, value } = await patience.with(reader.read()).catch((error: unknown) => {
        throw noAnswer(what, error);
      });
      if (done) return;
      yield value.byteLength <= leftBytes ? value : value.subarray(0, leftBytes);
      leftBytes -= value.byteLength;
    }
  } finally {
    // A stream that broke cannot be cancelled any more.
    await reader.cancel().catch(() => undefined);
  }
}

/** Runs only while something is awaited: a slow reader is not a silent server. */
class Patience {
  readonly #idle: AbortController;
  readonly #ms: number;
  constructor(idle: AbortController, ms: number) {
    this.#idle = idle;
    this.#ms = ms;
  }

  async with<T>(awaited: Promise<T>): Promise<T> {
    const why = new Error(`nothing came for ${this.#ms / 1_000} seconds`);
    const timer = setTimeout(() => this.#idle.abort(why), this.#ms);
    try {
      return await awaited;
    } finally {
      clearTimeout(timer);
    }
  }
}

const nameOf = (answer: Answer): string => `The download behind ${new URL(answer.url).pathname}`;

/** The signed address is a secret while it is good: it appears in no error. */
async function bodyOf(connection: Connection, answer: Answer, signal: AbortSignal) {
  const what = nameOf(answer);
  const address = signedAddress(connection, answer, what);
  const response = await fetch(address, { headers: { 'user-agent': 'self-heal' }, signal });
  if (response.ok && response.body !== null) return response.body;
  await response.body?.cancel();
  if (response.status === 404 || response.status === 410) return undefined;
  throw new SelfHealError('github-unavailable', `${what} was answered ${response.status}.`);
}

function signedAddress(connection: Connection, answer: Answer, what: string): URL {
  const location = answer.headers.location;
  if (typeof location === 'string' && URL.canParse(location, answer.url)) {
    const address = new URL(location, answer.url);
    if (address.protocol === 'https:' || (address.protocol === 'http:' && connection.allowsPlainHttp)) return address;
  }
  throw new SelfHealError('github-answer-unreadable', `${what} should have been a redirect to an https address.`);
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
