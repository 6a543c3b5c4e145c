// What is not in the table of writes, or not in its shape, never leaves; what is only read is not touched.
import { describe, expect, it } from '@jest/globals';
import { outgoing } from '../../../src/adapters/github/outgoing.ts';

const sha = (digit: string): string => digit.repeat(40);
const here = {
  baseUrl: 'https://api.github.com',
  headers: {},
  mediaType: { format: '' },
  request: {},
  owner: 'a',
  repo: 'b',
};
const rest = (route: string, said: object) => {
  const [method = '', url = ''] = route.split(' ');
  return outgoing({ ...here, method, url, ...said });
};
const graphql = (query: string, variables: object = {}) =>
  outgoing({ ...here, method: 'POST', url: '/graphql', query, variables });

const refs = '/repos/{owner}/{repo}/git/refs';
const file = (path: string) => ({
  base_tree: sha('a'),
  tree: [{ path, mode: '100644', type: 'blob', content: 'x' }],
});
const trees = 'POST /repos/{owner}/{repo}/git/trees';
const pull = { title: 't', body: 'b', head: 'self-heal/x', base: 'main', draft: true };
const dispatches = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';
const dispatch = { workflow_id: 'self-heal.yml', ref: 'main', inputs: { incident: 'abc' }, return_run_details: true };

describe('a request that changes something', () => {
  it.each<[string, string, object]>([
    ['that nobody has listed', 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: 1 }],
    ['that holds more than its row', 'POST /repos/{owner}/{repo}/pulls', { ...pull, maintainer_can_modify: true }],
    ['for a branch of people', `POST ${refs}`, { ref: 'refs/heads/main', sha: sha('a') }],
    ['for a tag of people', `POST ${refs}`, { ref: 'refs/tags/v1', sha: sha('a') }],
    ['that moves a branch of people', `PATCH ${refs}/{ref}`, { ref: 'heads/main', sha: sha('a'), force: true }],
    ['that deletes a branch of people', `DELETE ${refs}/{ref}`, { ref: 'heads/main' }],
    ['whose branch climbs', `DELETE ${refs}/{ref}`, { ref: 'heads/self-heal/../main' }],
    ['from a branch of people', 'POST /repos/{owner}/{repo}/pulls', { ...pull, head: 'main' }],
    ['with something that is no commit', `POST ${refs}`, { ref: 'refs/heads/self-heal/x', sha: 'main' }],
    [
      'with a label of people',
      'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
      { issue_number: 1, labels: ['bug'] },
    ],
    ['with an input that hides something', dispatches, { ...dispatch, inputs: { tests: 'a\u202e.py' } }],
    ['with an input that ends a line otherwise', dispatches, { ...dispatch, inputs: { tests: 'a\r.py' } }],
    ['with an input that nobody named so', dispatches, { ...dispatch, inputs: { 'a b': 'x' } }],
  ])('%s is refused', async (_, route, said) => {
    await expect(rest(route, said)).rejects.toMatchObject({ code: 'defect' });
  });

  it.each([
    ...['.github/workflows/ci.yml', '.GitHub/x', '.git/config', 'a/.git/hooks/x', 'a/.gitattributes', '.gitmodules'],
    ...['../x', 'a/../x', '/etc/passwd', 'a//b', 'a\\b', 'a\nb', ''],
  ])('%j is never written', async (path) => {
    await expect(rest(trees, file(path))).rejects.toMatchObject({ code: 'defect' });
  });

  it.each(['src/a.ts', 'docs/.github.md', '.gitignore', 'a/.github/x.md', 'ünï/文.py'])('%s may be', async (path) => {
    expect((await rest(trees, file(path))).request).toMatchObject(file(path));
  });

  it('says which and why, and quotes nothing of it', async () => {
    const secret = `ghp_${'aB3dE5fG7hI9'.repeat(3)}`;
    const failed = rest(`POST ${refs}`, { ref: `refs/heads/${secret}`, sha: sha('a') });
    await expect(failed).rejects.toThrow(/POST \/repos\/\{owner\}\/\{repo\}\/git\/refs.*no branch or tag of ours/s);
    await expect(failed).rejects.not.toThrow(secret);
  });

  it('keeps the contents of files as the sandbox has run them', async () => {
    const content = '::error::x\r\n\u200d ##[group]';
    const said = { base_tree: sha('a'), tree: [{ path: 'a.py', mode: '100755', type: 'blob', content }] };
    expect((await rest(trees, said)).request).toMatchObject(said);
  });
});

describe('GraphQL', () => {
  it('lets a query pass as it is', async () => {
    const { request } = await graphql('query($at: String!) { x }', { at: '@ada\u202e' });
    expect(request).toMatchObject({ variables: { at: '@ada\u202e' } });
  });

  it.each([
    ['a mutation that nobody has listed', 'mutation($i: X!) { mergePullRequest(input: $i) { x } }', { i: {} }],
    ['one without its input', 'mutation { mergePullRequest }', {}],
    ['one besides a query', 'query { x } mutation($i: X!) { updateRefs(input: $i) { x } }', { i: {} }],
    ['a variable that is no input', 'mutation($i: X!, $t: Y) { updateRefs(input: $i) { x } }', { i: {}, t: 'x' }],
    [
      'a branch of people',
      'mutation($i: X!) { updateRefs(input: $i) { x } }',
      {
        i: {
          repositoryId: 'R',
          refUpdates: [{ name: 'refs/heads/main', beforeOid: sha('a'), afterOid: sha('b'), force: true }],
        },
      },
    ],
  ])('keeps back %s', async (_, query, variables) => {
    await expect(graphql(query, variables)).rejects.toMatchObject({ code: 'defect' });
  });

  it('is known on a server of one’s own, too', async () => {
    const url = 'https://git.example/api/graphql';
    await expect(outgoing({ method: 'POST', url, query: 'mutation { x }' })).rejects.toMatchObject({ code: 'defect' });
  });
});

it('what is read passes untouched', async () => {
  const request = { method: 'GET', url: '/repos/{owner}/{repo}/x', q: '@ada' };
  expect((await outgoing(request)).request).toBe(request);
});
