import { beforeEach, expect, it } from '@jest/globals';
import nock from 'nock';
import { z } from 'zod';
import { api, failure, github, mints, sha } from './scene.ts';

beforeEach(() => {
  mints();
});

const Asked = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });
const path = '.github/self-heal.yml';

const node = (own: string, parent: string | undefined, blob: string | undefined) => ({
  oid: sha(own),
  parents: { nodes: parent === undefined ? [] : [{ oid: sha(parent) }] },
  file: blob === undefined ? null : { oid: sha(blob), type: 'blob' },
});

/** Pages of commits, then the texts of blobs. */
function answers(pages: object[][], texts: Record<string, string>): z.infer<typeof Asked>[] {
  const asked: z.infer<typeof Asked>[] = [];
  nock(api)
    .post('/graphql')
    .times(pages.length + 1)
    .reply(200, async (request: Request) => {
      const { query, variables } = Asked.parse(await request.json());
      asked.push({ query, variables });
      const nodes = pages[asked.length - 1];
      if (nodes) {
        const pageInfo = { hasNextPage: asked.length < 9, endCursor: `c${asked.length}` };
        return { data: { repository: { object: { history: { nodes, pageInfo } } } } };
      }
      const blobs = Object.entries(variables).filter(([name]) => name.startsWith('blob'));
      const of = (oid: unknown) => {
        const text = texts[String(oid).slice(0, 1)];
        return text === undefined ? { isBinary: true, text: null } : { text, isBinary: false, isTruncated: false };
      };
      return { data: { repository: Object.fromEntries(blobs.map(([name, oid]) => [name, of(oid)])) } };
    });
  return asked;
}

it('follows first parents, and takes each version from the commit that made it', async () => {
  // 9 merges 8, whose own parent 7 is a version that the branch never had.
  const asked = answers(
    [
      [node('9', '5', 'b'), node('8', '7', 'b'), node('7', '5', 'c'), node('5', '4', 'a')],
      [node('4', '3', 'a'), node('3', '2', undefined), node('2', undefined, 'e')],
    ],
    { a: 'mode: diagnose\n', b: 'mode: x\n', c: 'mode: auto-merge\n' },
  );
  expect(await github().versions(path, 'refs/heads/main', 10)).toEqual([
    { sha: sha('9'), isThere: true, text: 'mode: x\n' },
    { sha: sha('4'), isThere: true, text: 'mode: diagnose\n' },
    { sha: sha('3'), isThere: false },
    { sha: sha('2'), isThere: true },
  ]);
  expect(asked.map(({ variables }) => variables)).toEqual([
    { owner: 'acme', repo: 'shop', from: 'refs/heads/main', path, cursor: null },
    { owner: 'acme', repo: 'shop', from: 'refs/heads/main', path, cursor: 'c1' },
    { owner: 'acme', repo: 'shop', blob0: sha('b'), blob1: sha('a'), blob2: sha('e') },
  ]);
});

it('gives no more than was asked for', async () => {
  answers([[node('9', '8', 'b'), node('8', '7', 'a'), node('7', undefined, 'c')], []], { a: 'a', b: 'b' });
  expect(await github().versions(path, 'main', 2)).toEqual([
    { sha: sha('9'), isThere: true, text: 'b' },
    { sha: sha('8'), isThere: true, text: 'a' },
  ]);
});

it('has none where the commit is gone', async () => {
  nock(api)
    .post('/graphql')
    .reply(200, { data: { repository: { object: null } } });
  expect(await github().versions(path, 'main', 2)).toEqual([]);
});

it('says what is not in GitHub’s shape', async () => {
  nock(api)
    .post('/graphql')
    .reply(200, { data: { repository: { object: { history: {} } } } });
  expect(await failure(github().versions(path, 'main', 2))).toMatchObject({ code: 'github-answer-unreadable' });
});
