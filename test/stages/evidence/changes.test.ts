import { describe, expect, it } from '@jest/globals';
import { Changes } from '../../../src/incident/case-file.ts';
import type { Comparison, FileChange, RunSummary } from '../../../src/ports.ts';
import { changedLines, changesSince } from '../../../src/stages/evidence/changes.ts';
import { sha } from '../../incident/sample.ts';

const green: RunSummary = {
  ...{ id: 60, attempt: 1, status: 'completed', conclusion: 'success', headSha: sha('0'), headBranch: 'main' },
  ...{ workflowPath: '.github/workflows/ci.yml', title: 'ci', createdAt: new Date('2026-03-01T00:00:00Z') },
  url: 'https://github.com/acme/pricing/actions/runs/60',
};
const commit = (digit: string, parents = [sha('0')]) => ({
  ...{ sha: sha(digit), treeSha: sha('b'), parents, message: `Change ${digit}\n\nWhy.`, author: 'alice' },
  ...{ url: `https://github.com/acme/pricing/commit/${sha(digit)}`, authoredAt: null },
});
const file = (path: string, patch = ''): FileChange => ({ path, status: 'modified', patch });
const comparison = (changes: Partial<Comparison> = {}): Comparison => ({
  ...{ status: 'ahead', url: 'https://github.com/acme/pricing/compare/x', truncated: false },
  commits: [commit('a')],
  files: [file('pricing/calc.py')],
  ...changes,
});

describe('what changed since the last green run', () => {
  it('is its commits and files, and fits into the case file', () => {
    const changes = Changes.parse(changesSince(green, comparison(), []));
    expect(changes).toMatchObject({
      since: { runId: 60, sha: sha('0') },
      commits: [{ sha: sha('a'), subject: 'Change a', author: 'alice' }],
      files: [{ path: 'pricing/calc.py', status: 'modified' }],
      nothingChanged: false,
      truncated: false,
    });
  });

  it.each([
    ['the only commit', comparison(), 'a', 'only commit'],
    [
      'the only one beside its merge',
      comparison({ commits: [commit('a'), commit('c', [sha('0'), sha('a')])] }),
      'a',
      'only commit',
    ],
    [
      'the merge that brought all',
      comparison({ commits: [commit('a'), commit('b'), commit('c', [sha('0'), sha('b')])] }),
      'c',
      'merge',
    ],
  ])('names what broke it: %s', (_, between, digit, why) => {
    expect(changesSince(green, between, []).breaking).toEqual({ sha: sha(digit), why: expect.stringContaining(why) });
  });

  it('names of several the one that touches what failed, where it is known what each touches', () => {
    const between = comparison({ commits: [commit('a'), commit('c')] });
    const touched = new Map([
      [sha('a'), ['README.md']],
      [sha('c'), ['pricing/calc.py']],
    ]);
    expect(changesSince(green, between, ['pricing/calc.py'], touched).breaking?.sha).toBe(sha('c'));
    expect(changesSince(green, between, ['pricing/calc.py']).breaking).toBeUndefined();
    expect(changesSince(green, between, ['README.md', 'pricing/calc.py'], touched).breaking).toBeUndefined();
  });

  it('names none where GitHub told less than there is', () => {
    expect(changesSince(green, comparison({ truncated: true }), [])).toMatchObject({ truncated: true });
    expect(changesSince(green, comparison({ truncated: true }), []).breaking).toBeUndefined();
  });

  it('is nothing on the same commit', () => {
    const same = comparison({ status: 'identical', commits: [], files: [] });
    expect(changesSince(green, same, [])).toMatchObject({ nothingChanged: true, commits: [] });
  });

  it('keeps what the failure speaks of, and clips the rest', () => {
    const many = Array.from({ length: 40 }, (_, index) => file(`f${index}.py`, 'x'.repeat(9_000)));
    const { files, truncated } = changesSince(green, comparison({ files: many }), ['f39.py']);
    expect(files).toHaveLength(20);
    expect(files[0]?.path).toBe('f39.py');
    expect(files[0]?.patch).toContain('(3000 more characters)');
    expect(truncated).toBe(true);
  });
});

it('changed lines are those of the new file, and where something was taken out', () => {
  const patch = [
    '@@ -1,4 +1,4 @@ def calc',
    ' a',
    '-b',
    '+B',
    ' c',
    '@@ -20,3 +20,2 @@',
    ' x',
    '-y',
    ' z',
    '\\ No newline at end of file',
  ];
  expect(changedLines(patch.join('\n'))).toEqual({
    exact: new Set([2, 21]),
    hunks: [
      { from: 1, to: 4 },
      { from: 20, to: 21 },
    ],
  });
});
