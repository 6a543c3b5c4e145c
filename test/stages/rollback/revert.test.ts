import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PatchedFile } from '../../../src/incident/case-file.ts';
import type { GitHub } from '../../../src/ports.ts';
import { inverse } from '../../../src/stages/rollback/regression.ts';
import { revert } from '../../../src/stages/rollback/revert.ts';
import { attempt, evidence, incident, openReview, patchedFile, sha } from '../../incident/sample.ts';
import { deskWith, now } from '../desk.ts';

const added: PatchedFile = {
  path: 'tests/test_zero.py',
  before: null,
  after: 'new test\n',
  mode: '100644',
  isTest: true,
};
const files = [patchedFile, added];
const rollback = {
  watchedUntil: now.toISOString(),
  regressionRunUrl: 'https://github.com/acme/pricing/actions/runs/80',
};
const reverting = incident(
  { step: 'revert' },
  { evidence, patch: { attempts: [{ ...attempt, files }] }, review: openReview, rollback },
);

const head = { sha: sha('9'), treeSha: sha('8'), parents: [sha('7')], message: '', author: 'ada', files: [] };
const answers: Partial<GitHub> = {
  commit: async () => head,
  files: async () => new Map(files.map((file) => [file.path, file.after])),
  createCommit: async () => ({ sha: sha('f'), treeSha: sha('b') }),
  setBranch: async () => undefined,
  openPull: async () => ({
    number: 9,
    url: 'https://github.com/acme/pricing/pull/9',
    state: 'open',
    merged: false,
    mergedSha: null,
    mergedAt: null,
    closedBy: null,
    headSha: sha('f'),
    baseBranch: 'main',
    draft: true,
  }),
  addLabels: async () => undefined,
  comment: async () => openReview.url,
};

describe('revert', () => {
  it('takes every file back on the branch as it is now, as a draft', async () => {
    const { desk, argsOf } = deskWith(answers);
    const outcome = await revert(reverting, desk);
    expect(argsOf('commit')).toEqual([['main']]);
    expect(argsOf('createCommit')).toEqual([
      [
        {
          message: expect.stringMatching(/^\[self-heal\] revert: take back pull request 8\n/),
          parentSha: head.sha,
          tree: {
            baseSha: head.treeSha,
            files: [
              { path: 'pricing/calc.py', mode: '100644', text: patchedFile.before },
              { path: 'tests/test_zero.py', mode: '100644', text: null },
            ],
          },
        },
      ],
    ]);
    expect(argsOf('setBranch')).toEqual([['self-heal/0a1b2c3d4e-revert', sha('f'), 'ours']]);
    expect(argsOf('openPull')).toEqual([
      [
        expect.objectContaining({
          head: 'self-heal/0a1b2c3d4e-revert',
          base: 'main',
          draft: true,
          body: { text: expect.stringContaining(rollback.regressionRunUrl) },
        }),
      ],
    ]);
    expect(outcome).toMatchObject({
      kind: 'done',
      papers: { rollback: { revertPullUrl: 'https://github.com/acme/pricing/pull/9' } },
    });
  });

  it.each([
    [
      'a file was changed since',
      {
        files: async () =>
          new Map([
            ['pricing/calc.py', 'somebody else'],
            [added.path, added.after],
          ]),
      },
      'pricing/calc.py',
    ],
    ['a file is gone', { files: async () => new Map([[patchedFile.path, patchedFile.after]]) }, 'tests/test_zero.py'],
    ['the branch is gone', { commit: async () => undefined }, 'main'],
  ])('only tells when %s', async (_, changes, names) => {
    const { desk, argsOf } = deskWith({ ...answers, ...changes });
    const outcome = await revert(reverting, desk);
    expect(argsOf('createCommit')).toEqual([]);
    expect(argsOf('openPull')).toEqual([]);
    expect(argsOf('comment')).toEqual([[8, '0a1b2c3d4e-regression', { text: expect.stringContaining(names) }]]);
    expect(argsOf('comment')[0]?.[2]).toHaveProperty('text', expect.stringContaining(rollback.regressionRunUrl));
    expect(outcome).toMatchObject({ kind: 'done', said: expect.stringContaining('a person has to revert') });
  });
});

it('the inverse of a fix, laid over it, gives what stood there before', () => {
  const text = fc.string({ maxLength: 20 });
  const fix = fc.uniqueArray(
    fc.record({
      path: fc.constantFrom('a', 'b', 'c', 'd'),
      before: fc.option(text),
      after: text,
      mode: fc.constant('100644' as const),
      isTest: fc.boolean(),
    }),
    { selector: (file) => file.path },
  );
  fc.assert(
    fc.property(fix, text, (patched, other) => {
      const tree = new Map([...patched.map((file) => [file.path, file.after] as const), ['untouched', other]]);
      const undo = inverse(patched, tree);
      if (!undo.ok) throw new Error(`conflicts: ${undo.conflicts}`);
      for (const { path, text } of undo.files) {
        if (text === null) tree.delete(path);
        else tree.set(path, text);
      }
      const before = patched.flatMap((file) => (file.before === null ? [] : [[file.path, file.before] as const]));
      expect(tree).toEqual(new Map([['untouched', other], ...before]));
      for (const file of patched) {
        const touched = new Map(patched.map((one) => [one.path, one === file ? `${one.after}!` : one.after]));
        expect(inverse(patched, touched)).toEqual({ ok: false, conflicts: [file.path] });
      }
    }),
  );
});
