import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../simulator/github/endpoints.ts';
import { permissions } from '../../../simulator/github/permissions.ts';
import { type Hosted, here, host, refusal } from './hosted.ts';

let hosted: Hosted;
beforeAll(async () => {
  hosted = await host({ 'a.txt': 'one\n' });
});
afterAll(() => hosted.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${hosted.simulator.url}/api/v3${path}`, { headers });

describe('every endpoint', () => {
  it('is one of GitHub’s', async () => {
    const described = await readFile('node_modules/@octokit/openapi-types/types.d.ts', 'utf8');
    const unknown = Object.keys(endpoints).filter((template) => !described.includes(`"${template.split(' ')[1]}": {`));
    expect(unknown).toEqual([]);
  });

  it('has its line in the table of permissions, and the table no other', () => {
    expect(Object.keys(permissions).sort()).toEqual(Object.keys(endpoints).sort());
  });
});

describe('answers', () => {
  it('carry GitHub’s headers', async () => {
    const { headers } = await get('/repos/octo/demo');
    expect(headers.get('x-github-request-id')).toMatch(/^[0-9A-F:]+$/);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(Number(headers.get('x-ratelimit-limit'))).toBe(5000);
    expect(headers.get('x-github-media-type')).toContain('github.v3');
  });

  it('are 304 and free of charge when nothing changed', async () => {
    const token = `token ${hosted.simulator.github.userToken('counter', 'read')}`;
    const first = await get('/repos/octo/demo/branches', { authorization: token });
    const again = await get('/repos/octo/demo/branches', {
      authorization: token,
      'if-none-match': first.headers.get('etag') ?? '',
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('x-ratelimit-remaining')).toBe(first.headers.get('x-ratelimit-remaining'));
    await hosted.simulator.github.push('octo/demo', { branch: 'more', files: { 'b.txt': 'x' }, message: 'More' });
    expect(
      (
        await get('/repos/octo/demo/branches', {
          authorization: token,
          'if-none-match': first.headers.get('etag') ?? '',
        })
      ).status,
    ).toBe(200);
  });

  it('explain what is missing', async () => {
    const none = await get('/repos/octo/gone');
    expect(none.status).toBe(404);
    expect(await none.json()).toEqual({
      message: 'Not Found',
      documentation_url: 'https://docs.github.com/rest',
      status: '404',
    });
    expect((await get('/no/such/endpoint')).status).toBe(404);
    expect((await get('/repos/%zz/demo')).status).toBe(404);
    const post = await fetch(`${hosted.simulator.url}/api/v3/repos/octo/demo/issues`, {
      method: 'POST',
      body: '{"title"',
      headers: { authorization: `token ${hosted.simulator.github.userToken('mona')}` },
    });
    expect(post.status).toBe(400);
    expect(await post.json()).toMatchObject({ message: 'Problems parsing JSON' });
    const anonymous = await fetch(`${hosted.simulator.url}/api/v3/repos/octo/demo/issues`, {
      method: 'POST',
      body: '{"title":"x"}',
    });
    expect(anonymous.status).toBe(401);
  });

  it('fail on demand, as often as asked', async () => {
    const { github } = hosted.simulator;
    const octokit = hosted.person('mona', 'write');
    const issues = () => octokit.request('GET /repos/{owner}/{repo}/issues', here);
    github.failApi({ method: 'GET', path: /\/issues$/, status: 503, headers: { 'retry-after': '7' }, times: 2 });
    const refused = await refusal(issues());
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '7' } });
    expect(await refusal(issues())).toMatchObject({ status: 503 });
    expect((await issues()).status).toBe(200);
    github.failApi({ path: /./, status: 500, times: 9 });
    github.failApi({ path: /./, status: 500, times: 0 });
    expect((await issues()).status).toBe(200);
  });

  it('are counted for those who want to know what was asked', async () => {
    const octokit = await hosted.installation();
    await octokit.request('POST /repos/{owner}/{repo}/labels', { ...here, name: 'counted' });
    expect(hosted.simulator.github.requests().at(-1)).toMatchObject({
      method: 'POST',
      path: '/repos/octo/demo/labels',
      status: 201,
      as: 'installation',
      body: { name: 'counted' },
    });
  });
});
