import { generateKeyPairSync, sign as signed, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { api, factory, failure, keys, mintRequest, mints, repository, seen, shop } from './scene.ts';

const head = ['/git/ref/heads%2Fmain', { object: { sha: 'a'.repeat(40), type: 'commit' } }] as const;
const revocation = (token = 'ghs_firsttoken') =>
  nock(api, { reqheaders: { authorization: `token ${token}` } }).delete('/installation/token');

/** A telephone through which GitHub was asked once. */
async function used() {
  const exchange = factory();
  mints();
  shop().get(head[0]).reply(200, head[1]);
  const github = exchange(repository, { contents: 'read' });
  await github.branchHead('main');
  return { exchange, github };
}

describe('a telephone that is hung up', () => {
  it('has its token revoked, by the token itself, which is counted apart', async () => {
    const { exchange, github } = await used();
    revocation().reply(204);
    github.hangUp();
    await exchange.quiet();
    expect(github.requests()).toEqual({ sent: 1, unchanged: 0, mints: 1, revocations: 1 });
    expect(seen.at(-1)).toMatchObject({ method: 'DELETE', route: '/installation/token', status: 204 });
  });

  it('asks nothing more, and gets no other token', async () => {
    const { exchange, github } = await used();
    revocation().reply(204);
    github.hangUp();
    expect(await failure(github.branchHead('main'))).toMatchObject({ code: 'step-timed-out' });
    await exchange.quiet();
  });

  it('has nothing to revoke where nothing was asked', async () => {
    const exchange = factory();
    const github = exchange(repository, { contents: 'read' });
    github.hangUp();
    await exchange.quiet();
    expect(github.requests()).toMatchObject({ mints: 0, revocations: 0 });
  });

  it('has a token revoked that was still on its way, and that nobody uses', async () => {
    const exchange = factory();
    const github = exchange(repository, { contents: 'read' });
    mintRequest().reply(201, () => {
      github.hangUp();
      return { token: 'ghs_firsttoken', expires_at: '2999-01-01T00:00:00Z' };
    });
    revocation().reply(204);
    expect(await failure(github.branchHead('main'))).toMatchObject({ code: 'step-timed-out' });
    await exchange.quiet();
  });

  it.each([401, 403, 500])('bothers nobody when GitHub answers %i to that', async (status) => {
    const { exchange, github } = await used();
    revocation().reply(status, { message: 'no' });
    github.hangUp();
    await exchange.quiet();
    expect(seen.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });
});

describe('a signature by somebody else', () => {
  const sign = async (input: string) => signed('sha256', Buffer.from(input), keys.privateKey);

  it('makes JWTs that GitHub takes, one for many tokens', async () => {
    const jwts: string[] = [];
    let asked = 0;
    const exchange = factory({
      sign: (input: string) => {
        asked += 1;
        return sign(input);
      },
    });
    for (let step = 1; step <= 2; step += 1) {
      nock(api, { reqheaders: { authorization: (value) => jwts.push(String(value)) > 0 } })
        .post('/app/installations/42/access_tokens')
        .reply(201, { token: 'ghs_firsttoken', expires_at: '2999-01-01T00:00:00Z' });
      shop().get(head[0]).reply(200, head[1]);
      await exchange(repository, { contents: 'read' }).branchHead('main');
    }
    expect(asked).toBe(1);
    const [header = '', payload = '', signature = ''] = (jwts[0] ?? '').replace('bearer ', '').split('.');
    const isGood = verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      keys.publicKey,
      Buffer.from(signature, 'base64url'),
    );
    expect(isGood).toBe(true);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'JWT' });
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(claims).toMatchObject({ iss: 7 });
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(600);
  });

  it('of another algorithm is refused before GitHub sees it', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const exchange = factory({ sign: async (input: string) => signed('sha256', Buffer.from(input), privateKey) });
    const error = await failure(exchange(repository, {}).branchHead('main'));
    expect(error).toMatchObject({ code: 'signing-failed', next: 'retry', tell: 'operator' });
    expect(error.message).toContain('RS256');
  });

  it('that fails is asked for again by the next request', async () => {
    let fails = true;
    const exchange = factory({ sign: (input: string) => (fails ? Promise.reject(new Error('asleep')) : sign(input)) });
    const github = exchange(repository, {});
    await failure(github.branchHead('main'));
    fails = false;
    mints();
    shop().get(head[0]).reply(200, head[1]);
    expect(await github.branchHead('main')).toBe('a'.repeat(40));
  });
});
