import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Hosted, here, host, type Octokit, refusal } from './hosted.ts';

let hosted: Hosted;
let octokit: Octokit;
let main: string;
beforeAll(async () => {
  hosted = await host({
    'a.txt': 'one\ntwo\n',
    'src/b.py': 'print(1)\n',
    'image.bin': 'a\0b',
    '.github/workflows/ci.yml':
      'on: workflow_dispatch\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "true" }] } }\n',
  });
  octokit = await hosted.installation();
  main = (await octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref: 'heads/main' })).data.object
    .sha;
});
afterAll(() => hosted.close());

const trees = 'POST /repos/{owner}/{repo}/git/trees';
const commits = 'POST /repos/{owner}/{repo}/git/commits';
const refs = 'POST /repos/{owner}/{repo}/git/refs';

async function commit(
  message: string,
  tree: Parameters<typeof octokit.rest.git.createTree>[0] extends infer P
    ? P extends { tree: infer T }
      ? T
      : never
    : never,
) {
  const made = await octokit.request(trees, { ...here, base_tree: main, tree });
  return (await octokit.request(commits, { ...here, message, tree: made.data.sha, parents: [main] })).data;
}

describe('a commit made through git’s own objects', () => {
  it('changes, adds and deletes files, is by the App’s bot, and keeps its message byte for byte', async () => {
    const message = '[self-heal] fix: it\n\nWhy.\n\n\nskip-checks: true';
    const made = await commit(message, [
      { path: 'a.txt', mode: '100644', type: 'blob', content: 'one\n' },
      { path: 'src/new/c.py', mode: '100755', type: 'blob', content: 'print(2)\n' },
      { path: 'src/b.py', mode: '100644', type: 'blob', sha: null },
    ]);
    expect(made).toMatchObject({ message, author: { name: 'self-heal[bot]' }, parents: [{ sha: main }] });
    expect(made.author.email).toMatch(/^\d+\+self-heal\[bot\]@users\.noreply\.github\.com$/);
    await octokit.request(refs, { ...here, ref: 'refs/heads/topic/one', sha: made.sha });
    const tree = await octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      ...here,
      tree_sha: made.tree.sha,
      recursive: '1',
    });
    const paths = tree.data.tree.filter((entry) => entry.type === 'blob').map((entry) => `${entry.mode} ${entry.path}`);
    expect(paths).toEqual([
      '100644 .github/workflows/ci.yml',
      '100644 a.txt',
      '100644 image.bin',
      '100755 src/new/c.py',
    ]);
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      ...here,
      basehead: 'main...topic/one',
    });
    expect(data).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0, merge_base_commit: { sha: main } });
    expect(data.files).toMatchObject([
      { filename: 'a.txt', status: 'modified', additions: 0, deletions: 1, patch: '@@ -1,2 +1 @@\n one\n-two' },
      { filename: 'src/b.py', status: 'removed' },
      { filename: 'src/new/c.py', status: 'added', patch: '@@ -0,0 +1 @@\n+print(2)' },
    ]);
  });

  it.each([
    ['tree.path contains a malformed path component', { path: '../x', mode: '100644', content: '' }],
    ['tree.path contains a malformed path component', { path: 'a/.git/config', mode: '100644', content: '' }],
    ['tree.path cannot start with a slash', { path: '/etc/passwd', mode: '100644', content: '' }],
    ['GitRPC::BadObjectState', { path: 'not-there', mode: '100644', sha: null }],
    ['is not a valid blob', { path: 'x', mode: '100644', sha: '1'.repeat(40) }],
    ["For 'tree/0/mode'", { path: 'x', mode: '100666', content: '' }],
  ])('is refused: %s', async (message, entry) => {
    const body = JSON.stringify({ base_tree: main, tree: [entry] });
    const token = hosted.simulator.github.userToken('octocat');
    const answer = await fetch(`${hosted.simulator.url}/api/v3/repos/octo/demo/git/trees`, {
      method: 'POST',
      body,
      headers: { authorization: `token ${token}` },
    });
    expect(answer.status).toBe(422);
    expect(Object(await answer.json()).message).toContain(message);
  });

  it('cannot bring workflow files without the permission for them', async () => {
    const tree = [
      { path: '.github/workflows/evil.yml', mode: '100644' as const, type: 'blob' as const, content: 'on: push\n' },
    ];
    expect(await refusal(octokit.request(trees, { ...here, base_tree: main, tree }))).toMatchObject({ status: 403 });
    const person = hosted.person('octocat', 'write');
    const made = await person.request(trees, { ...here, base_tree: main, tree });
    const by = await person.request(commits, { ...here, message: 'x', tree: made.data.sha, parents: [main] });
    const refused = await refusal(octokit.request(refs, { ...here, ref: 'refs/heads/evil', sha: by.data.sha }));
    expect(refused.message).toContain(
      'refusing to allow a GitHub App to create or update workflow `.github/workflows/evil.yml`',
    );
  });
});

