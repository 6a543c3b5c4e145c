import { describe, expect, it } from '@jest/globals';
import type { Comparison, GitHub, RunSummary } from '../../../src/ports.ts';
import { history } from '../../../src/stages/evidence/history.ts';
import { incident, runTrigger, sha } from '../../incident/sample.ts';
import { deskWith } from '../desk.ts';

const { repository } = incident();
const run = (id: number, headSha: string, branch = 'main'): RunSummary => ({
  ...{ id, attempt: 1, status: 'completed', conclusion: 'success', headSha, headBranch: branch },
  ...{ workflowPath: '.github/workflows/ci.yml', title: 'ci', createdAt: new Date('2026-03-01T00:00:00Z') },
  url: `https://github.com/acme/pricing/actions/runs/${id}`,
});
const commit = { ...{ sha: sha('a'), treeSha: sha('b'), parents: [sha('0')] }, message: 'Break it', author: 'ada' };
const comparison: Comparison = {
  ...{ status: 'ahead', url: 'https://github.com/x', truncated: false, head: { sha: sha('a'), treeSha: sha('b') } },
  commits: [{ ...commit, url: 'https://github.com/c', authoredAt: null }],
  files: [{ path: 'pricing/calc.py', status: 'modified', patch: '@@ -1 +1 @@\n-a\n+b' }],
};

function asked(answers: Partial<GitHub>, trigger = runTrigger) {
  const { desk, calls } = deskWith({ commit: async () => ({ ...commit, files: [] }), ...answers });
  return { found: () => history(trigger, repository, [], desk.github), calls };
}

describe('the history of a failed run', () => {
  it('goes back to the last green run before it, in two requests', async () => {
    const { found, calls } = asked({
      runsOf: async () => [run(99, sha('9')), run(60, sha('0')), run(50, sha('5'))],
      compare: async () => comparison,
    });
    expect(await found()).toMatchObject({
      commit: { sha: sha('a'), treeSha: sha('b') },
      green: { id: 60 },
      changes: { since: { runId: 60 }, breaking: { sha: sha('a') } },
      files: [{ path: 'pricing/calc.py' }],
    });
    expect(calls).toEqual([
      { name: 'runsOf', args: ['.github/workflows/ci.yml', { branch: 'main', status: 'success', event: 'push' }] },
      { name: 'compare', args: [sha('0'), sha('a')] },
    ]);
  });

  it('of another branch looks at that branch first, then at the default one', async () => {
    const { found, calls } = asked(
      {
        runsOf: async (_, { branch }) => (branch === 'main' ? [run(60, sha('0'))] : []),
        compare: async () => comparison,
      },
      { ...runTrigger, headBranch: 'release' },
    );
    expect((await found())?.green?.id).toBe(60);
    expect(calls.map(({ name }) => name)).toEqual(['runsOf', 'runsOf', 'compare']);
  });

  it('of a commit that was green is that nothing changed', async () => {
    const { found } = asked({ runsOf: async () => [run(60, sha('a'))] });
    expect((await found())?.changes).toMatchObject({ nothingChanged: true, since: { runId: 60 } });
  });

  it.each<[string, Partial<GitHub>]>([
    ['without a green run', { runsOf: async () => [] }],
    ['whose green commit is gone', { runsOf: async () => [run(60, sha('0'))], compare: async () => undefined }],
  ])('%s is the commit itself', async (_, answers) => {
    const files = [{ path: 'a.py', status: 'added', patch: '' }];
    const { found } = asked({ ...answers, commit: async () => ({ ...commit, files }) });
    const told = await found();
    expect(told?.changes).toMatchObject({ files: [{ path: 'a.py' }], nothingChanged: false });
    expect(told?.changes.since).toBeUndefined();
    expect(told?.changes.commits[0]?.url).toBe(`https://github.com/acme/pricing/commit/${sha('a')}`);
  });

  it('is none when the commit is gone', async () => {
    expect(await asked({ runsOf: async () => [], commit: async () => undefined }).found()).toBeUndefined();
  });
});
