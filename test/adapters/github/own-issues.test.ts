import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { markdown, title } from '../../../src/text/outbound.ts';
import { api, failure, github, mints, sha, shop } from './scene.ts';

const permissions = { actions: 'read', contents: 'read', issues: 'write', metadata: 'read' } as const;
const asSetup = () => github(permissions);
beforeEach(() => {
  mints('ghs_firsttoken', { repositories: ['shop'], permissions });
});

const facts = {
  html_url: 'https://github.com/acme/shop',
  ...{ default_branch: 'trunk', private: true, fork: false, archived: false, disabled: false, has_issues: true },
};

describe('a repository', () => {
  it.each([
    ['as it is', {}, {}],
    ['that is archived', { archived: true }, { archived: true }],
    ['that GitHub disabled', { disabled: true }, { archived: true }],
    ['that is a fork without issues', { fork: true, has_issues: false }, { fork: true, hasIssues: false }],
  ])('%s', async (_, changes, told) => {
    shop()
      .get('')
      .reply(200, { ...facts, ...changes });
    expect(await asSetup().facts()).toEqual({
      ...{ url: 'https://github.com/acme/shop', defaultBranch: 'trunk', private: true },
      ...{ fork: false, archived: false, hasIssues: true, ...told },
    });
  });

  it.each([404, 451])('that is gone is undefined (%i)', async (status) => {
    shop().get('').reply(status, { message: 'Not Found' });
    expect(await asSetup().facts()).toBeUndefined();
  });

  it('tells which runs failed', async () => {
    const run = {
      ...{ id: 9, run_attempt: 1, status: 'completed', conclusion: 'failure', head_sha: sha('a'), head_branch: 'main' },
      ...{ path: '.github/workflows/ci.yml', display_title: 'one', html_url: 'u', created_at: '2026-03-02T09:00:05Z' },
    };
    shop()
      .get('/actions/runs?branch=main&status=failure&per_page=10')
      .reply(200, { total_count: 1, workflow_runs: [run] });
    expect(await asSetup().failedRuns('main')).toMatchObject([{ id: 9, conclusion: 'failure', title: 'one' }]);
  });
});

const head = '<!-- self-heal:setup -->';
const bot = { login: 'self-heal[bot]', type: 'Bot' };
const ours = (changes: object = {}) => ({
  ...{
    number: 3,
    html_url: 'https://github.com/acme/shop/issues/3',
    state: 'open',
    body: `${head}\r\nTo do.`,
    user: bot,
  },
  ...changes,
});
const list = '/issues?page=1&per_page=100&creator=self-heal%5Bbot%5D&state=all&sort=created&direction=desc';
const found = { number: 3, url: 'https://github.com/acme/shop/issues/3', state: 'open', body: 'To do.' };

describe('the App’s own issue', () => {
  beforeEach(() => {
    nock(api, { reqheaders: { authorization: /^bearer / } })
      .get('/app')
      .reply(200, { id: 7, slug: 'self-heal' });
  });

  it('is found by its marker, and not where others quote it', async () => {
    shop()
      .get(list)
      .reply(200, [
        ours({ number: 6, user: { login: 'ada' } }),
        ours({ number: 5, body: `> ${head}` }),
        ours({ number: 4, pull_request: {} }),
        ours(),
      ]);
    expect(await asSetup().ownIssue('setup')).toEqual(found);
  });

  it('is asked for by its number where that is known', async () => {
    shop().get('/issues/3').reply(200, ours());
    expect(await asSetup().ownIssue('setup', 3)).toEqual(found);
  });

  it.each([
    ['is gone', 410, { message: 'This issue was deleted' }],
    ['is another one', 200, ours({ body: 'Something else' })],
  ])('is looked for where that one %s', async (_, status, answer) => {
    shop().get('/issues/3').reply(status, answer);
    shop().get(list).reply(200, []);
    expect(await asSetup().ownIssue('setup', 3)).toBeUndefined();
  });

  it.each([
    ['the App', bot],
    ['somebody', { login: 'ada' }],
    ['somebody', null],
  ])('that is closed says that it was by %s', async (closedBy, closed_by) => {
    shop()
      .get(list)
      .reply(200, [ours({ state: 'closed' })]);
    shop()
      .get('/issues/3')
      .reply(200, ours({ state: 'closed', closed_by }));
    expect(await asSetup().ownIssue('setup')).toEqual({ ...found, state: 'closed', closedBy });
  });
});

it('an issue is opened under its marker, once', async () => {
  shop()
    .post('/issues', { title: 'Set up Self-Heal', body: `${head}\nTo do.` })
    .reply(201, ours());
  const issue = { title: title`Set up Self-Heal`, body: markdown`To do.` };
  expect(await asSetup().openOwnIssue('setup', issue)).toEqual(found);
});

it('an issue that GitHub refuses is told', async () => {
  shop().post('/issues').reply(410, { message: 'Issues has been disabled in this repository.' });
  const issue = { title: title`Set up Self-Heal`, body: markdown`To do.` };
  expect(await failure(asSetup().openOwnIssue('setup', issue))).toMatchObject({ code: 'github-not-found' });
});

it('an issue is edited and closed in one go', async () => {
  shop()
    .patch('/issues/3', { body: `${head}\nDone.`, state: 'closed', state_reason: 'completed' })
    .reply(200, ours({ state: 'closed' }));
  await asSetup().editOwnIssue(3, 'setup', { body: markdown`Done.`, state: 'closed' });
});
