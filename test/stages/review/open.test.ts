import { describe, expect, it } from '@jest/globals';
import type { CaseFile } from '../../../src/incident/case-file.ts';
import type { GitHub, PullSummary } from '../../../src/ports.ts';
import { open } from '../../../src/stages/review/open.ts';
import {
  attempt,
  diagnosis,
  evidence,
  incident,
  issueTrigger,
  openReview,
  openRound,
  provenValidation,
  sha,
} from '../../incident/sample.ts';
import { deskWith, later, now } from '../desk.ts';

const branch = { name: 'self-heal/0a1b2c3d4e-x', candidateSha: sha('c'), treeSha: sha('d'), attempt: 1 };
const opening = (papers: Partial<CaseFile> = {}) =>
  incident(
    { step: 'open' },
    { evidence, diagnosis, patch: { attempts: [attempt] }, branch, validation: provenValidation, ...papers },
  );

const pull: PullSummary = {
  number: 8,
  url: 'https://github.com/acme/pricing/pull/8',
  state: 'open',
  merged: false,
  mergedSha: null,
  mergedAt: null,
  closedBy: null,
  headSha: sha('e'),
  baseBranch: 'main',
  draft: false,
};
const answers: Partial<GitHub> = {
  createCommit: async () => ({ sha: sha('e'), treeSha: sha('d') }),
  setBranch: async () => undefined,
  checkRun: async () => undefined,
  openPull: async () => pull,
  addLabels: async () => undefined,
};

