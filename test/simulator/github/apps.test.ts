import { createSign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Hosted, here, host, refusal } from './hosted.ts';

let hosted: Hosted;
beforeAll(async () => {
  hosted = await host({ 'a.txt': 'one\n' }, { private: true });
});
afterAll(() => hosted.close());

function sign(claims: Record<string, unknown>, key = hosted.simulator.github.app.privateKey): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
}

async function askAsApp(jwt: string) {
  const answer = await fetch(`${hosted.simulator.url}/api/v3/app`, { headers: { authorization: `Bearer ${jwt}` } });
  return { status: answer.status, message: String(Object(await answer.json()).message) };
}

const now = () => Math.floor(Date.now() / 1000);

describe('the App’s own token', () => {
  it('is taken from Octokit', async () => {
    const { data } = await hosted.app().request('GET /app');
    expect(data).toMatchObject({ id: hosted.simulator.github.app.id, slug: 'self-heal', installations_count: 1 });
  });

  it.each([
    [
      'expired',
      () => sign({ iss: hosted.simulator.github.app.id, iat: now() - 700, exp: now() - 60 }),
      /'exp'\) must be/,
    ],
    [
      'too long',
      () => sign({ iss: hosted.simulator.github.app.id, iat: now(), exp: now() + 3600 }),
      /too far in the future/,
    ],
    [
      'from the future',
      () => sign({ iss: hosted.simulator.github.app.id, iat: now() + 500, exp: now() + 550 }),
      /'iat'/,
    ],
    ['without exp', () => sign({ iss: hosted.simulator.github.app.id, iat: now() }), /'exp'/],
    [
      'with a broken signature',
      () => `${sign({ iss: hosted.simulator.github.app.id, iat: now(), exp: now() + 60 }).slice(0, -8)}AAAAAAAA`,
      /could not be decoded/,
    ],
    ['garbage', () => 'a.b.c', /could not be decoded/],
  ])('is refused when %s', async (_, jwt, message) => {
    const answer = await askAsApp(jwt());
    expect(answer.status).toBe(401);
    expect(answer.message).toMatch(message);
  });

  it('is refused for another App', async () => {
    expect(await askAsApp(sign({ iss: 1, iat: now(), exp: now() + 60 }))).toMatchObject({
      status: 404,
      message: 'Integration not found',
    });
  });

  it('is not replaced by an installation token', async () => {
    const octokit = await hosted.installation();
    expect(await refusal(octokit.request('GET /app'))).toMatchObject({ status: 401 });
  });
});

describe('an installation token', () => {
  it('reaches what was asked for and no more', async () => {
    const octokit = await hosted.installation({ permissions: { contents: 'read' }, repositories: ['demo'] });
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/branches', here);
    expect(data.map((branch) => branch.name)).toEqual(['main']);
    const refused = await refusal(octokit.request('GET /repos/{owner}/{repo}/issues', here));
    expect(refused).toMatchObject({ status: 403, message: 'Resource not accessible by integration' });
    expect(refused.headers['x-accepted-github-permissions']).toBe('issues=read; pull_requests=read');
  });

  it('is not given for repositories or permissions that the installation lacks', async () => {
    const { data } = await hosted.app().request('GET /repos/{owner}/{repo}/installation', here);
    const ask = (request: object) =>
      refusal(
        hosted
          .app()
          .request('POST /app/installations/{installation_id}/access_tokens', { installation_id: data.id, ...request }),
      );
    expect(await ask({ repositories: ['other'] })).toMatchObject({ status: 422 });
    expect(await ask({ permissions: { workflows: 'write' } })).toMatchObject({
      status: 422,
      message: 'The permissions requested are not granted to this installation.',
    });
  });

  it('ends after an hour, and when it is revoked', async () => {
    const early = await hosted.installation();
    const revoked = await hosted.installation();
    await revoked.request('DELETE /installation/token');
    expect(await refusal(revoked.request('GET /installation/repositories'))).toMatchObject({
      status: 401,
      message: 'Bad credentials',
    });
    expect((await early.request('GET /installation/repositories')).data.total_count).toBe(1);
    hosted.simulator.github.advanceClock(61 * 60 * 1000);
    expect(await refusal(early.request('GET /installation/repositories'))).toMatchObject({ status: 401 });
  });
});

describe('a private repository', () => {
  it('is not there for strangers', async () => {
    const stranger = hosted.person('stranger', 'none');
    expect(await refusal(stranger.request('GET /repos/{owner}/{repo}', here))).toMatchObject({
      status: 404,
      message: 'Not Found',
    });
    expect(await refusal(hosted.withToken(null).request('GET /repos/{owner}/{repo}', here))).toMatchObject({
      status: 404,
    });
    expect(await refusal(hosted.withToken('ghp_unknown').request('GET /repos/{owner}/{repo}', here))).toMatchObject({
      status: 401,
      message: 'Bad credentials',
    });
  });

  it('is read-only for readers', async () => {
    const reader = hosted.person('reader', 'read');
    expect((await reader.request('GET /repos/{owner}/{repo}', here)).data.private).toBe(true);
    const refused = await refusal(reader.request('POST /repos/{owner}/{repo}/labels', { ...here, name: 'x' }));
    expect(refused.status).toBe(403);
    const { data } = await reader.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
      ...here,
      username: 'reader',
    });
    expect(data).toMatchObject({ permission: 'read', role_name: 'read' });
  });
});

describe('registering from a manifest', () => {
  it('trades the form for a code and the code, once, for the credentials', async () => {
    const manifest = {
      name: 'Mender',
      default_events: ['push'],
      default_permissions: { contents: 'read' },
      redirect_url: 'http://127.0.0.1:9/done',
    };
    const posted = await fetch(`${hosted.simulator.url}/settings/apps/new`, {
      method: 'POST',
      body: new URLSearchParams({ manifest: JSON.stringify(manifest) }),
      redirect: 'manual',
    });
    expect(posted.status).toBe(302);
    const code = new URL(posted.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const { data } = await hosted.withToken(null).request('POST /app-manifests/{code}/conversions', { code });
    expect(data).toMatchObject({
      name: 'Mender',
      events: ['push'],
      permissions: { contents: 'read', metadata: 'read' },
    });
    expect(data.pem).toContain('BEGIN RSA PRIVATE KEY');
    expect(
      await refusal(hosted.withToken(null).request('POST /app-manifests/{code}/conversions', { code })),
    ).toMatchObject({ status: 404 });
  });
});
