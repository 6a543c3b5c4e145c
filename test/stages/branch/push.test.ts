import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CaseFile } from '../../../src/incident/case-file.ts';
import type { Exposure } from '../../../src/incident/exposure.ts';
import type { GitHub } from '../../../src/ports.ts';
import { branchName } from '../../../src/stages/branch/branch-name.ts';
import { push } from '../../../src/stages/branch/push.ts';
import { attempt, evidence, incident, openReview, provenValidation, sha } from '../../incident/sample.ts';
import { deskWith } from '../desk.ts';

const pushing = (papers: Partial<CaseFile> = {}) =>
  incident({ step: 'push' }, { evidence, patch: { attempts: [attempt] }, ...papers });
const answers: Partial<GitHub> = {
  createCommit: async () => ({ sha: sha('c'), treeSha: sha('d') }),
  setBranch: async () => undefined,
};
const name = 'self-heal/0a1b2c3d4e-accept-a-discount-of-zero';

describe('push', () => {
  it('commits the patch on the base, quarantined, and puts the branch there', async () => {
    const { desk, argsOf } = deskWith(answers);
    const outcome = await push(pushing(), desk);
    expect(argsOf('createCommit')).toEqual([
      [
        {
          message: expect.stringMatching(/^\[self-heal\] fix\(pricing\): [\s\S]*\n\n\nskip-checks: true$/),
          parentSha: evidence.baseSha,
          tree: {
            baseSha: evidence.baseTreeSha,
            files: [{ path: 'pricing/calc.py', mode: '100644', text: 'share = price * discount / 100\n' }],
          },
        },
      ],
    ]);
    expect(argsOf('setBranch')).toEqual([[name, sha('c'), 'ours']]);
    expect(outcome).toMatchObject({
      kind: 'done',
      papers: { branch: { name, candidateSha: sha('c'), treeSha: sha('d'), attempt: 1 } },
    });
  });

  it('writes nothing where nothing can be proven', async () => {
    const { desk, calls } = deskWith();
    const outcome = await push(pushing({ evidence: { ...evidence, hasSandboxWorkflow: false } }), desk);
    expect(outcome).toMatchObject({ kind: 'stop', reason: 'no-workflow' });
    expect(calls).toEqual([]);
  });

  const exposure: Exposure = {
    workflow: '.github/workflows/preview.yml',
    event: 'create',
    when: 'pushed',
    why: ['uses the secret KEY'],
  };

  it.each(['pushed', 'opened'] as const)('writes nothing where a workflow would run it when it is %s', async (when) => {
    const { desk, calls } = deskWith();
    const exposures = [{ ...exposure, when }];
    const outcome = await push(pushing({ evidence: { ...evidence, exposures } }), desk);
    expect(outcome).toMatchObject({
      kind: 'stop',
      reason: 'exposed',
      said: expect.stringMatching(/preview\.yml would run .*\(on: create\).* uses the secret KEY/),
    });
    expect(calls).toEqual([]);
  });

  it('goes on where quarantine holds it, or the files are none of the workflow’s', async () => {
    const exposures: Exposure[] = [
      { ...exposure, event: 'push', when: 'released' },
      { ...exposure, when: 'asked' },
      { ...exposure, event: 'pull_request_target', when: 'opened', paths: ['docs/**'] },
    ];
    const outcome = await push(pushing({ evidence: { ...evidence, exposures } }), deskWith(answers).desk);
    expect(outcome).toMatchObject({ kind: 'done' });
  });

  it('keeps the branch of the first attempt, whatever the second one is called', async () => {
    const { desk, argsOf } = deskWith(answers);
    const branch = { name, candidateSha: sha('1'), treeSha: sha('2'), attempt: 1 };
    const second = { ...attempt, number: 2, subject: 'fix(pricing): something else' };
    const outcome = await push(pushing({ branch, patch: { attempts: [attempt, second] } }), desk);
    expect(argsOf('setBranch')).toEqual([[name, sha('c'), 'ours']]);
    expect(outcome.papers.branch).toMatchObject({ name, attempt: 2 });
  });
});

describe('push to an open pull request', () => {
  const branch = { name, candidateSha: sha('1'), treeSha: sha('2'), attempt: 1 };
  const second = { patch: { attempts: [attempt, { ...attempt, number: 2 }] }, review: openReview };

  it('moves it only from the commit that was released there', async () => {
    const { desk, argsOf } = deskWith(answers);
    await push(pushing({ ...second, branch, validation: provenValidation }), desk);
    expect(argsOf('setBranch')).toEqual([[name, sha('c'), { expectedSha: openReview.headSha }]]);
  });

  it('moves it on from a candidate of ours that the sandbox refused', async () => {
    const { desk, argsOf } = deskWith(answers);
    const refused = { ...provenValidation, attempt: 2, verdict: 'still-failing' as const };
    await push(pushing({ ...second, branch: { ...branch, attempt: 2 }, validation: refused }), desk);
    expect(argsOf('setBranch')).toEqual([[name, sha('c'), { expectedSha: branch.candidateSha }]]);
  });

  it('moves it in any case when the step was begun before: the branch may stand where we put it then', async () => {
    const { desk, argsOf } = deskWith(answers, { resumed: true });
    await push(pushing({ ...second, branch, validation: provenValidation }), desk);
    expect(argsOf('setBranch')).toEqual([[name, sha('c'), 'ours']]);
  });
});

describe('the branch’s name', () => {
  it.each([
    ['fix(pricing): accept a discount of zero', name],
    ['fix!: Ünïcödé & spaces', 'self-heal/0a1b2c3d4e-n-c-d-spaces'],
    ['', 'self-heal/0a1b2c3d4e'],
    ['fix: ..', 'self-heal/0a1b2c3d4e'],
    ['fix: HEAD.lock', 'self-heal/0a1b2c3d4e-head-lock'],
    [`fix: ${'very '.repeat(40)}long`, 'self-heal/0a1b2c3d4e-very-very-very-very-very-very-very-very'],
  ])('of %j is %s', (subject, expected) => {
    expect(branchName('0a1b2c3d4e', subject)).toBe(expected);
  });

  it('is one that git takes, whatever the model calls its change', () => {
    const hostile = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('..', '@{', '.lock', '/', '~', '-', ' ', '\0', '\\', 'fix(x): '),
      ),
    );
    const names = fc.sample(hostile, 40).map((parts) => branchName('0a1b2c3d4e', parts.join('')));
    for (const one of names) {
      expect(one).toMatch(/^self-heal\/0a1b2c3d4e(-[a-z0-9-]+)?$/);
      expect(execFileSync('git', ['check-ref-format', '--branch', one], { encoding: 'utf8' })).toBe(`${one}\n`);
    }
  });
});
