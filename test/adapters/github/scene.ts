// A GitHub made of nock interceptors → the adapter's clients, and a check that nothing was left over, unexpected or leaked.
import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeEach, expect } from '@jest/globals';
import nock from 'nock';
import pino from 'pino';
import type { ClientOptions, RequestSeen } from '../../../src/adapters/github/client.ts';
import { type GitHubExchange, gitHubOf } from '../../../src/adapters/github/github.ts';
import type { Sign } from '../../../src/adapters/github/signed-jwts.ts';
import { SelfHealError } from '../../../src/errors.ts';
import type { Repository } from '../../../src/incident/incident.ts';
import type { GitHub, Permissions } from '../../../src/ports.ts';

export const api = 'https://api.github.com';
export const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
export const repository: Repository = {
  owner: 'acme',
  name: 'shop',
  defaultBranch: 'main',
  installationId: 42,
  private: true,
};
export const sha = (digit: string): string => digit.repeat(40);

const logged: string[] = [];
export const seen: RequestSeen[] = [];
const unexpected: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });

export function factory(
  options: Partial<ClientOptions> & ({ privateKey?: string } | { sign: Sign }) = {},
): GitHubExchange {
  const onRequest = (request: RequestSeen) => seen.push(request);
  const usual = { appId: 7, baseUrl: api, log, retryBaseMs: 1, onRequest };
  if ('sign' in options) return gitHubOf({ ...usual, ...options });
  return gitHubOf({ ...usual, ...options, privateKey: options.privateKey ?? keys.privateKey });
}

export const github = (permissions: Permissions = { contents: 'read' }): GitHub => factory()(repository, permissions);

const mintPath = '/app/installations/42/access_tokens';
const inOneHour = () => new Date(Date.now() + 3_600_000).toISOString();

export function mints(token = 'ghs_firsttoken', body?: nock.RequestBodyMatcher, expiresAt = inOneHour()): nock.Scope {
  return nock(api)
    .post(mintPath, body)
    .reply(201, { token, expires_at: expiresAt, permissions: {}, repository_selection: 'selected' });
}

export const mintRequest = (): nock.Interceptor => nock(api).post(mintPath);

/** Requests to the repository, with the token that `mints` gives. */
export function shop(token = 'ghs_firsttoken'): nock.Scope {
  return nock(`${api}/repos/acme/shop`, { reqheaders: { authorization: `token ${token}` } });
}

export async function failure(promise: Promise<unknown>): Promise<SelfHealError> {
  const error: unknown = await promise.then(
    (value) => new Error(`should have failed, but gave ${inspect(value)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SelfHealError);
  if (!(error instanceof SelfHealError)) throw error;
  expectNoSecret(inspect(error, { depth: 12, showHidden: true }));
  return error;
}

function expectNoSecret(text: string): void {
  expect(text).not.toMatch(/ghs_\w|eyJ[\w-]{10}|PRIVATE KEY-----|signature=/);
}

/** nock tells of every request that it has no interceptor for, of those that it lets through too. */
function note({ method, url }: Request): void {
  if (!url.startsWith('http://127.0.0.1:')) unexpected.push(`${method} ${url}`);
}

beforeEach(() => {
  nock.disableNetConnect();
  nock.emitter.on('no match', note);
  for (const list of [logged, seen, unexpected]) list.length = 0;
});

afterEach(() => {
  const leftOver = nock.pendingMocks();
  nock.emitter.off('no match', note);
  nock.cleanAll();
  expect(leftOver).toEqual([]);
  expect(unexpected).toEqual([]);
  expectNoSecret(logged.join(''));
});

// The patched http module is shared with the test files that follow in this process.
afterAll(() => nock.restore());
