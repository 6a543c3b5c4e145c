import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { closingReferences } from '../../../simulator/github/issue-changes.ts';
import { type Hosted, here, host, type Octokit, refusal } from './hosted.ts';

let hosted: Hosted;
let octokit: Octokit;
let mona: Octokit;
beforeAll(async () => {
  hosted = await host({ 'a.txt': 'one\n' });
  octokit = await hosted.installation();
  mona = hosted.person('mona', 'triage');
});
afterAll(() => hosted.close());
beforeEach(async () => {
  await hosted.simulator.github.idle();
  hosted.received.splice(0);
});

const heard = async () => {
  await hosted.simulator.github.idle();
  return hosted.names();
};

describe('an issue', () => {
  it('is opened, labelled, renamed, closed and reopened, each with its event', async () => {
    const { data: issue } = await mona.request('POST /repos/{owner}/{repo}/issues', {
      ...here,
      title: 'It crashes',
      body: 'Traceback',
      labels: ['auto-heal'],
    });
    expect(issue).toMatchObject({
      number: 1,
      state: 'open',
      user: { login: 'mona' },
      labels: [{ name: 'auto-heal', color: 'ededed' }],
    });
    const one = { ...here, issue_number: issue.number };
    await mona.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      ...one,
      title: 'It crashes hard',
      state: 'closed',
      state_reason: 'not_planned',
    });
    const { data: closed } = await mona.request('GET /repos/{owner}/{repo}/issues/{issue_number}', one);
    expect(closed).toMatchObject({ state: 'closed', state_reason: 'not_planned', closed_by: { login: 'mona' } });
    await mona.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...one, state: 'open' });
    await mona.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', {
      ...one,
      name: 'auto-heal',
    });
    expect((await heard()).sort()).toEqual([
      'issues.closed',
      'issues.edited',
      'issues.labeled',
      'issues.opened',
      'issues.reopened',
      'issues.unlabeled',
    ]);
    const labeled = hosted.received.find(({ action }) => action === 'labeled')?.payload;
    expect(labeled).toMatchObject({
      label: { name: 'auto-heal' },
      issue: { number: 1 },
      sender: { login: 'mona' },
      installation: { id: expect.any(Number) },
    });
    const { data: events } = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/events', one);
    expect(events.map(({ event }) => event)).toEqual(['labeled', 'renamed', 'closed', 'reopened', 'unlabeled']);
  });

  it('is listed by state and label, page by page', async () => {
    for (const title of ['a', 'b', 'c'])
      await mona.request('POST /repos/{owner}/{repo}/issues', { ...here, title, labels: ['paged'] });
    const first = await octokit.request('GET /repos/{owner}/{repo}/issues', { ...here, labels: 'paged', per_page: 2 });
    expect(first.data.map(({ title }) => title)).toEqual(['c', 'b']);
    expect(first.headers.link).toMatch(/page=2>; rel="next", <.*page=2>; rel="last"/);
    const all = await octokit.paginate('GET /repos/{owner}/{repo}/issues', { ...here, labels: 'paged', per_page: 2 });
    expect(all).toHaveLength(3);
  });

  it('is commented, by people and the App, and comments are changed by those who may', async () => {
    const { data: issue } = await mona.request('POST /repos/{owner}/{repo}/issues', { ...here, title: 'Talk' });
    const one = { ...here, issue_number: issue.number };
    const { data: said } = await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...one,
      body: 'Looking.',
    });
    expect(said).toMatchObject({
      user: { login: 'self-heal[bot]', type: 'Bot' },
      performed_via_github_app: { slug: 'self-heal' },
      author_association: 'NONE',
    });
    await octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...here,
      comment_id: said.id,
      body: 'Done.',
    });
    const edit = mona.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      ...here,
      comment_id: said.id,
      body: 'Hacked.',
    });
    expect(await refusal(edit)).toMatchObject({ status: 403 });
    await mona.request('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', {
      ...here,
      comment_id: said.id,
      content: '+1',
    });
    const { data: list } = await octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', one);
    expect(list).toMatchObject([{ body: 'Done.', reactions: { total_count: 1, '+1': 1 } }]);
    expect((await heard()).sort()).toEqual(['issue_comment.created', 'issue_comment.edited', 'issues.opened']);
    const empty = octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...one, body: ' ' });
    expect(await refusal(empty)).toMatchObject({ status: 422, message: 'Validation Failed' });
    await hosted.person('owner', 'admin').request('PUT /repos/{owner}/{repo}/issues/{issue_number}/lock', one);
    const late = hosted
      .person('passer-by', 'read')
      .request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...one, body: 'Me too' });
    expect(await refusal(late)).toMatchObject({
      status: 403,
      message: 'Unable to create comment because issue is locked.',
    });
  });

  it('is neither labelled nor closed by people who may only read', async () => {
    const { data: issue } = await mona.request('POST /repos/{owner}/{repo}/issues', { ...here, title: 'Mine' });
    const reader = hosted.person('passer-by', 'read');
    const one = { ...here, issue_number: issue.number };
    expect(
      await refusal(
        reader.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...one, labels: ['auto-heal'] }),
      ),
    ).toMatchObject({ status: 403 });
    expect(
      await refusal(reader.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...one, state: 'closed' })),
    ).toMatchObject({ status: 403 });
    const { data: own } = await reader.request('POST /repos/{owner}/{repo}/issues', {
      ...here,
      title: 'Theirs',
      labels: ['auto-heal'],
    });
    expect(own.labels).toEqual([]);
  });

  it('is out of reach for an App that may only work on pull requests', async () => {
    const { data: issue } = await mona.request('POST /repos/{owner}/{repo}/issues', { ...here, title: 'Not yours' });
    const narrow = await hosted.installation({ permissions: { pull_requests: 'write' } });
    const refused = await refusal(
      narrow.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...here,
        issue_number: issue.number,
        body: 'x',
      }),
    );
    expect(refused).toMatchObject({ status: 403, message: 'Resource not accessible by integration' });
  });
});

describe('labels of a repository', () => {
  it('are made once, changed and deleted', async () => {
    const made = await octokit.request('POST /repos/{owner}/{repo}/labels', {
      ...here,
      name: 'self-heal',
      color: '0e8a16',
      description: 'By the App',
    });
    expect(made.status).toBe(201);
    expect(
      await refusal(octokit.request('POST /repos/{owner}/{repo}/labels', { ...here, name: 'Self-Heal' })),
    ).toMatchObject({ status: 422, message: 'Validation Failed' });
    const { data } = await octokit.request('PATCH /repos/{owner}/{repo}/labels/{name}', {
      ...here,
      name: 'self-heal',
      color: 'ffffff',
    });
    expect(data).toMatchObject({ name: 'self-heal', color: 'ffffff', description: 'By the App' });
    await octokit.request('DELETE /repos/{owner}/{repo}/labels/{name}', { ...here, name: 'self-heal' });
    expect(
      await refusal(octokit.request('GET /repos/{owner}/{repo}/labels/{name}', { ...here, name: 'self-heal' })),
    ).toMatchObject({ status: 404 });
  });
});

describe('closing references', () => {
  it.each([
    ['Fixes #1', [1]],
    ['closes: #2, resolved #3', [2, 3]],
    ['This fix #4 is nice', [4]],
    ['prefixes #5 and fixes nothing', []],
    ['see #6', []],
  ])('in %j are %j', (text, numbers) => {
    expect(closingReferences(text)).toEqual(numbers);
  });
});