describe('refs', () => {
  it('are made once, moved forward, moved anywhere by force, and deleted', async () => {
    const [one, other] = [
      await commit('one', [{ path: 'a.txt', mode: '100644', content: '1' }]),
      await commit('other', [{ path: 'a.txt', mode: '100644', content: '2' }]),
    ];
    hosted.received.splice(0);
    const ref = 'heads/work';
    await octokit.request(refs, { ...here, ref: `refs/${ref}`, sha: main });
    expect(await refusal(octokit.request(refs, { ...here, ref: `refs/${ref}`, sha: main }))).toMatchObject({
      status: 422,
      message: 'Reference already exists',
    });
    const patch = 'PATCH /repos/{owner}/{repo}/git/refs/{ref}';
    await octokit.request(patch, { ...here, ref, sha: one.sha });
    expect(await refusal(octokit.request(patch, { ...here, ref, sha: other.sha }))).toMatchObject({
      message: 'Update is not a fast forward',
    });
    await octokit.request(patch, { ...here, ref, sha: other.sha, force: true });
    await octokit.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...here, ref });
    await hosted.simulator.github.idle();
    expect(hosted.names().sort()).toEqual([
      'check_suite.requested',
      'check_suite.requested',
      'check_suite.requested',
      'create',
      'delete',
      'push',
      'push',
      'push',
      'push',
    ]);
    const pushes = hosted.received.filter(({ event }) => event === 'push').map(({ payload }) => payload);
    expect(pushes.map(({ created, forced, deleted }) => ({ created, forced, deleted }))).toEqual(
      expect.arrayContaining([
        { created: true, forced: false, deleted: false },
        { created: false, forced: false, deleted: false },
        { created: false, forced: true, deleted: false },
        { created: false, forced: false, deleted: true },
      ]),
    );
  });

  it.each(['refs/heads/a..b', 'refs/heads/.hidden', 'refs/heads/x.lock', 'heads/x', 'refs/heads/with space'])(
    'refuse the name %s',
    async (ref) => {
      expect(await refusal(octokit.request(refs, { ...here, ref, sha: main }))).toMatchObject({ status: 422 });
    },
  );

  it('are found by their beginning', async () => {
    for (const name of ['self-heal/1', 'self-heal/10', 'selfish'])
      await octokit.request(refs, { ...here, ref: `refs/heads/${name}`, sha: main });
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', {
      ...here,
      ref: 'heads/self-heal/1',
    });
    expect(data.map(({ ref }) => ref)).toEqual(['refs/heads/self-heal/1', 'refs/heads/self-heal/10']);
  });
});

describe('contents', () => {
  const path = '/repos/{owner}/{repo}/contents/{path}';

  it('are files, folders and raw bytes', async () => {
    const { data } = await octokit.request(`GET ${path}`, { ...here, path: 'src' });
    expect(data).toMatchObject([{ name: 'b.py', path: 'src/b.py', type: 'file', size: 9 }]);
    const file = await octokit.request(`GET ${path}`, { ...here, path: 'src/b.py' });
    expect(Buffer.from('content' in file.data ? file.data.content : '', 'base64').toString()).toBe('print(1)\n');
    const raw = await octokit.request(`GET ${path}`, { ...here, path: 'a.txt', mediaType: { format: 'raw' } });
    expect(raw.data).toBe('one\ntwo\n');
    expect(await refusal(octokit.request(`GET ${path}`, { ...here, path: 'nothing' }))).toMatchObject({ status: 404 });
    expect(await refusal(octokit.request(`GET ${path}`, { ...here, path: 'a.txt', ref: 'gone' }))).toMatchObject({
      status: 404,
      message: 'No commit found for the ref gone',
    });
  });

  it('are committed one file at a time, against what was seen', async () => {
    const person = hosted.person('octocat', 'write');
    const put = {
      ...here,
      path: 'notes.md',
      message: 'Note',
      branch: 'notes',
      content: Buffer.from('hi\n').toString('base64'),
    };
    await person.request(refs, { ...here, ref: 'refs/heads/notes', sha: main });
    const first = await person.request(`PUT ${path}`, put);
    expect(first.status).toBe(201);
    expect((await refusal(person.request(`PUT ${path}`, put))).message).toContain('"sha" wasn\'t supplied');
    expect(await refusal(person.request(`PUT ${path}`, { ...put, sha: main }))).toMatchObject({ status: 409 });
    const sha = first.data.content?.sha ?? '';
    expect((await person.request(`DELETE ${path}`, { ...put, sha })).status).toBe(200);
    expect(await refusal(person.request(`GET ${path}`, { ...here, path: 'notes.md', ref: 'notes' }))).toMatchObject({
      status: 404,
    });
  });
});

