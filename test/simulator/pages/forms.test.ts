// The forms of the people's pages: each sends what GitHub's own would.
import { describe, expect, it } from '@jest/globals';
import { sha } from './answers.ts';
import { origin, site } from './small-github.ts';

describe('forms', () => {
  const pull = '/octo/pricing/pull/8';
  const issue = '/octo/pricing/issues/7';
  const run = '/octo/pricing/actions/runs/11';
  const workflow = '/octo/pricing/actions/workflows/ci.yml';
  const api = '/repos/octo/pricing';

  it.each([
    [`${issue}/comments`, { body: 'one\r\ntwo' }, 'POST', `${api}/issues/7/comments`, { body: 'one\ntwo' }, issue],
    [`${issue}/label`, { label: ' auto-heal ' }, 'POST', `${api}/issues/7/labels`, { labels: ['auto-heal'] }, issue],
    [`${issue}/unlabel`, { label: 'a b/c' }, 'DELETE', `${api}/issues/7/labels/a%20b%2Fc`, undefined, issue],
    [`${issue}/state`, { state: 'closed' }, 'PATCH', `${api}/issues/7`, { state: 'closed' }, issue],
    [`${pull}/state`, { state: 'open' }, 'PATCH', `${api}/issues/8`, { state: 'open' }, pull],
    [`${pull}/comments`, { body: '/heal retry' }, 'POST', `${api}/issues/8/comments`, { body: '/heal retry' }, pull],
    [`${pull}/label`, { label: 'x' }, 'POST', `${api}/issues/8/labels`, { labels: ['x'] }, pull],
    [`${pull}/merge`, { method: 'squash', sha }, 'PUT', `${api}/pulls/8/merge`, { merge_method: 'squash', sha }, pull],
    [`${pull}/reviews`, { event: 'APPROVE', body: '' }, 'POST', `${api}/pulls/8/reviews`, { event: 'APPROVE' }, pull],
    [
      `${pull}/reviews`,
      { event: 'REQUEST_CHANGES', body: 'no' },
      'POST',
      `${api}/pulls/8/reviews`,
      { event: 'REQUEST_CHANGES', body: 'no' },
      pull,
    ],
    [
      `${pull}/threads`,
      { path: 'pricing.py', line: '7', body: 'Why?' },
      'POST',
      `${api}/pulls/8/comments`,
      { path: 'pricing.py', line: 7, side: 'RIGHT', body: 'Why?', commit_id: expect.stringMatching(/^[0-9a-f]{40}$/) },
      pull,
    ],
    [`${pull}/threads/71`, { body: 'So.' }, 'POST', `${api}/pulls/8/comments/71/replies`, { body: 'So.' }, pull],
    [
      '/octo/pricing/pull/11/delete-branch',
      {},
      'DELETE',
      `${api}/git/refs/heads/self-heal/8-no-discount`,
      undefined,
      '/octo/pricing/pull/11',
    ],
    [
      '/octo/pricing/pull/10/ready',
      {},
      'POST',
      '/graphql',
      { query: expect.stringContaining('markPullRequestReadyForReview'), variables: { id: 'PR_10' } },
      '/octo/pricing/pull/10',
    ],
    ...(['enable', 'disable'] as const).map(
      (way): [string, Record<string, string>, string, string, unknown, string] => [
        `/octo/pricing/pull/10/${way}-auto-merge`,
        {},
        'POST',
        '/graphql',
        { query: expect.stringContaining(`${way}PullRequestAutoMerge`), variables: { id: 'PR_10' } },
        '/octo/pricing/pull/10',
      ],
    ),
    [
      `${workflow}/dispatch`,
      { ref: 'main', 'input.who': 'Mona', 'input.how': 'soft' },
      'POST',
      `${api}/actions/workflows/41/dispatches`,
      { ref: 'main', inputs: { who: 'Mona', how: 'soft', loud: 'false' } },
      workflow,
    ],
    [`${run}/rerun`, {}, 'POST', `${api}/actions/runs/11/rerun`, undefined, run],
    [`${run}/rerun-failed-jobs`, {}, 'POST', `${api}/actions/runs/11/rerun-failed-jobs`, undefined, run],
    [`${run}/cancel`, {}, 'POST', `${api}/actions/runs/11/cancel`, undefined, run],
    [
      `/octo/pricing/commit/${sha}/comments`,
      { body: 'x' },
      'POST',
      `${api}/commits/${sha}/comments`,
      { body: 'x' },
      `/octo/pricing/commit/${sha}`,
    ],
    [
      '/octo/pricing/issues/new',
      { title: 'Broken', body: 'b', labels: 'auto-heal, ' },
      'POST',
      `${api}/issues`,
      { title: 'Broken', body: 'b', labels: ['auto-heal'] },
      '/octo/pricing/issues/9',
    ],
    [
      '/octo/pricing/new/main',
      { filename: '/.github/workflows/a b.yml', value: 'on: push\r\n', message: '' },
      'PUT',
      `${api}/contents/.github/workflows/a%20b.yml`,
      {
        message: 'Create .github/workflows/a b.yml',
        content: Buffer.from('on: push\n').toString('base64'),
        branch: 'main',
      },
      '/octo/pricing/blob/main/.github/workflows/a%20b.yml',
    ],
    [
      '/octo/pricing/settings/installations/deliveries/61/redeliver',
      {},
      'POST',
      '/app/hook/deliveries/61/attempts',
      undefined,
      '/octo/pricing/settings/installations',
    ],
  ])('%s with %j', async (path, fields, method, restPath, body, back) => {
    const { post, written } = site();
    const response = await post(path, fields);
    expect([response.status, response.headers.get('location')]).toEqual([303, back]);
    expect(written).toEqual([{ login: 'octocat', method, path: restPath, body }]);
  });

  it('run a schedule at once, and lead to its run', async () => {
    const { post, scheduled } = site();
    const response = await post(`${workflow}/schedule`);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/octo/pricing/actions/runs/12']);
    expect(scheduled).toEqual(['octocat octo/pricing .github/workflows/ci.yml']);
  });

  it('act as the person of the cookie, which the page can switch', async () => {
    const { post, get, written } = site();
    const switched = await post('/_simulator/person', { user: 'hubot', back: '/octo/pricing/issues' });
    expect(switched.headers.get('location')).toBe('/octo/pricing/issues');
    const cookie = switched.headers.get('set-cookie')?.split(';')[0] ?? '';
    await post(`${issue}/comments`, { body: 'x' }, { origin, cookie });
    expect(written[0]?.login).toBe('hubot');
    expect((await get('/', { cookie })).html).toContain('value="hubot"');
  });

  it('refuse a name that is none, and lead nowhere else', async () => {
    const { post } = site();
    expect((await post('/_simulator/person', { user: 'a b' })).status).toBe(422);
    const elsewhere = await post('/_simulator/person', { user: 'hubot', back: '//evil.test/' });
    expect(elsewhere.headers.get('location')).toBe('/');
  });

  it('cannot be sent by a page from elsewhere', async () => {
    const { post, written } = site();
    const response = await post(`${pull}/merge`, { method: 'merge' }, { origin: 'http://evil.test' });
    expect([response.status, written]).toEqual([403, []]);
  });

  it("show GitHub's refusal with its details", async () => {
    const { post, refuse } = site();
    refuse(422, { message: 'Validation Failed', errors: [{ message: 'Can not approve your own pull request' }] });
    const response = await post(`${pull}/reviews`, { event: 'APPROVE' });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('Validation Failed: Can not approve your own pull request');
  });
});
