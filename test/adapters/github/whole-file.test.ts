import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { api, factory, failure, github, mintRequest, mints, repository, seen, shop } from './scene.ts';

const policy = '/contents/.github%2Fself-heal.yml';
const path = '.github/self-heal.yml';
const content = (bytes: string | Buffer) => ({
  ...{ type: 'file', encoding: 'base64', path },
  content: Buffer.from(bytes).toString('base64').replace(/.{60}/g, '$&\n'),
});

describe('a file', () => {
  it.each([
    ['text', content('mode: off # für alle\n'.repeat(9)), { text: 'mode: off # für alle\n'.repeat(9) }],
    ['no text', content(Buffer.from([0xff, 0xfe, 0x00])), {}],
    ['above a megabyte', { type: 'file', encoding: 'none', content: '' }, {}],
    ['a folder', [{ type: 'file' }], {}],
    ['a submodule', { type: 'submodule', submodule_git_url: null }, {}],
  ])('that is %s', async (_, answer, found) => {
    mints();
    shop().get(policy).query({ ref: 'main' }).reply(200, answer);
    expect(await github().file(path, 'main')).toEqual(found);
  });

  it('that is not there', async () => {
    mints();
    shop().get(policy).reply(404, { message: 'Not Found' });
    expect(await github().file(path)).toBeUndefined();
  });

  it('that did not change is free', async () => {
    const make = factory();
    mints();
    shop().get(policy).reply(200, content('mode: off\n'), { etag: '"1"' });
    shop().get(policy).matchHeader('if-none-match', '"1"').reply(304);
    const telephone = make(repository, { contents: 'read' });
    expect(await telephone.file(path)).toEqual(await telephone.file(path));
    expect(telephone.requests()).toMatchObject({ sent: 1, unchanged: 1 });
  });
});

describe('the owner’s repository', () => {
  const owners = { ...repository, name: '.github' };
  const may = { contents: 'read' } as const;
  const ofOwner = () => nock(`${api}/repos/acme/.github`);

  it('that the App is not installed on is asked for once in a while, for all repositories together', async () => {
    const make = factory();
    mintRequest().reply(422, { message: 'There is at least one repository that is not accessible' });
    const first = make(owners, may);
    expect(await first.file(path)).toBeUndefined();
    expect(await make(owners, may).file(path)).toBeUndefined();
    expect(first.requests().sent).toBe(0);
    expect(seen.filter(({ status }) => status === 422)).toHaveLength(1);
  });

  it('without the file is asked once, too', async () => {
    const make = factory();
    mints();
    ofOwner().get(policy).reply(404, { message: 'Not Found' });
    expect(await make(owners, may).file(path)).toBeUndefined();
    expect(await make(owners, may).file(path)).toBeUndefined();
  });

  it('with the file is asked every time, and another path by itself', async () => {
    const make = factory();
    mints();
    ofOwner().get(policy).twice().reply(200, content('mode: off\n'));
    ofOwner().get('/contents/other').reply(404, {});
    const telephone = make(owners, may);
    expect(await telephone.file(path)).toEqual({ text: 'mode: off\n' });
    expect(await telephone.file('other')).toBeUndefined();
    expect(await telephone.file(path)).toEqual({ text: 'mode: off\n' });
  });

  it('that refuses is no repository without a policy', async () => {
    mints();
    ofOwner().get(policy).reply(403, { message: 'Forbidden by the IP allow list' });
    expect(await failure(factory()(owners, may).file(path))).toMatchObject({ code: 'github-forbidden' });
  });
});