it('a tree that is asked for by a branch or commit is called by the commit', async () => {
  const get = async (tree_sha: string) =>
    (await octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', { ...here, tree_sha })).data;
  const { tree } = await get(main);
  const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
    ...here,
    commit_sha: main,
  });
  expect(await get('main')).toMatchObject({ sha: main, tree });
  expect(await get(data.tree.sha)).toMatchObject({ sha: data.tree.sha, tree });
});

describe('GraphQL', () => {
  it('reads many blobs at once, and says what is missing or binary', async () => {
    const answer = await octokit.graphql(
      `query ($owner: String!, $name: String!, $a: String!) {
        repository(owner: $owner, name: $name) {
          a: object(expression: $a) { ... on Blob { text isBinary isTruncated byteSize oid } }
          binary: object(expression: "main:image.bin") { ... on Blob { text isBinary } }
          missing: object(expression: "main:gone") { ... on Blob { text } }
          defaultBranchRef { name target { oid } }
        }
      }`,
      { owner: 'octo', name: 'demo', a: `${main}:a.txt` },
    );
    expect(answer).toEqual({
      repository: {
        a: {
          text: 'one\ntwo\n',
          isBinary: false,
          isTruncated: false,
          byteSize: 8,
          oid: '814f4a422927b82f5f8a43f8fab6d3839e3983f2',
        },
        binary: { text: null, isBinary: true },
        missing: null,
        defaultBranchRef: { name: 'main', target: { oid: main } },
      },
    });
  });

  it.each([
    [
      '{ repository(owner: "octo", name: "gone") { id } }',
      "Could not resolve to a Repository with the name 'octo/gone'.",
    ],
    ['{ repository(owner: "octo", name: "demo") { nonsense } }', "Field 'nonsense' doesn't exist on type 'Repository'"],
    ['{ repository(owner: "octo", name: "demo" { id } }', 'Expected a name'],
    ['subscription { x }', 'Expected query or mutation'],
    ['mutation { x }', "Field 'x' doesn't exist on type 'Mutation'"],
  ])('explains what is wrong with %s', async (query, message) => {
    await expect(octokit.graphql(query)).rejects.toThrow(message);
  });

  const repositoryId = async () =>
    (await octokit.graphql<{ repository: { id: string } }>('{ repository(owner: "octo", name: "demo") { id } }'))
      .repository.id;

  it('moves refs that are where they are expected, and no others', async () => {
    const update = 'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';
    const made = await commit('Moved', [{ path: 'a.txt', mode: '100644', type: 'blob', content: 'moved\n' }]);
    await octokit.request(refs, { ...here, ref: 'refs/heads/moving', sha: main });
    const moving = async (beforeOid: string, afterOid: string) =>
      octokit.graphql(update, {
        input: {
          repositoryId: await repositoryId(),
          refUpdates: [{ name: 'refs/heads/moving', beforeOid, afterOid, force: true }],
        },
      });
    expect(await moving(main, made.sha)).toEqual({ updateRefs: { clientMutationId: null } });
    await expect(moving(main, made.sha)).rejects.toThrow('Could not update refs/heads/moving');
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref: 'heads/moving' });
    expect(data.object.sha).toBe(made.sha);
  });

  it('makes check runs and pull requests as REST does, with its refusals', async () => {
    const made = await commit('Proposed', [{ path: 'a.txt', mode: '100644', type: 'blob', content: 'proposed\n' }]);
    await octokit.request(refs, { ...here, ref: 'refs/heads/proposed', sha: made.sha });
    const open = `mutation($check: CreateCheckRunInput!, $pull: CreatePullRequestInput!) {
      check: createCheckRun(input: $check) { clientMutationId }
      pull: createPullRequest(input: $pull) { pullRequest { number url isDraft headRefOid baseRefName } }
    }`;
    const id = { repositoryId: await repositoryId() };
    const output = { title: 'Proven', summary: 'Red, green.' };
    const inputs = {
      check: { ...id, name: 'proof', headSha: made.sha, status: 'COMPLETED', conclusion: 'SUCCESS', output },
      pull: { ...id, title: 'It', headRefName: 'proposed', baseRefName: 'main', draft: true },
    };
    expect(await octokit.graphql(open, inputs)).toMatchObject({
      pull: { pullRequest: { isDraft: true, headRefOid: made.sha, baseRefName: 'main' } },
    });
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
      ...here,
      ref: made.sha,
    });
    expect(data.check_runs).toMatchObject([{ name: 'proof', conclusion: 'success', output }]);
    await expect(octokit.graphql(open, inputs)).rejects.toThrow('A pull request already exists for octo:proposed.');
    const elsewhere = { ...inputs, pull: { ...inputs.pull, repositoryId: 'R_none' } };
    await expect(octokit.graphql(open, elsewhere)).rejects.toThrow('Could not resolve to a node');
  });
});
