import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { modes, type Policy } from '../../../src/config/policy.ts';
import { readPolicy } from '../../../src/config/read-policy.ts';
import type { FileVersion, GitHub, WholeFile } from '../../../src/ports.ts';
import { policyFileAt, policyInForce } from '../../../src/stages/evidence/policy-in-force.ts';
import { givenPolicy } from '../../config/policies.ts';
import { incident, sha } from '../../incident/sample.ts';
import { deskWith } from '../desk.ts';

const { repository } = incident();
const path = '.github/self-heal.yml';

/** Texts of the versions, newest first; null where there was none. */
const history = (...texts: (string | null)[]): GitHub['versions'] => {
  const versions: FileVersion[] = texts.map((text, index) => ({
    sha: sha(String(index)),
    ...(text === null ? { isThere: false } : { isThere: true, text }),
  }));
  return async () => versions;
};

interface Scene {
  own?: string | WholeFile;
  versions?: GitHub['versions'];
  owners?: string | WholeFile;
  ownersVersions?: GitHub['versions'];
}

const fileOf = (file: string | WholeFile | undefined) => (typeof file === 'string' ? { text: file } : file);

async function inForce({ own, versions, owners, ownersVersions }: Scene) {
  const here = deskWith(versions ? { versions } : {});
  const there = deskWith({
    file: async () => fileOf(owners),
    ...(ownersVersions ? { versions: ownersVersions } : {}),
  });
  const found = { file: fileOf(own), at: sha('0') };
  const result = await policyInForce(found, repository, { github: here.desk.github, owner: there.desk.github });
  // What is kept is read again to the same.
  expect(readPolicy(result.text)).toMatchObject({ policy: result.policy, problems: [] });
  return { ...result, calls: [...here.calls, ...there.calls].map(({ name }) => name) };
}

describe('the policy in force', () => {
  it('is the file as it stands, where it is valid or missing, and then nothing more is asked', async () => {
    const text = '# ours\nmode: diagnose\n';
    expect(await inForce({ own: text })).toMatchObject({ text, said: '', calls: ['file'] });
    expect(await inForce({})).toMatchObject({ text: '', said: '', calls: ['file'] });
    const { desk } = deskWith();
    expect(await policyInForce({ file: undefined, at: 'x' }, repository, desk)).toMatchObject({ text: '' });
  });

  it('is the last version without mistakes, while there are any', async () => {
    const { policy, text, said } = await inForce({
      own: 'mode: shadwo\n',
      versions: history('mode: shadwo\n', 'attempts: 0\n', 'attempts: 1\nforbid: [a]\n', 'attempts: 2\n'),
    });
    expect(policy).toMatchObject({ mode: 'propose', attempts: 1, forbid: ['a'] });
    expect(said).toBe(
      `${path} has mistakes, so the version of commit 2222222222 stays in force: line 1: mode: "shadwo" is not one of off, shadow, diagnose, propose, auto-merge. Did you mean shadow?`,
    );
    expect(text.split('\n')[0]).toBe(`# ${path} has mistakes: the version of commit 2222222222 is in force.`);
  });

  it('merges nothing by itself while nobody knows what was wanted, and off is off', async () => {
    const versions = history('attempts: 0\n', 'mode: auto-merge\n');
    expect((await inForce({ own: 'attempts: 0\n', versions })).policy.mode).toBe('propose');
    expect((await inForce({ own: 'mode: off\nattempts: 0\n', versions })).policy.mode).toBe('off');
  });

  it.each([
    ['none was valid', history('a: 1\n', 'b: 1\n')],
    ['there was no file before', history('a: 1\n', null, 'mode: propose\n')],
    ['nothing is known of before', history()],
  ])('writes nothing where %s', async (_, versions) => {
    const { policy, said } = await inForce({ own: 'a: 1\nforbid: [x]\n', versions });
    expect(policy).toMatchObject({ mode: 'diagnose', forbid: ['x'] });
    expect(said).toMatch(/has mistakes, so nothing will be written: line 1: a: is no key/);
  });

  it('is not the default where the file cannot be read', async () => {
    const { policy, said } = await inForce({ own: {}, versions: history() });
    expect(policy.mode).toBe('diagnose');
    expect(said).toContain('is no text in UTF-8, or larger than 64000 bytes');
  });
});

