import { describe, expect, it } from '@jest/globals';
import { type CaseFile, Evidence } from '../../../src/incident/case-file.ts';
import type { GitHub } from '../../../src/ports.ts';
import { rebase } from '../../../src/stages/evidence/rebase.ts';
import { attempt, diagnosis, evidence, incident, sha } from '../../incident/sample.ts';
import { deskWith } from '../desk.ts';
import { entry } from './pricing.ts';

const head = { sha: sha('1'), treeSha: sha('2') };
const above = '# how a price is made\nimport math\n\n\n';
const def = 'def calc(price, discount):\n';
const mended = `${def}share = price * discount / 100\n`;
const broken = `${def}share = price / (100 / discount)\n`;
const tried = { ...attempt, files: attempt.files.map((file) => ({ ...file, before: broken, after: mended })) };

const opening = (papers: Partial<Evidence> = {}, more: Partial<CaseFile> = {}) =>
  incident(
    { step: 'rebase' },
    { evidence: { ...evidence, ...papers }, diagnosis, patch: { attempts: [tried] }, ...more },
  );

/** What the branch is at by now. */
const at = (files: Record<string, string>): Partial<GitHub> => ({
  tree: async () => ({ sha: head.sha, entries: Object.keys(files).map((path) => entry(path)), truncated: false }),
  filesOf: async (_, paths) => ({
    texts: new Map(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, files[path]]]))),
    commit: head,
  }),
});
const moved = (files: Record<string, string>, papers: Partial<Evidence> = {}) => {
  const { desk, argsOf } = deskWith(at(files));
  return { outcome: rebase(opening(papers), desk), argsOf };
};

describe('when the branch moved on', () => {
  it('the patch is laid on top of it, and everything that is judged is read there', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
    const deploy = 'on: push\njobs: {d: {runs-on: x, steps: [{run: "echo ${{ secrets.KEY }}"}]}}\n';
    const files = {
      'pricing/calc.py': above + broken,
      'requirements.txt': 'numpy\n',
      '.github/workflows/deploy.yml': deploy,
      '.github/self-heal.yml': 'release: never\n',
    };
    const { outcome, argsOf } = moved(files);
    const { kind, papers } = await outcome;
    expect(kind).toBe('done');
    expect(papers.evidence).toMatchObject({
      ...{ baseSha: head.sha, baseTreeSha: head.treeSha, baseBranch: 'main', rebasedFrom: [sha('a')] },
      policyText: 'release: never\n',
      hasSandboxWorkflow: false,
      manifests: [{ path: 'requirements.txt', text: 'numpy\n' }],
      exposures: expect.arrayContaining([expect.objectContaining({ workflow: '.github/workflows/deploy.yml' })]),
      paths: Object.keys(files),
      sources: [{ path: 'pricing/calc.py', mode: '100644', text: above + broken }],
      code: { text: expect.stringContaining('how a price is made') },
    });
    // What is not in the schema would make the record unreadable.
    expect(Evidence.parse(papers.evidence)).toEqual(papers.evidence);
    expect(papers.patch?.attempts).toEqual([
      {
        ...tried,
        files: [{ ...tried.files[0], before: above + broken, after: above + mended }],
        diff: expect.stringMatching(/^@@ -\d,\d \+\d,\d @@$/m),
      },
    ]);
    expect(argsOf('tree')).toEqual([['main']]);
    expect(argsOf('filesOf')).toHaveLength(1);
  });

  it('on another branch than the default one, the policy stays that of the default one', async () => {
    const files = { 'pricing/calc.py': broken, '.github/self-heal.yml': 'release: automatic\n' };
    const papers = { baseBranch: 'release/1', policyText: 'branches: [release/1]\n' };
    const { papers: found } = await moved(files, papers).outcome;
    expect(found.evidence?.policyText).toBe(papers.policyText);
  });

  it.each([
    ['off', 'disabled'],
    ['diagnose', 'diagnose-only'],
  ])('to a policy of mode %s, nothing more is pushed', async (mode, reason) => {
    const files = { 'pricing/calc.py': broken, '.github/self-heal.yml': `mode: ${mode}\n` };
    expect(await moved(files).outcome).toMatchObject({ kind: 'stop', reason });
  });

  it.each([
    [
      'mended the same line in another way',
      { 'pricing/calc.py': `${def}share = 0\n` },
      /pricing\/calc\.py was changed there/,
    ],
    ['deleted the file', { 'README.md': 'x' }, /pricing\/calc\.py is no longer there/],
    ['mended it in the very same way', { 'pricing/calc.py': mended }, /pricing\/calc\.py has the change already/],
  ])('and somebody %s, the patch is given up', async (_, files, said) => {
    const outcome = await moved(files).outcome;
    expect(outcome).toMatchObject({ kind: 'stop', reason: 'base-moved', said: expect.stringMatching(said) });
  });

  it('for the third time, the proof is not made again', async () => {
    const { desk, calls } = deskWith();
    const outcome = await rebase(opening({ rebasedFrom: [sha('8'), sha('9')] }), desk);
    expect(outcome).toMatchObject({ kind: 'stop', reason: 'base-moved' });
    expect(calls).toEqual([]);
  });

  it('and is gone, that is said', async () => {
    const { desk } = deskWith({ tree: async () => ({ entries: [], truncated: false }) });
    expect(await rebase(opening(), desk)).toMatchObject({ kind: 'stop', said: 'The branch main is gone.' });
  });
});
