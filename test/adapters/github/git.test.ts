import { beforeEach, describe, expect, it } from '@jest/globals';
import { asCommitMessage } from '../../../src/text/outbound-kinds.ts';
import { failure, github, mints, seen, sha, shop } from './scene.ts';

const ref = (digit: string) => ({ ref: 'refs/heads/x', object: { type: 'commit', sha: sha(digit) } });
const exists = { message: 'Reference already exists', documentation_url: 'https://docs.github.com', status: '422' };
const branch = 'self-heal/abc-zero';
const branchPath = '/git/ref/heads%2Fself-heal%2Fabc-zero';
const creates = (digit: string, name = `refs/heads/${branch}`) =>
  shop().post('/git/refs', { ref: name, sha: sha(digit) });

beforeEach(() => {
  mints();
});

describe('a branch', () => {
  it('that is new is created in one request', async () => {
    creates('a').reply(201, ref('a'));
    await github().setBranch(branch, sha('a'), 'ours');
    expect(seen).toHaveLength(2);
  });

  it('that is there already is left alone', async () => {
    shop().get(branchPath).reply(200, ref('a'));
    await github().setBranch(branch, sha('a'), { expectedSha: sha('0') });
  });

  it('is moved from where it was expected', async () => {
    shop().get(branchPath).reply(200, ref('a'));
    shop()
      .patch('/git/refs/heads%2Fself-heal%2Fabc-zero', { sha: sha('b'), force: true })
      .reply(200, ref('b'));
    await github().setBranch(branch, sha('b'), { expectedSha: sha('a') });
  });

  it('that is ours is moved from anywhere', async () => {
    creates('b').reply(422, exists);
    shop().get(branchPath).reply(200, ref('d'));
    shop()
      .patch('/git/refs/heads%2Fself-heal%2Fabc-zero', { sha: sha('b'), force: true })
      .reply(200, ref('b'));
    await github().setBranch(branch, sha('b'), 'ours');
  });

  it('that somebody else has moved is not touched', async () => {
    shop().get(branchPath).reply(200, ref('c'));
    const error = await failure(github().setBranch(branch, sha('b'), { expectedSha: sha('a') }));
    expect(error.code).toBe('github-refused');
    expect(error.message).toContain(sha('c'));
  });

  it('that goes away in between is worth another try', async () => {
    creates('b').reply(422, exists);
    shop().get(branchPath).reply(404, { message: 'Not Found' });
    expect(await failure(github().setBranch(branch, sha('b'), 'ours'))).toMatchObject({ code: 'github-unavailable' });
  });

  it('to a commit that GitHub does not know is refused', async () => {
    creates('b').reply(422, { message: 'Object does not exist' });
    expect(await failure(github().setBranch(branch, sha('b'), 'ours'))).toMatchObject({ code: 'github-refused' });
  });

  it.each([
    [204, undefined],
    [404, { message: 'Not Found' }],
    [422, { message: 'Reference does not exist' }],
  ])('is deleted, or has been (%i)', async (status, body) => {
    shop().delete('/git/refs/heads%2Fself-heal%2Fabc-zero').reply(status, body);
    await github().deleteBranch(branch);
  });

  it('that is protected is not deleted, and that is an error', async () => {
    shop().delete('/git/refs/heads%2Fself-heal%2Fabc-zero').reply(422, { message: 'Cannot delete this branch' });
    expect(await failure(github().deleteBranch(branch))).toMatchObject({ code: 'github-refused' });
  });

  it.each([404, 409])('that is not there has no head (%i)', async (status) => {
    shop().get('/git/ref/heads%2Fnone').reply(status, { message: 'Not Found' });
    expect(await github().branchHead('none')).toBeUndefined();
  });
});

describe('a tag', () => {
  const tag = 'self-heal/before/abc';
  const path = '/git/ref/tags%2Fself-heal%2Fbefore%2Fabc';

  it('is set once', async () => {
    creates('a', `refs/tags/${tag}`).reply(201, ref('a'));
    await github().setTag(tag, sha('a'));
    creates('a', `refs/tags/${tag}`).reply(422, exists);
    mints();
    shop().get(path).reply(200, ref('a'));
    await github().setTag(tag, sha('a'));
  });

  it('is never moved', async () => {
    creates('b', `refs/tags/${tag}`).reply(422, exists);
    shop().get(path).reply(200, ref('a'));
    expect(await failure(github().setTag(tag, sha('b')))).toMatchObject({ code: 'github-refused' });
  });
});

