import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { markdown, title } from '../../../src/text/outbound.ts';
import { api, factory, failure, github, mints, repository, sha, shop } from './scene.ts';

beforeEach(() => {
  mints();
});

const user = (login: string, type = 'User') => ({ login, type, id: 1 });
describe('an issue', () => {
  it('is read with its labels', async () => {
    shop()
      .get('/issues/3')
      .reply(200, { state: 'open', labels: [{ name: 'bug' }, 'auto-heal', { name: null }], title: 'x' });
    expect(await github().issue(3)).toEqual({ state: 'open', labels: ['bug', 'auto-heal'] });
  });

  it.each([404, 410])('that is not there is undefined (%i)', async (status) => {
    shop().get('/issues/3').reply(status, { message: 'Gone' });
    expect(await github().issue(3)).toBeUndefined();
  });

  it('is labelled', async () => {
    shop()
      .post('/issues/3/labels', { labels: ['self-heal'] })
      .reply(200, []);
    await github().addLabels(3, ['self-heal']);
  });
});

describe('a permission', () => {
  it.each(['admin', 'write', 'read', 'none'])('%s', async (permission) => {
    shop()
      .get('/collaborators/ann/permission')
      .reply(200, { permission, role_name: 'custom', user: user('ann') });
    expect(await github().permission('ann')).toBe(permission);
  });

  it('of somebody whom GitHub does not know is none', async () => {
    shop()
      .get('/collaborators/dependabot%5Bbot%5D/permission')
      .reply(404, { message: 'dependabot[bot] is not a user' });
    expect(await github().permission('dependabot[bot]')).toBe('none');
  });

  it('that is new to us is not guessed', async () => {
    shop().get('/collaborators/ann/permission').reply(200, { permission: 'owner' });
    expect(await failure(github().permission('ann'))).toMatchObject({ code: 'github-answer-unreadable' });
  });
});

it('what was said since then is read, whoever said it', async () => {
  const at = { created_at: '2026-03-02T09:00:05Z' };
  shop()
    .get('/issues/3/comments?since=2026-03-02T09%3A00%3A00.000Z&page=1&per_page=100')
    .reply(200, [
      { id: 1, user: user('ann'), body: '/heal release', ...at },
      { id: 2, user: user('x[bot]', 'Bot'), body: null, ...at },
      { id: 3, user: null, body: 'gone', ...at },
    ]);
  const createdAt = new Date('2026-03-02T09:00:05.000Z');
  expect(await github().comments(3, new Date('2026-03-02T09:00:00Z'))).toEqual([
    { id: 1, author: 'ann', authorIsBot: false, body: '/heal release', createdAt },
    { id: 2, author: 'x[bot]', authorIsBot: true, body: '', createdAt },
    { id: 3, author: 'ghost', authorIsBot: false, body: 'gone', createdAt },
  ]);
});

