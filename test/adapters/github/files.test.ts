import { beforeEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { api, failure, github, mints, seen, sha } from './scene.ts';

beforeEach(() => {
  mints();
});

describe('files', () => {
  const blob = (text: string | null, more: object = {}) => ({
    text,
    isBinary: false,
    isTruncated: false,
    byteSize: text?.length ?? 9,
    ...more,
  });

  it('come in one request, the paths as variables', async () => {
    const odd = 'we"ird) { x }.py';
    let sent: unknown;
    nock(api, { reqheaders: { authorization: 'token ghs_firsttoken' } })
      .post('/graphql', (body) => {
        sent = body;
        return true;
      })
      .reply(200, {
        data: {
          repository: {
            file0: blob('print(1)\n'),
            file1: blob(''),
            file2: null,
            file3: blob(null, { isBinary: true }),
            file4: blob('half', { isTruncated: true }),
            file5: blob('much too long'),
            file6: {},
          },
        },
      });
    const files = await github().files(
      sha('a'),
      ['a.py', odd, 'none', 'logo.png', 'huge', 'long', 'directory', 'a.py'],
      10,
    );
    expect([...files]).toEqual([
      ['a.py', 'print(1)\n'],
      [odd, ''],
    ]);
    expect(sent).toMatchObject({
      variables: { owner: 'acme', repo: 'shop', file0: `${sha('a')}:a.py`, file1: `${sha('a')}:${odd}` },
    });
    expect(JSON.stringify(sent).split(odd.slice(0, 2)).length).toBe(2);
  });

  it('beyond fifty come in two', async () => {
    const paths = Array.from({ length: 51 }, (_, index) => `f${index}`);
    const counts: number[] = [];
    const answer = async (request: Request) => {
      const asked = (await request.text()).match(/file\d+: object/g) ?? [];
      counts.push(asked.length);
      return { data: { repository: Object.fromEntries(asked.map((name) => [name.split(':')[0], blob('x')])) } };
    };
    nock(api).post('/graphql').twice().reply(200, answer);
    expect((await github().files(sha('a'), paths, 10)).size).toBe(51);
    expect(counts).toEqual([50, 1]);
  });

  it('that nobody asks for need no request', async () => {
    expect(await github().files(sha('a'), [], 10)).toEqual(new Map());
    expect(seen).toEqual([]);
    nock.cleanAll();
  });

  it.each([
    ['NOT_FOUND', 'github-not-found'],
    ['FORBIDDEN', 'github-forbidden'],
    ['SOMETHING', 'github-refused'],
  ])('refused with %s', async (type, code) => {
    nock(api)
      .post('/graphql')
      .reply(200, { data: { repository: null }, errors: [{ type, message: 'Could not resolve it.' }] });
    const error = await failure(github().files(sha('a'), ['a'], 10));
    expect(error.code).toBe(code);
    expect(error.message).toContain('Could not resolve it.');
  });

  it('in an unknown shape', async () => {
    nock(api)
      .post('/graphql')
      .reply(200, { data: { repository: { file0: { text: 4 } } } });
    expect(await failure(github().files(sha('a'), ['a'], 10))).toMatchObject({ code: 'github-answer-unreadable' });
  });
});
