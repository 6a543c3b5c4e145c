// The people's pages: each shows what the API says.
import { describe, expect, it } from '@jest/globals';
import { pages } from '../../../simulator/pages/pages.ts';
import { log, sha } from './answers.ts';
import { origin, site, smallGithub } from './small-github.ts';

describe('pages', () => {
  it.each([
    ['/', ['octo/pricing', 'issues.labeled', '202']],
    ['/octo', ['Repositories of octo']],
    [
      '/octo/pricing',
      ['README.md', '<h1>Pricing</h1>', 'self-heal/8-no-discount', 'Divide by discount', 'Latest runs'],
    ],
    ['/octo/pricing/blob/self-heal/8-no-discount/src/pricing.py', ['return &quot;&lt;b&gt;&quot;', 'id="L2"']],
    [`/octo/pricing/commit/${sha}`, ['Because.', 'class="delete"', 'class="add"', 'On it.', 'Self-Heal proof']],
    ['/octo/pricing/commits/main', ['Divide by discount']],
    ['/octo/pricing/actions', ['Divide by discount', 'attempt 2', 'href="/octo/pricing/actions/workflows/ci.yml"']],
    [
      '/octo/pricing/actions/workflows/ci.yml',
      ['Divide by discount', 'Run schedule now', 'Whom to &lt;greet&gt;', '<option selected>hard</option>', 'checked'],
    ],
    [
      '/octo/pricing/actions/runs/11',
      ['Re-run failed jobs', 'Run python3', 'self-heal-report', 'attempts/1', '<h3>Proof</h3>', '<td>base</td>'],
    ],
    ['/octo/pricing/actions/runs/11/attempts/1', ['Divide by discount']],
    [
      '/octo/pricing/actions/runs/11/job/21',
      ['ZeroDivisionError: &lt;division&gt; by zero', '1m 5s', 'Show timestamps'],
    ],
    ['/octo/pricing/runs/31', ['Red before, green after', '<strong>Proven</strong>', 'pricing.py:2']],
    ['/octo/pricing/issues', ['Prices are &lt;wrong&gt;', 'auto-heal']],
    ['/octo/pricing/issues/7', ['It fails:<br>ZeroDivisionError', 'On it.', 'Remove auto-heal', 'known-labels']],
    ['/octo/pricing/pulls', ['[self-heal] fix(pricing)']],
    ['/octo/pricing/pull/8', ['approved these changes', 'Merge pull request', 'Request changes', 'class="diagram"']],
    [
      '/octo/pricing/pull/8',
      ['1 of 2 checks have passed', '/octo/pricing/runs/31', '/octo/pricing/actions/runs/11/job/21'],
    ],
    ['/octo/pricing/pull/10', ['still a draft', 'Ready for review']],
    ['/octo/pricing/pull/11', ['Merged', 'Delete branch']],
    ['/octo/pricing/pull/8/files', ['<b>1</b> changed file']],
    ['/octo/pricing/pull/8/commits', ['Divide by discount']],
    [
      '/octo/pricing/new/main?filename=.github/a.yml&value=on:%20push',
      ['value=".github/a.yml"', '>on: push</textarea>'],
    ],
    ['/octo/pricing/issues/new?title=Hello', ['value="Hello"']],
    ['/octo/pricing/settings/installations', ['contents: <b>write</b>', 'Redeliver']],
  ])('%s shows what is there', async (path, texts) => {
    const { status, html } = await site().get(path);
    expect(status).toBe(200);
    for (const text of texts) expect(html).toContain(text);
    expect(html).not.toMatch(/<script|\[object|undefined|NaN/);
  });

  it('do not list pull requests as issues, and lead from the issue of a pull request to it', async () => {
    const { get } = site();
    expect((await get('/octo/pricing/issues')).html).not.toContain('a pull request');
    const response = await get('/octo/pricing/issues/8');
    expect([response.status, response.headers.get('location')]).toEqual([303, '/octo/pricing/pull/8']);
  });

  it('look again by themselves while a run is in progress, and only then', async () => {
    const { get } = site();
    const running = await get('/octo/pricing/actions/runs/12');
    expect(running.html).toContain('http-equiv="refresh"');
    expect(running.html).toContain('Cancel run');
    expect((await get('/octo/pricing/actions/runs/11')).html).not.toContain('http-equiv="refresh"');
  });

  it("answer with GitHub's own message where there is nothing", async () => {
    const { get } = site();
    const none = await get('/octo/nothing');
    expect([none.status, none.html.includes('Not Found')]).toEqual([404, true]);
    expect((await get('/octo/pricing/no/such/page')).status).toBe(404);
    expect((await get('/%22onx%3D/r')).status).toBe(404);
  });

  it('forbid scripts, frames and forms that lead elsewhere', async () => {
    const { headers } = await site().get('/octo/pricing/pull/8');
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/,
    );
  });

  it('have their style sheet', async () => {
    const { headers, html } = await site().get('/_simulator/style.css');
    expect(headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(html).toContain('.log');
  });

  it('follow the address that the API gives for a log', async () => {
    const { createServer } = await import('node:http');
    const store = createServer((_, response) => response.end(log)).listen(0, '127.0.0.1');
    await new Promise((resolve) => store.once('listening', resolve));
    const address = store.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { rest, beyond } = smallGithub();
    const redirecting = pages(
      (login) => async (path, init) =>
        path.endsWith('/logs') ? Response.redirect(`http://127.0.0.1:${address.port}/signed`) : rest(login)(path, init),
      beyond,
    );
    const response = await redirecting.request(`${origin}/octo/pricing/actions/runs/11/job/21`);
    const html = await response.text();
    store.close();
    expect(html).toContain('Process completed with exit code 1.');
  });
});