describe('a comment', () => {
  const app = () =>
    nock(api, { reqheaders: { authorization: /^bearer / } })
      .get('/app')
      .reply(200, { id: 7, slug: 'self-heal' });
  const marked = (text: string) => `<!-- self-heal:report -->\n${text}`;
  const comment = (id: number, login: string, body: string) => ({
    id,
    user: user(login, 'Bot'),
    body,
    html_url: `https://github.com/c/${id}`,
  });
  const issueComments = '/issues/3/comments';

  it('is written when there is none of ours with the marker', async () => {
    app();
    shop()
      .get(`${issueComments}?page=1&per_page=100`)
      .reply(200, [
        comment(1, 'self-heal', marked('by a person')),
        comment(2, 'self-heal[bot]', `> ${marked('quoted')}`),
        { ...comment(3, 'x', 'y'), user: null },
      ]);
    shop()
      .post(issueComments, { body: marked('New') })
      .reply(201, comment(9, 'self-heal[bot]', marked('New')));
    expect(await github().comment(3, 'report', markdown`New`)).toBe('https://github.com/c/9');
  });

  it('is edited when there is one, also on a later page', async () => {
    app();
    const others = Array.from({ length: 100 }, (_, index) => comment(index + 1, 'ann', 'hi'));
    shop().get(`${issueComments}?page=1&per_page=100`).reply(200, others);
    shop()
      .get(`${issueComments}?page=2&per_page=100`)
      .reply(200, [comment(101, 'self-heal[bot]', marked('Old'))]);
    shop()
      .patch('/issues/comments/101', { body: marked('New') })
      .reply(200, comment(101, 'self-heal[bot]', marked('New')));
    expect(await github().comment(3, 'report', markdown`New`)).toBe('https://github.com/c/101');
  });

  it('that says so already is left alone, and the App’s name is asked for once', async () => {
    app();
    shop()
      .get(`${issueComments}?page=1&per_page=100`)
      .twice()
      .reply(200, [comment(1, 'self-heal[bot]', marked('Same'))]);
    const it = github();
    await it.comment(3, 'report', markdown`Same`);
    expect(await it.comment(3, 'report', markdown`Same`)).toBe('https://github.com/c/1');
  });

  it('whose writing got no answer is not written twice', async () => {
    app();
    shop().get(`${issueComments}?page=1&per_page=100`).reply(200, []);
    shop().post(issueComments).reply(502);
    expect(await failure(github().comment(3, 'report', markdown`New`))).toMatchObject({ code: 'github-unavailable' });
  });

  it('that is known to be nowhere is written without looking', async () => {
    shop()
      .post(issueComments, { body: marked('New') })
      .reply(201, comment(9, 'self-heal[bot]', marked('New')));
    expect(await github().comment(3, 'report', markdown`New`, 'nowhere')).toBe('https://github.com/c/9');
  });

  it('that is known by its address is edited without looking', async () => {
    shop()
      .patch('/issues/comments/17', { body: marked('New') })
      .reply(200, comment(17, 'self-heal[bot]', marked('New')));
    const known = { url: 'https://github.com/acme/shop/issues/3#issuecomment-17' };
    expect(await github().comment(3, 'report', markdown`New`, known)).toBe('https://github.com/c/17');
  });

  it.each(['https://github.com/acme/shop/issues/3#issuecomment-17', 'https://github.com/elsewhere'])(
    'that is no longer at %s is looked for',
    async (url) => {
      if (url.endsWith('17')) shop().patch('/issues/comments/17').reply(404, { message: 'Not Found' });
      app();
      shop().get(`${issueComments}?page=1&per_page=100`).reply(200, []);
      shop()
        .post(issueComments)
        .reply(201, comment(18, 'self-heal[bot]', marked('New')));
      expect(await github().comment(3, 'report', markdown`New`, { url })).toBe('https://github.com/c/18');
    },
  );

  it('asks for the App’s name again after an error', async () => {
    const it = factory()(repository, { issues: 'write' });
    nock(api).get('/app').reply(404, { message: 'Integration not found' });
    expect(await failure(it.comment(3, 'report', markdown`x`))).toMatchObject({ code: 'github-not-found' });
    app();
    shop()
      .get(`${issueComments}?page=1&per_page=100`)
      .reply(200, [comment(1, 'self-heal[bot]', marked('x'))]);
    await it.comment(3, 'report', markdown`x`);
  });

  it.each(['a --> b', 'a--b', '', 'a b'])('with the marker %p is refused', async (marker) => {
    expect(await failure(github().comment(3, marker, markdown`x`))).toMatchObject({ code: 'defect' });
    nock.cleanAll();
  });

  it('on a commit is written once and edited after that', async () => {
    app();
    const path = `/commits/${sha('a')}/comments`;
    shop().get(`${path}?page=1&per_page=100`).reply(200, []);
    shop()
      .post(path, { body: marked('One') })
      .reply(201, comment(5, 'self-heal[bot]', marked('One')));
    shop()
      .get(`${path}?page=1&per_page=100`)
      .reply(200, [comment(5, 'self-heal[bot]', marked('One'))]);
    shop()
      .patch('/comments/5', { body: marked('Two') })
      .reply(200, comment(5, 'self-heal[bot]', marked('Two')));
    const it = github();
    await it.commitComment(sha('a'), 'report', markdown`One`);
    expect(await it.commitComment(sha('a'), 'report', markdown`Two`)).toBe('https://github.com/c/5');
  });
});

it('a check run is made complete', async () => {
  shop()
    .post('/check-runs', {
      name: 'Self-Heal proof',
      head_sha: sha('a'),
      status: 'completed',
      conclusion: 'success',
      external_id: 'abc/1',
      output: { title: 'Proven', summary: 'Red, then green.' },
      details_url: 'https://github.com/r/77',
    })
    .reply(201, { id: 1 });
  await github({ checks: 'write' }).checkRun({
    name: title`Self-Heal proof`,
    headSha: sha('a'),
    conclusion: 'success',
    title: title`Proven`,
    summary: markdown`Red, then green.`,
    detailsUrl: 'https://github.com/r/77',
    externalId: 'abc/1',
  });
});