describe('what the owner says for all', () => {
  it('is laid under the repository’s own, and the text says where it is from', async () => {
    const { policy, text, said } = await inForce({
      own: 'attempts: 1\nforbid: [b]\n',
      owners: 'mode: shadow\nforbid: [a]\nfinal: [mode]\n',
    });
    expect(policy).toMatchObject({ mode: 'shadow', attempts: 1, forbid: ['a', 'b'], final: [] });
    expect(text).toMatch(/^# With \.github\/self-heal\.yml of acme\/\.github\.\n/);
    expect(said).toBe('');
  });

  it('holds where the repository says nothing', async () => {
    expect((await inForce({ owners: 'mode: diagnose\n' })).policy.mode).toBe('diagnose');
  });

  it('is its last version without mistakes, and without one nothing is written', async () => {
    const broken = { own: 'mode: propose\n', owners: 'forbit: [a]\n' };
    const mended = await inForce({ ...broken, ownersVersions: history('forbit: [a]\n', 'forbid: [a]\n') });
    expect(mended.policy).toMatchObject({ mode: 'propose', forbid: ['a'] });
    expect(mended.said).toMatch(/of acme\/\.github has mistakes, so the version of commit 1111111111 stays in force/);
    expect((await inForce({ ...broken, ownersVersions: history('forbit: [a]\n') })).policy.mode).toBe('diagnose');
  });

  it('writes nothing where the two together are more than a policy holds', async () => {
    const globs = (letter: string) => `forbid: [${Array.from({ length: 150 }, (_, i) => letter + i).join(', ')}]\n`;
    const here = deskWith();
    const there = deskWith({ file: async () => ({ text: globs('a') }) });
    const { policy, said, text } = await policyInForce({ file: { text: globs('b') }, at: 'x' }, repository, {
      github: here.desk.github,
      owner: there.desk.github,
    });
    expect(policy.mode).toBe('diagnose');
    expect(said).toContain('has 300 entries, a list of at most 200 is allowed');
    expect(readPolicy(text).policy).toEqual(policy);
  });

  it('does more than neither of them would, never', async () => {
    const texts = fc.oneof(
      givenPolicy.map((given) => stringify(given)),
      givenPolicy.map((given) => `${stringify(given)}nonsense: 1\n`),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(texts, texts, fc.option(givenPolicy), async (own, owners, before) => {
        const versions = before ? history(own, stringify(before)) : history(own);
        const { policy } = await inForce({ own, versions, owners, ownersVersions: history(owners) });
        const [mine, above] = [readPolicy(own), readPolicy(owners)];
        const rank = (mode: Policy['mode'] | undefined) => modes.indexOf(mode ?? 'auto-merge');
        if (mine.problems.length > 0) {
          expect(rank(policy.mode)).toBeLessThanOrEqual(rank('propose'));
          if (!before) expect(rank(policy.mode)).toBeLessThanOrEqual(rank('diagnose'));
          if (mine.given.mode) expect(rank(policy.mode)).toBeLessThanOrEqual(rank(mine.given.mode));
        }
        if (above.problems.length > 0) expect(rank(policy.mode)).toBeLessThanOrEqual(rank('diagnose'));
        if (above.given.mode === 'off') expect(policy.mode).toBe('off');
        expect(policy.forbid).toEqual(expect.arrayContaining(above.given.forbid ?? []));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the file at a commit', () => {
  const entries = [{ path, mode: '100644', sizeBytes: 60_000 }];
  const file = async () => ({ text: 'mode: off\n' });
  const at = async (there: typeof entries, truncated: boolean, texts: [string, string][]) => {
    const { desk, calls } = deskWith({ file });
    return [
      await policyFileAt({ sha: sha('a'), entries: there, truncated }, new Map(texts), desk.github),
      calls.length,
    ];
  };

  it('is asked for only where it is there and was not read along, or nobody knows', async () => {
    expect(await at(entries, false, [[path, 'x']])).toEqual([{ text: 'x' }, 0]);
    expect(await at([], false, [])).toEqual([undefined, 0]);
    expect(await at(entries, false, [])).toEqual([{ text: 'mode: off\n' }, 1]);
    expect(await at([], true, [])).toEqual([{ text: 'mode: off\n' }, 1]);
  });
});
