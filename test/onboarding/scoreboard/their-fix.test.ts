import { describe, expect, it } from '@jest/globals';
import { theirFix } from '../../../src/onboarding/scoreboard/their-fix.ts';
import type { Comparison, GitHub } from '../../../src/ports.ts';
import { deskWith } from '../../stages/desk.ts';
import { redRun } from '../dry-run/runs.ts';
import { entry } from './sample-entry.ts';

const green = redRun({
  ...{ id: 80, conclusion: 'success', headSha: 'b'.repeat(40), url: 'https://github.com/acme/shop/actions/runs/80' },
  ...{ createdAt: new Date('2026-03-02T10:00:00Z'), updatedAt: new Date('2026-03-02T10:05:00Z') },
});
const between = (changes: Partial<Comparison> = {}): Comparison => ({
  ...{ status: 'ahead', url: '', commits: [], truncated: false },
  files: [
    { path: 'shop/calc.py', status: 'modified', patch: '@@ -1,2 +1,2 @@\n def calc():\n-    return 1\n+    return 2' },
    { path: 'gone.py', status: 'removed', patch: '@@ -1 +0,0 @@\n-x' },
  ],
  ...changes,
});

function asked(answers: Partial<GitHub> = {}) {
  const { desk, calls } = deskWith({
    run: async () => redRun(),
    runsOf: async () => [redRun({ id: 99, conclusion: 'success', headSha: 'c'.repeat(40) }), green],
    compare: async () => between(),
    files: async () => new Map([['shop/calc.py', 'def calc():\n    return 2\n']]),
    ...answers,
  });
  return { fix: (one = entry()) => theirFix(one, desk.github), calls };
}

describe('what people did', () => {
  it('is what changed until the first green run after the failure', async () => {
    const { fix, calls } = asked();
    expect(await fix()).toEqual({
      ...{ kind: 'fixed', sha: 'b'.repeat(40), runUrl: 'https://github.com/acme/shop/actions/runs/80', minutes: 65 },
      ...{ files: ['shop/calc.py', 'gone.py'], functions: ['shop/calc.py#calc'] },
    });
    expect(calls).toHaveLength(4);
    expect(calls[1]?.args).toEqual([
      '.github/workflows/ci.yml',
      { branch: 'main', createdAfter: new Date('2026-03-02T09:00:00Z'), status: 'success' },
    ]);
  });

  it.each<[string, Partial<GitHub>]>([
    ['the same run', { run: async () => redRun({ conclusion: 'success' }) }],
    ['another run of the commit', { runsOf: async () => [{ ...green, headSha: 'a'.repeat(40) }] }],
  ])('is no fix where %s passed', async (_, answers) => {
    expect(await asked(answers).fix()).toMatchObject({ kind: 'passed-again', files: [], functions: [] });
  });

  it.each<[string, Partial<GitHub>]>([
    ['nothing is green yet', { runsOf: async () => [] }],
    ['the green one is of an older commit', { compare: async () => between({ status: 'behind' }) }],
    ['one of the commits is gone', { compare: async () => undefined }],
  ])('is still to come where %s', async (_, answers) => expect(await asked(answers).fix()).toBeUndefined());

  it('is not looked for where an issue began it', async () => {
    const { run: _, ...ofIssue } = entry();
    const { fix, calls } = asked();
    expect([await fix(ofIssue), calls]).toEqual([undefined, []]);
  });
});
