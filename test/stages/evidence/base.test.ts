import { describe, expect, it } from '@jest/globals';
import { SelfHealError } from '../../../src/errors.ts';
import type { GitHub } from '../../../src/ports.ts';
import { baseAt, baseOf } from '../../../src/stages/evidence/base.ts';
import { sha } from '../../incident/sample.ts';
import { deskWith } from '../desk.ts';

const commit = { sha: sha('a'), treeSha: sha('b') };
const entries = [{ path: 'a.py', mode: '100644', sizeBytes: 3 }];
const texts = new Map([['a.py', 'a']]);
const head = { ...commit, parents: [], message: '', author: '', files: [] };
const reading = async (answers: Partial<GitHub>) => {
  const { desk, calls } = deskWith(answers);
  const base = await baseOf('main', desk.github);
  return { read: base?.read(['a.py'], 10), names: () => calls.map(({ name }) => name) };
};

describe('the base', () => {
  it('at a commit is its tree and its texts', async () => {
    const { desk, calls } = deskWith({ tree: async () => ({ entries, truncated: false }), files: async () => texts });
    const base = await baseAt(commit, desk.github);
    expect(base).toMatchObject({ entries, truncated: false });
    expect(await base.read(['a.py'], 10)).toEqual({ texts, commit });
    expect(calls).toEqual([
      { name: 'tree', args: [sha('b')] },
      { name: 'files', args: [sha('a'), ['a.py'], 10] },
    ]);
  });

  it('of a branch takes two requests', async () => {
    const { read, names } = await reading({
      tree: async () => ({ sha: sha('a'), entries, truncated: false }),
      filesOf: async () => ({ texts, commit }),
    });
    expect(await read).toEqual({ texts, commit });
    expect(names()).toEqual(['tree', 'filesOf']);
  });

  const byTree = { tree: async () => ({ sha: sha('b'), entries, truncated: false }), filesOf: async () => ({ texts }) };

  it('of a branch whose commit is not told asks for it, and takes no other', async () => {
    expect(await (await reading({ ...byTree, commit: async () => head })).read).toEqual({ texts, commit });
    const moved = { ...byTree, commit: async () => ({ ...head, treeSha: sha('c') }) };
    await expect((await reading(moved)).read).rejects.toMatchObject({ code: 'github-unavailable' });
    expect(await (await reading({ ...byTree, commit: async () => undefined })).read).toBeUndefined();
  });

  it('of a branch that is gone is none', async () => {
    const gone = async () => Promise.reject(new SelfHealError('github-not-found', 'gone'));
    expect((await reading({ tree: gone })).read).toBeUndefined();
    const away = async () => Promise.reject(new SelfHealError('github-unavailable', 'away'));
    await expect(reading({ tree: away })).rejects.toMatchObject({ code: 'github-unavailable' });
  });
});
