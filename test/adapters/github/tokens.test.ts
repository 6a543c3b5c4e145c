import { createPrivateKey, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { api, factory, failure, github, keys, mintRequest, mints, repository, seen, shop } from './scene.ts';

const ref = (digit: string) => ({ object: { sha: digit.repeat(40), type: 'commit' } });
const head = (digit = 'a', branch = 'main') => [`/git/ref/heads%2F${branch}`, ref(digit)] as const;

describe('the token of an installation', () => {
  it('is asked for with a signed JWT, for one repository and exactly the permissions', async () => {
    let jwt = '';
    nock(api, {
      reqheaders: {
        authorization: (value) => {
          jwt = String(value);
          return jwt.startsWith('bearer ');
        },
        'x-github-api-version': '2022-11-28',
        'user-agent': /^self-heal /,
      },
    })
      .post('/app/installations/42/access_tokens', {
        repositories: ['shop'],
        permissions: { checks: 'write', contents: 'read' },
      })
      .reply(201, { token: 'ghs_firsttoken', expires_at: '2999-01-01T00:00:00Z' });
    shop().get(head()[0]).reply(200, head()[1]);

    expect(await github({ checks: 'write', contents: 'read' }).branchHead('main')).toBe('a'.repeat(40));

    const [header = '', payload = '', signature = ''] = jwt.replace('bearer ', '').split('.');
    expect(
      verify('sha256', Buffer.from(`${header}.${payload}`), keys.publicKey, Buffer.from(signature, 'base64url')),
    ).toBe(true);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ iss: 7 });
    expect(seen.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['POST', '/app/installations/{installation_id}/access_tokens', 201],
      ['GET', '/repos/{owner}/{repo}/git/ref/{ref}', 200],
    ]);
  });

  it('is asked for with a key in the format that GitHub hands out', async () => {
    const privateKey = createPrivateKey(keys.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString();
    mints();
    shop().get(head()[0]).reply(200, head()[1]);
    expect(await factory({ privateKey })(repository, {}).branchHead('main')).toBe('a'.repeat(40));
  });

  it('is not asked for before the first request', () => {
    github();
    expect(seen).toEqual([]);
  });

  it('belongs to one step, which shares it with nobody, however often it asks at the same time', async () => {
    const make = factory();
    mints('ghs_reading', { repositories: ['shop'], permissions: { contents: 'read' } });
    shop('ghs_reading').get(head()[0]).twice().reply(200, head()[1]);
    const it = make(repository, { contents: 'read' });
    await Promise.all([it.branchHead('main'), it.branchHead('main')]);

    mints('ghs_another', { repositories: ['shop'], permissions: { contents: 'read' } });
    shop('ghs_another').get(head()[0]).reply(200, head()[1]);
    await make(repository, { contents: 'read' }).branchHead('main');

    mints('ghs_elsewhere', { repositories: ['other'], permissions: { contents: 'read' } });
    nock(api, { reqheaders: { authorization: 'token ghs_elsewhere' } })
      .get(`/repos/acme/other${head()[0]}`)
      .reply(200, head()[1]);
    await make({ ...repository, name: 'other' }, { contents: 'read' }).branchHead('main');
  });

  it('is replaced before it has less than five minutes left', async () => {
    const make = factory();
    mints('ghs_old', undefined, new Date(Date.now() + 4 * 60_000).toISOString());
    mints('ghs_new');
    shop('ghs_old').get(head()[0]).reply(200, head()[1]);
    shop('ghs_new').get(head()[0]).twice().reply(200, head()[1]);
    const it = make(repository, { contents: 'read' });
    for (let time = 1; time <= 3; time += 1) await it.branchHead('main');
  });

  it('is replaced when GitHub no longer knows it, and the request goes through', async () => {
    const make = factory();
    mints('ghs_revoked');
    mints('ghs_fresh');
    shop('ghs_revoked').get(head()[0]).reply(401, { message: 'Bad credentials' });
    shop('ghs_fresh').get(head()[0]).reply(200, head('b')[1]);
    shop('ghs_fresh').get(head('c', 'next')[0]).reply(200, head('c')[1]);

    const it = make(repository, { contents: 'read' });
    expect(await it.branchHead('main')).toBe('b'.repeat(40));
    expect(await it.branchHead('next')).toBe('c'.repeat(40));
  });

  it('is given a moment to become known', async () => {
    mints('ghs_revoked');
    mints('ghs_fresh');
    shop('ghs_revoked').get(head()[0]).reply(401, { message: 'Bad credentials' });
    shop('ghs_fresh').get(head()[0]).twice().reply(401, { message: 'Bad credentials' });
    shop('ghs_fresh').get(head()[0]).reply(200, head()[1]);
    expect(await github().branchHead('main')).toBe('a'.repeat(40));
  });

  it('that stays unknown is an error for the operator', async () => {
    mints('ghs_revoked');
    mints('ghs_fresh');
    shop('ghs_revoked').get(head()[0]).reply(401, { message: 'Bad credentials' });
    shop('ghs_fresh').get(head()[0]).thrice().reply(401, { message: 'Bad credentials' });
    expect(await failure(github().branchHead('main'))).toMatchObject({
      code: 'github-unauthorized',
      message: 'GET /repos/acme/shop/git/ref/heads%2Fmain was answered 401: Bad credentials',
    });
  });

  it('is asked for again after an error', async () => {
    const it = github();
    mintRequest().reply(404, { message: 'Not Found' });
    expect(await failure(it.branchHead('main'))).toMatchObject({ code: 'github-not-found' });
    mints();
    shop().get(head()[0]).reply(200, head()[1]);
    expect(await it.branchHead('main')).toBe('a'.repeat(40));
  });

  it('with more than the installation grants is the maintainer’s to allow', async () => {
    mintRequest().reply(422, { message: 'The permissions requested are not granted to this installation.' });
    const error = await failure(github({ checks: 'write' }).branchHead('main'));
    expect(error).toMatchObject({ code: 'github-forbidden', tell: 'maintainer' });
    expect(error.message).toContain('The installation on acme/shop does not grant checks: write.');
  });

  it('cannot be asked for with a key that is none, and the error does not show the key', async () => {
    const broken = keys.privateKey.replaceAll('\n', ' ');
    const it = factory({ privateKey: broken })(repository, {});
    const error = await failure(it.branchHead('main'));
    expect(error.code).toBe('github-unauthorized');
    expect(error.message).not.toContain(keys.privateKey.slice(60, 90));
  });

  it('in an unknown shape is refused without being shown', async () => {
    mintRequest().reply(201, { token: 'ghs_firsttoken' });
    expect(await failure(github().branchHead('main'))).toMatchObject({ code: 'github-answer-unreadable' });
  });
});
