// Credentials → an Octokit whose every attempt has a time-out and an authorization of its own, with bounded retries.
import { setTimeout as sleep } from 'node:timers/promises';
import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { RequestError } from '@octokit/request-error';
import Bottleneck from 'bottleneck';
import type { Logger } from 'pino';
import { outgoing } from './outgoing.ts';
import type { Remembered } from './remembered.ts';

/** What one attempt at a request came to, for metrics. */
export interface RequestSeen {
  method: string;
  /** With placeholders, so that it can be a label: `/repos/{owner}/{repo}/pulls`. */
  route: string;
  /** 0 when there was no answer. */
  status: number;
  durationMs: number;
}

export interface ClientOptions {
  /** `https://api.github.com`, or `https://HOST/api/v3` of a GitHub Enterprise Server. */
  baseUrl: string;
  log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  onRequest?: ((request: RequestSeen) => void) | undefined;
  /** The unit of all waiting before a retry; a second. */
  retryBaseMs?: number | undefined;
  /** Where answers are kept that may be asked for again, and under which name: what this token may see. */
  remembered?: { answers: Remembered; scope: string } | undefined;
}

export interface Credentials {
  /** The value of the `authorization` header. */
  authorization(): Promise<string>;
  /** GitHub answered 401 to this value. */
  refused(authorization: string): void;
}

const answerTimeoutMs = 15_000;
const maxRetries = 2;
/** A longer wait is the job queue's business: it does not occupy a worker. */
const longestWaitSeconds = 30;
/** A new token is not known everywhere at GitHub at once: https://github.com/octokit/auth-app.js/issues/65 */
const pausesAfterRenewal = [0, 1, 2];

/**
 * GitHub allows 80 content-creating requests a minute. The throttling plugin's own pace, a second between writes and three
 * between notifications, would make every incident wait for ten seconds.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const writes = { maxConcurrent: 1, reservoir: 80, reservoirRefreshAmount: 80, reservoirRefreshInterval: 60_000 };
const write = new Bottleneck.Group(writes);
const notifications = new Bottleneck.Group({ maxConcurrent: 1 });

export function client(throttleId: string, credentials: Credentials, options: ClientOptions): Octokit {
  const retryBaseMs = options.retryBaseMs ?? 1_000;
  const worthWaiting = (retryAfterSeconds: number, _request: unknown, _octokit: unknown, retryCount: number) =>
    retryCount < maxRetries && retryAfterSeconds <= longestWaitSeconds;
  const Client = Octokit.plugin(eachAttempt(credentials, options), throttling, retry, gate(options.log));
  return new Client({
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    userAgent: 'self-heal',
    log: options.log,
    request: { log: options.log },
    retry: {
      retries: maxRetries,
      retryAfterBaseValue: retryBaseMs,
      doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
    },
    throttle: {
      id: throttleId,
      write,
      notifications,
      retryAfterBaseValue: retryBaseMs,
      onRateLimit: worthWaiting,
      onSecondaryRateLimit: worthWaiting,
    },
  });
}

/**
 * The last plugin's hook is the outermost: what leaves is looked at once, however often it is tried. Octokit hands the same
 * object to every hook, whatever is passed on: it has to be changed itself (before-after-hook 4.0.0).
 */
function gate(log: ClientOptions['log']) {
  return (octokit: Octokit): void => {
    octokit.hook.before('request', async (endpoint) => {
      const { request, secrets } = await outgoing(endpoint);
      Object.assign(endpoint, request);
      if (secrets > 0)
        log.warn({ secrets, route: endpoint.url }, 'secrets were taken out of a text on its way to GitHub');
    });
  };
}

/** The first plugin's hook is the innermost: it runs once for every attempt that the plugins after it make. */
function eachAttempt(credentials: Credentials, options: ClientOptions) {
  return (octokit: Octokit): void => {
    octokit.hook.wrap('request', async (request, endpoint) => {
      const send = async (authorization: string) => {
        const signal = endpoint.request.signal ?? AbortSignal.timeout(answerTimeoutMs);
        const headers = { ...endpoint.headers, authorization, 'x-github-api-version': '2022-11-28' };
        const url = endpoint.method === 'GET' ? octokit.request.endpoint(endpoint).url : undefined;
        return unlessUnchanged(options.remembered, url, (condition) =>
          seen(options.onRequest, endpoint, async () =>
            request({ ...endpoint, headers: { ...headers, ...condition }, request: { ...endpoint.request, signal } }),
          ),
        );
      };
      return await renewing(credentials, send, options.retryBaseMs ?? 1_000);
    });
  };
}

async function renewing<T>(credentials: Credentials, send: (authorization: string) => Promise<T>, retryBaseMs: number) {
  const known = await credentials.authorization();
  let unauthorized: unknown;
  try {
    return await send(known);
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
    credentials.refused(known);
  }
  for (const pause of pausesAfterRenewal) {
    if (pause > 0) await sleep(pause * retryBaseMs);
    try {
      return await send(await credentials.authorization());
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      unauthorized = error;
    }
  }
  throw unauthorized;
}

/** Asks for what is remembered with its ETag: `304 Not Modified` costs nothing, and stands for the answer of then. */
async function unlessUnchanged<T extends { status: number; headers: Record<string, unknown>; data: unknown }>(
  remembered: ClientOptions['remembered'],
  url: string | undefined,
  send: (condition: Record<string, string>) => Promise<T>,
): Promise<T> {
  if (!remembered || url === undefined) return send({});
  const key = `${remembered.scope} ${url}`;
  const known = remembered.answers.etag(key);
  try {
    const answer = await send(known === undefined ? {} : { 'if-none-match': known });
    const { etag } = answer.headers;
    const isJson = typeof answer.data === 'object' && answer.data !== null;
    if (answer.status === 200 && typeof etag === 'string' && isJson) remembered.answers.keep(key, etag, answer.data);
    return answer;
  } catch (error) {
    const same = error instanceof RequestError && error.status === 304 && known !== undefined;
    const data = same ? remembered.answers.data(key) : undefined;
    // Meanwhile dropped to make room: asked for as if it were new.
    if (same && data === undefined) return send({});
    if (!same) throw error;
    return { ...Object(error.response), status: 200, data };
  }
}

const isUnauthorized = (error: unknown) => error instanceof RequestError && error.status === 401;

async function seen<T extends { status: number }>(
  onRequest: ClientOptions['onRequest'],
  endpoint: { method: string; url: string },
  send: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  // Of a GitHub Enterprise Server's GraphQL the address is already whole.
  const route = endpoint.url.replace(/^https?:\/\/[^/]+(\/api)?/, '');
  const tell = (status: number) =>
    onRequest?.({ method: endpoint.method, route, status, durationMs: performance.now() - startedAt });
  try {
    const answer = await send();
    tell(answer.status);
    return answer;
  } catch (error) {
    tell(error instanceof RequestError && error.response ? error.response.status : 0);
    throw error;
  }
}