describe('open', () => {
  it('releases the validated tree without the quarantine, shows the proof, and opens the pull request', async () => {
    const { desk, calls, argsOf } = deskWith(answers);
    const outcome = await open(opening(), desk);
    expect(calls.map((call) => call.name)).toEqual(['createCommit', 'setBranch', 'openPull', 'addLabels']);
    expect(argsOf('createCommit')).toEqual([
      [
        {
          message: expect.not.stringContaining('skip-checks'),
          parentSha: evidence.baseSha,
          tree: { sha: branch.treeSha },
        },
      ],
    ]);
    expect(argsOf('setBranch')).toEqual([[branch.name, sha('e'), { expectedSha: branch.candidateSha }]]);
    expect(argsOf('openPull')).toEqual([
      [
        expect.objectContaining({
          title: '[self-heal] fix(pricing): accept a discount of zero',
          head: branch.name,
          base: 'main',
          draft: false,
        }),
        expect.objectContaining({ headSha: sha('e'), conclusion: 'success', externalId: '0a1b2c3d4e-1' }),
      ],
    ]);
    expect(argsOf('addLabels')).toEqual([[8, ['self-heal']]]);
    expect(outcome).toMatchObject({
      kind: 'done',
      papers: { review: { pullNumber: 8, headSha: sha('e'), openedAt: now.toISOString(), answered: [] } },
    });
  });

  it('opens nothing when the released tree is not the one that was proven', async () => {
    const { desk, calls } = deskWith({ createCommit: async () => ({ sha: sha('e'), treeSha: sha('0') }) });
    await expect(open(opening(), desk)).rejects.toMatchObject({ code: 'defect' });
    expect(calls.map((call) => call.name)).toEqual(['createCommit']);
  });

  it.each(['still-failing', 'not-reproduced', 'report-missing', undefined] as const)(
    'refuses the verdict %s',
    async (verdict) => {
      const { verdict: _, ...unjudged } = provenValidation;
      const { desk, calls } = deskWith();
      await expect(
        open(opening({ validation: { ...unjudged, ...(verdict ? { verdict } : {}) } }), desk),
      ).rejects.toThrow('without a proof');
      expect(calls).toEqual([]);
    },
  );

  it('moves the branch in any case when the step was begun before', async () => {
    const standing = { ...answers, branchHead: async () => branch.candidateSha };
    const { desk, argsOf } = deskWith(standing, { resumed: true });
    await open(opening(), desk);
    expect(argsOf('setBranch')).toEqual([[branch.name, sha('e'), 'ours']]);
  });

  it('keeps the commit that it released before it was killed', async () => {
    const release = { sha: sha('f'), treeSha: branch.treeSha, parents: [evidence.baseSha] };
    const standing = {
      ...answers,
      branchHead: async () => release.sha,
      commit: async () => ({ ...release, message: 'fix: x', author: 'self-heal[bot]', files: [] }),
    };
    const { desk, argsOf } = deskWith(standing, { resumed: true });
    const outcome = await open(opening(), desk);
    expect(argsOf('createCommit')).toEqual([]);
    expect(argsOf('setBranch')).toEqual([]);
    expect(outcome.papers.review).toMatchObject({ headSha: release.sha });
  });

  it('answers on the issue that asked', async () => {
    const { desk, argsOf } = deskWith({
      ...answers,
      issue: async () => ({ state: 'open', labels: ['auto-heal'] }),
      comment: async () => 'https://github.com/acme/pricing/issues/4#c1',
    });
    await open(opening({ trigger: issueTrigger }), desk);
    expect(argsOf('comment')).toEqual([[4, '0a1b2c3d4e', expect.stringContaining('#8'), undefined]]);
    expect(argsOf('openPull')[0]?.[0]).toMatchObject({ body: expect.stringContaining('Fixes #4') });
  });

  it('edits the comment that it knows, without looking for it', async () => {
    const url = 'https://github.com/acme/pricing/issues/4#issuecomment-1';
    const { desk, argsOf } = deskWith({
      ...answers,
      issue: async () => ({ state: 'open', labels: ['auto-heal'] }),
      comment: async () => url,
    });
    await open(opening({ trigger: issueTrigger, evidence: { ...evidence, commentUrl: url } }), desk);
    expect(argsOf('comment')).toEqual([[4, '0a1b2c3d4e', expect.stringContaining('#8'), { url }]]);
  });

  it.each([
    ['was closed', { state: 'closed' as const, labels: [] }],
    ['was labelled self-heal:skip', { state: 'open' as const, labels: ['auto-heal', 'self-heal:skip'] }],
  ])('opens nothing for an issue that %s while the tests ran', async (what, found) => {
    const { desk, argsOf } = deskWith({ ...answers, issue: async () => found });
    expect(await open(opening({ trigger: issueTrigger }), desk)).toMatchObject({
      kind: 'stop',
      reason: 'disabled',
      said: expect.stringContaining(what),
    });
    expect(argsOf('setBranch')).toEqual([]);
    expect(argsOf('openPull')).toEqual([]);
  });

  it('updates the open pull request with a later attempt, and opens no second one', async () => {
    const { desk, argsOf } = deskWith({
      ...answers,
      openPull: () => Promise.reject(new Error('a second one')),
      updatePull: async () => undefined,
    });
    const outcome = await open(opening({ review: { ...openReview, headSha: sha('1'), answered: [31] } }), desk);
    expect(argsOf('checkRun')).toEqual([[expect.objectContaining({ headSha: sha('e') })]]);
    expect(argsOf('updatePull')).toEqual([
      [8, { title: expect.any(String), body: expect.stringContaining('### Proof') }],
    ]);
    expect(outcome.papers.review).toMatchObject({ pullNumber: 8, headSha: sha('e'), answered: [31] });
  });

  const inRound = { ...openReview, answered: [31], rounds: 2, round: { ...openRound, threads: [41, 44] } };
  const answering: Partial<GitHub> = {
    ...answers,
    updatePull: async () => undefined,
    replyToReview: async () => 'https://github.com/c/1',
    comment: async () => 'https://github.com/c/2',
  };

  it('answers reviewers where they asked, once the attempt is proven, and ends their round', async () => {
    const explanation = 'The rounding of `calc` is kept. It pings @ada. And more.';
    const papers = { review: inRound, patch: { attempts: [{ ...attempt, number: 4, explanation }] } };
    const { desk, argsOf, calls } = deskWith(answering, { now: later(60) });
    const outcome = await open(opening(papers), desk);
    expect(argsOf('replyToReview').map(([thread, marker, , known]) => [thread, marker, known])).toEqual([
      [{ pullNumber: 8, commentId: 41 }, '0a1b2c3d4e/round-2/41', 'nowhere'],
      [{ pullNumber: 8, commentId: 44 }, '0a1b2c3d4e/round-2/44', 'nowhere'],
    ]);
    const said = String(argsOf('replyToReview')[0]?.[2]);
    expect(said).toContain('The rounding of `calc` is kept. It pings @<!-- -->ada.');
    expect(said).not.toContain('And more');
    expect(said).toContain(`[\`eeeeeee\`](${openReview.url}/commits/${sha('e')})`);
    expect(said).toContain(provenValidation.runUrl);
    expect(argsOf('comment')).toEqual([[8, '0a1b2c3d4e/round-2', said, 'nowhere']]);
    expect(calls.at(-1)?.name).toBe('comment');
    expect(outcome.papers.review).toEqual({
      ...openReview,
      answered: [31],
      rounds: 2,
      activeAt: later(60).toISOString(),
    });
  });

  it('looks for its answers when it was begun before', async () => {
    const branchHead = async () => branch.candidateSha;
    const { desk, argsOf } = deskWith({ ...answering, branchHead }, { resumed: true });
    await open(opening({ review: inRound }), desk);
    expect([...argsOf('replyToReview'), ...argsOf('comment')].map((args) => args[3])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('gives a title that pings nobody and closes nothing, for a squash takes it as the commit’s message', async () => {
    const { desk, argsOf } = deskWith(answers);
    const subject = 'fix: closes #12 for @acme/team [skip ci] \u202e';
    await open(opening({ patch: { attempts: [{ ...attempt, subject }] } }), desk);
    const title = JSON.stringify(argsOf('openPull'));
    for (const word of ['#12 ', '@acme', '[skip ci]', '\u202e']) expect(title).not.toContain(word);
  });
});