describe('a commit', () => {
  const message = asCommitMessage('[self-heal] fix: x\n\nIncident: abc\n\n\nskip-checks: true\n');

  it('is made of files laid over a tree, its message as it is', async () => {
    const files = [
      { path: 'src/a.py', mode: '100644' as const, text: 'x = 1\r\n' },
      { path: 'old.py', mode: '100644' as const, text: null },
    ];
    shop()
      .post('/git/trees', {
        base_tree: sha('1'),
        tree: [
          { path: 'src/a.py', mode: '100644', type: 'blob', content: 'x = 1\r\n' },
          { path: 'old.py', mode: '100644', type: 'blob', sha: null },
        ],
      })
      .reply(201, { sha: sha('2'), tree: [] });
    shop()
      .post('/git/commits', { message, tree: sha('2'), parents: [sha('a')] })
      .reply(201, { sha: sha('b'), tree: { sha: sha('2') } });
    expect(await github().createCommit({ message, parentSha: sha('a'), tree: { baseSha: sha('1'), files } })).toEqual({
      sha: sha('b'),
      treeSha: sha('2'),
    });
  });

  it('of a tree that exists takes one request', async () => {
    shop()
      .post('/git/commits', { message, tree: sha('2'), parents: [sha('a')] })
      .reply(201, { sha: sha('b'), tree: { sha: sha('2') } });
    await github().createCommit({ message, parentSha: sha('a'), tree: { sha: sha('2') } });
  });

  const found = (files: object[]) => ({
    sha: sha('a'),
    commit: { message: 'Break it', tree: { sha: sha('1') }, author: { name: 'Ann' } },
    author: { login: 'ann' },
    parents: [{ sha: sha('0') }],
    files,
  });

  it('is read with its patches', async () => {
    const renamed = { filename: 'b.py', previous_filename: 'a.py', status: 'renamed', patch: '@@ -1 +1 @@' };
    shop()
      .get('/commits/feature%2Fx')
      .reply(200, found([renamed, { filename: 'logo.png', status: 'added' }]));
    expect(await github().commit('feature/x')).toEqual({
      sha: sha('a'),
      treeSha: sha('1'),
      parents: [sha('0')],
      message: 'Break it',
      author: 'ann',
      files: [
        { path: 'b.py', previousPath: 'a.py', status: 'renamed', patch: '@@ -1 +1 @@' },
        { path: 'logo.png', status: 'added', patch: '' },
      ],
    });
  });

  it('with more patch than anybody reads keeps what fits', async () => {
    const file = (filename: string, length: number) => ({ filename, status: 'modified', patch: 'x'.repeat(length) });
    shop()
      .get('/commits/main')
      .reply(200, found([file('a', 600_000), file('b', 600_000), file('c', 10)]));
    const commit = await github().commit('main');
    expect(commit?.files.map(({ patch }) => patch.length)).toEqual([600_000, 0, 10]);
  });

  it.each([404, 422, 409])('that is not there is undefined (%i)', async (status) => {
    shop().get('/commits/none').reply(status, { message: 'No commit found for SHA: none' });
    expect(await github().commit('none')).toBeUndefined();
  });
});

it('a tree is read as a whole, without the directories', async () => {
  shop()
    .get(`/git/trees/${sha('1')}?recursive=true`)
    .reply(200, {
      truncated: true,
      tree: [
        { path: 'src', mode: '040000', type: 'tree' },
        { path: 'src/a.py', mode: '100644', type: 'blob', size: 12 },
        { path: 'link', mode: '120000', type: 'blob', size: 3 },
        { path: 'vendored', mode: '160000', type: 'commit' },
      ],
    });
  expect(await github().tree(sha('1'))).toEqual({
    truncated: true,
    entries: [
      { path: 'src/a.py', mode: '100644', sizeBytes: 12 },
      { path: 'link', mode: '120000', sizeBytes: 3 },
      { path: 'vendored', mode: '160000', sizeBytes: 0 },
    ],
  });
});

describe('a comparison', () => {
  const path = `/compare/${sha('a')}...${sha('c')}`;
  const raw = (digit: string) => ({
    sha: sha(digit),
    html_url: `https://github.com/acme/shop/commit/${sha(digit)}`,
    commit: {
      message: `Change ${digit}`,
      tree: { sha: sha('1') },
      author: { name: 'Ann', date: '2026-05-04T10:00:00Z' },
    },
    author: digit === 'b' ? null : { login: 'ann' },
    parents: [{ sha: sha('0') }],
  });
  const compared = (more: object = {}) => ({
    ...{ status: 'ahead', html_url: 'https://github.com/acme/shop/compare/x', base_commit: raw('a'), total_commits: 2 },
    ...{ commits: [raw('b'), raw('c')], files: [{ filename: 'a.py', status: 'modified', patch: '@@ -1 +1 @@' }] },
    ...more,
  });

  it('tells commits, files, and the later commit’s tree', async () => {
    shop().get(path).reply(200, compared());
    expect(await github().compare(sha('a'), sha('c'))).toMatchObject({
      status: 'ahead',
      head: { sha: sha('c'), treeSha: sha('1') },
      commits: [
        { sha: sha('b'), author: 'Ann', message: 'Change b', authoredAt: new Date('2026-05-04T10:00:00Z') },
        { sha: sha('c'), author: 'ann', url: expect.stringContaining('/commit/') },
      ],
      files: [{ path: 'a.py', status: 'modified', patch: '@@ -1 +1 @@' }],
      truncated: false,
    });
  });

  it('of a commit with itself knows it by the base', async () => {
    const same = { status: 'identical', base_commit: raw('c'), total_commits: 0, commits: [], files: [] };
    shop().get(path).reply(200, compared(same));
    expect(await github().compare(sha('a'), sha('c'))).toMatchObject({ head: { sha: sha('c') }, commits: [] });
  });

  it.each([
    ['commits', { total_commits: 251 }],
    ['files', { files: Array.from({ length: 300 }, (_, index) => ({ filename: `${index}`, status: 'added' })) }],
  ])('says when there are more %s than GitHub tells', async (_, more) => {
    shop().get(path).reply(200, compared(more));
    expect((await github().compare(sha('a'), sha('c')))?.truncated).toBe(true);
  });

  it.each([404, 422])('of what has nothing in common, or is gone, is none (%i)', async (status) => {
    shop().get(path).reply(status, { message: 'No common ancestor between a and c.' });
    expect(await github().compare(sha('a'), sha('c'))).toBeUndefined();
  });
});
