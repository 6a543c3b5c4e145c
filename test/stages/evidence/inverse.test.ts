// A commit that may be taken back: what is read of it, in how many requests, and when that is not possible.
import { describe, expect, it } from '@jest/globals';
import { CaseFile, type Evidence } from '../../../src/incident/case-file.ts';
import type { CommitSummary, FileChange, GitHub } from '../../../src/ports.ts';
import { collect } from '../../../src/stages/evidence/collect.ts';
import { evidence as collected, diagnosis, incident, sha } from '../../incident/sample.ts';
import { deskWith } from '../desk.ts';
import { entry, secret } from './pricing.ts';

const breaking = sha('c');
const source = collected.sources[0]?.text ?? '';
const before: Evidence = { ...collected, wanted: [`revert:${breaking}`] };
const told = { ...diagnosis, revert: { sha: breaking, why: 'all of it is wrong' } };
const change = (path: string, status = 'modified'): FileChange => ({ path, status, patch: '@@ -1 +1 @@\n-a\n+b' });

const commit = (files: FileChange[], changes: Partial<CommitSummary> = {}): CommitSummary => ({
  ...{ sha: breaking, treeSha: sha('9'), parents: [sha('8')], author: 'ada', files },
  message: `calc: \u202efaster ${secret}\n\nMore.`,
  ...changes,
});

type At = Record<string, Record<string, string>>;

async function taken(done: CommitSummary | undefined, at: At, evidence = before, trees: Partial<GitHub> = {}) {
  const files: GitHub['files'] = async (ref, paths) =>
    new Map(Object.entries(at[ref] ?? {}).filter(([path]) => paths.includes(path)));
  const { desk, calls } = deskWith({ commit: async () => done, files, ...trees });
  const outcome = await collect(incident({}, { evidence, diagnosis: told }), desk);
  const { papers } = outcome;
  CaseFile.parse(incident({}, papers).caseFile);
  return { outcome, inverse: papers.evidence?.inverse, papers, asked: calls.map(({ name, args }) => [name, args[0]]) };
}

const path = 'pricing/calc.py';

describe('what a commit did', () => {
  it('is read at the commit and before it; the base is known', async () => {
    const at = { [breaking]: { [path]: source }, [sha('8')]: { [path]: '\ufeffshare = 0\r\n' } };
    const { outcome, inverse, papers, asked } = await taken(commit([change(path)]), at);
    expect(inverse).toEqual({
      sha: breaking,
      subject: 'calc: faster [redacted:github-token]',
      files: [{ path, mode: '100644', base: source, commit: source, parent: '\ufeffshare = 0\r\n' }],
    });
    expect(asked).toEqual([
      ['commit', breaking],
      ['files', breaking],
      ['files', sha('8')],
    ]);
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining(path) });
    expect(papers.evidence).toEqual({ ...before, inverse });
    expect(papers.taint).toContainEqual(expect.objectContaining({ source: 'commit', of: breaking, author: 'ada' }));
  });

  it('is what the base holds, where it is the base: three requests whatever it changed', async () => {
    const base = { ...before, baseSha: breaking, paths: [...before.paths, 'new.py'] };
    const at = { [breaking]: { [path]: source, 'new.py': 'n\n' }, [sha('8')]: { [path]: 'old\n' } };
    const trees = { tree: async () => ({ entries: [entry('new.py', '100755')], truncated: false }) };
    const { inverse, asked } = await taken(commit([change(path), change('new.py', 'added')]), at, base, trees);
    expect(inverse?.files).toEqual([
      { path, mode: '100644', base: source, commit: source, parent: 'old\n' },
      { path: 'new.py', mode: '100755', base: 'n\n', commit: 'n\n', parent: null },
    ]);
    expect(asked.filter(([name]) => name !== 'tree')).toHaveLength(3);
  });

  it('has what it deleted, with the mode of then, and knows what is gone or changed since', async () => {
    const files = [change('lost.py', 'removed'), change('gone.py'), change('README.md')];
    const evidence = { ...before, paths: [...before.paths, 'README.md'] };
    const at = {
      [breaking]: { 'gone.py': 'g2\n', 'README.md': 'r2\n' },
      [sha('8')]: { 'lost.py': 'l\n', 'gone.py': 'g1\n', 'README.md': 'r1\n' },
      [sha('a')]: { 'README.md': 'r3\n' },
    };
    const tree: GitHub['tree'] = async (ref) => ({
      entries: ref === sha('8') ? [entry('lost.py', '100755')] : [entry('README.md')],
      truncated: false,
    });
    const { inverse } = await taken(commit(files), at, evidence, { tree });
    expect(inverse?.files).toEqual([
      { path: 'lost.py', mode: '100755', base: null, commit: null, parent: 'l\n' },
      { path: 'gone.py', mode: '100644', base: null, commit: 'g2\n', parent: 'g1\n' },
      { path: 'README.md', mode: '100644', base: 'r3\n', commit: 'r2\n', parent: 'r1\n' },
    ]);
  });
});

describe('it cannot be taken back', () => {
  const one = [change(path)];
  const same = { [breaking]: { [path]: source }, [sha('8')]: { [path]: source } };
  const many = Array.from({ length: 21 }, (_, i) => change(`f${i}.py`));
  const huge = { [breaking]: { [path]: source }, [sha('8')]: { [path]: 'x'.repeat(400_000) } };

  it.each<[string, CommitSummary | undefined, At, string]>([
    ['a commit that is gone', undefined, {}, 'does not know the commit'],
    ['a merge', commit(one, { parents: [sha('8'), sha('7')] }), {}, 'it is a merge'],
    ['the first commit', commit(one, { parents: [] }), {}, 'the first commit'],
    ['an empty one', commit([]), {}, 'changes no file'],
    ['one of many files', commit(many), {}, '21 files'],
    ['a renamed file', commit([change(path, 'renamed')]), {}, 'renamed'],
    ['a mode that is called a change', commit([change(path, 'changed')]), {}, 'changed'],
    ['a mode that is called modified', commit(one), same, 'only the mode of pricing/calc.py'],
    ['a binary or huge file', commit(one), { [breaking]: { [path]: source } }, 'binary or too large'],
    ['other bytes than UTF-8', commit(one), { ...same, [sha('8')]: { [path]: 'gr\ufffdn' } }, 'binary or too large'],
    ['files that are too large together', commit(one), huge, 'too large'],
  ])('%s', async (_, done, at, why) => {
    const { outcome, inverse } = await taken(done, at);
    expect(inverse).toMatchObject({ sha: breaking, files: [], impossible: expect.stringContaining(why) });
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining(why) });
  });

  it.each([
    ['a link at the base', { ...before, irregularPaths: [path] }, []],
    ['a link before it was deleted', before, [entry('lost.py', '120000')]],
    ['a file whose mode no tree tells', before, []],
  ])('%s', async (_, evidence, entries) => {
    const at = { [breaking]: { [path]: source }, [sha('8')]: { [path]: 'old\n', 'lost.py': 'target' } };
    const tree = async () => ({ entries, truncated: true });
    const { inverse } = await taken(commit([change(path), change('lost.py', 'removed')]), at, evidence, { tree });
    expect(inverse).toMatchObject({ files: [], impossible: expect.stringContaining('a link or a submodule') });
  });

  it('a file of which a cut-off tree does not say whether it is there', async () => {
    const at = { [breaking]: { 'x.py': '2' }, [sha('8')]: { 'x.py': '1' } };
    const { inverse } = await taken(commit([change('x.py')]), at, { ...before, treeTruncated: true });
    expect(inverse?.impossible).toContain('x.py');
  });
});
