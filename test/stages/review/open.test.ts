import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Policy } from '../../../src/config/policy.ts';
import type { CaseFile, Taint } from '../../../src/incident/case-file.ts';
import type { Exposure } from '../../../src/incident/exposure.ts';
import type { Comparison, GitHub, PullSummary } from '../../../src/ports.ts';
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
const asked = { state: 'open' as const, labels: ['auto-heal'] };
const answers: Partial<GitHub> = {
  standing: async (_, issueNumber) => ({
    head: evidence.baseSha,
    ...(issueNumber === undefined ? {} : { issue: asked }),
  }),
  permission: async (login) => (login === 'grace' ? 'write' : 'read'),
  createCommit: async () => ({ sha: sha('e'), treeSha: sha('d') }),
  setBranch: async () => undefined,
  checkRun: async () => undefined,
  openPull: async () => pull,
  addLabels: async () => undefined,
};

describe('in shadow mode', () => {
  it.each<[string, Partial<CaseFile>, Partial<Policy>, string]>([
    ['ready', {}, {}, 'a pull request that is ready for review: “fix'],
    ['in quarantine', {}, { release: 'on-approval' }, 'a pull request that is ready for review, in quarantine: “fix'],
    [
      'a draft',
      { patch: { attempts: [{ ...attempt, changedTests: ['tests/test_calc.py'] }] } },
      {},
      'a draft pull request: “fix',
    ],
    [
      'a draft for want of a run',
      { validation: { ...provenValidation, verdict: 'partly-proven', shortfall: 'One run is missing.' } },
      {},
      'One run is missing.',
    ],
  ])('nothing is asked or written, and it is told what would have been: %s', async (_, papers, policy, said) => {
    const { desk, calls } = deskWith({}, { policy: { ...policy, mode: 'shadow' } });
    const safe = { evidence: { ...evidence, exposures: [] }, ...papers };
    const outcome = await open(opening(safe), desk);
    expect(outcome).toMatchObject({ kind: 'stop', reason: 'shadowed', said: expect.stringContaining(said) });
    expect(calls).toEqual([]);
  });
});

describe('where the branch moved on while the tests ran', () => {
  const since = (path: string): Comparison => ({
    ...{ status: 'ahead', url: '', commits: [], truncated: false },
    files: [{ path, status: 'modified', patch: '' }],
  });
  const moved = (path: string): Partial<GitHub> => ({
    ...answers,
    standing: async () => ({ head: sha('f') }),
    compare: async () => since(path),
  });

  it('goes back for another proof if what it rests on was changed', async () => {
    const { desk, calls } = deskWith(moved('pricing/calc.py'));
    expect(await open(opening(), desk)).toEqual({
      kind: 'back',
      said: 'main moved on to fffffff while the tests ran, and it changed pricing/calc.py.',
      papers: {},
    });
    expect(calls.map(({ name }) => name)).toEqual(['standing', 'compare']);
  });

  it('opens the pull request if it was something else', async () => {
    const { desk, argsOf } = deskWith(moved('docs/index.md'));
    expect(await open(opening(), desk)).toMatchObject({ kind: 'done' });
    expect(argsOf('openPull')).toHaveLength(1);
  });

  it('stays with the pull request that it opened before it was killed', async () => {
    const there = { ...moved('pricing/calc.py'), pullOfBranch: async () => pull, branchHead: async () => undefined };
    const { desk } = deskWith(there, { resumed: true });
    expect(await open(opening(), desk)).toMatchObject({ kind: 'done', papers: { review: { pullNumber: 8 } } });
  });

  it('lets an open pull request be: merging it is for people', async () => {
    const there = { ...moved('pricing/calc.py'), updatePull: async () => undefined };
    const { desk } = deskWith(there);
    expect(await open(opening({ review: openReview }), desk)).toMatchObject({ kind: 'done' });
  });

  it('stops if it is gone', async () => {
    const { desk } = deskWith({ ...answers, standing: async () => ({}) });
    expect(await open(opening(), desk)).toMatchObject({ kind: 'stop', reason: 'base-moved' });
  });
});

describe('open', () => {
  it('releases the validated tree without the quarantine, shows the proof, and opens the pull request', async () => {
    const { desk, calls, argsOf } = deskWith(answers);
    const outcome = await open(opening(), desk);
    expect(calls.map((call) => call.name)).toEqual(['standing', 'createCommit', 'openPull', 'addLabels']);
    expect(argsOf('createCommit')).toEqual([
      [
        {
          message: expect.not.stringContaining('skip-checks'),
          parentSha: evidence.baseSha,
          tree: { sha: branch.treeSha },
        },
      ],
    ]);
    expect(argsOf('openPull')).toEqual([
      [
        expect.objectContaining({
          title: '[self-heal] fix(pricing): accept a discount of zero',
          head: branch.name,
          base: 'main',
          draft: false,
        }),
        expect.objectContaining({ headSha: sha('e'), conclusion: 'success', externalId: '0a1b2c3d4e-1' }),
        { sha: sha('e'), expectedSha: branch.candidateSha },
      ],
    ]);
    expect(argsOf('addLabels')).toEqual([[8, ['self-heal']]]);
    expect(outcome).toMatchObject({
      kind: 'done',
      papers: { review: { pullNumber: 8, headSha: sha('e'), openedAt: now.toISOString(), answered: [] } },
    });
  });

  it('opens nothing when the released tree is not the one that was proven', async () => {
    const { desk, calls } = deskWith({ ...answers, createCommit: async () => ({ sha: sha('e'), treeSha: sha('0') }) });
    await expect(open(opening(), desk)).rejects.toMatchObject({ code: 'defect' });
    expect(calls.map((call) => call.name)).toEqual(['standing', 'createCommit']);
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

  it('is a draft that says what is missing where the proof is not whole', async () => {
    const { desk, argsOf } = deskWith(answers);
    const shortfall = 'The run with only the new test did not end.';
    await open(opening({ validation: { ...provenValidation, verdict: 'partly-proven', shortfall } }), desk);
    expect(argsOf('openPull')[0]).toMatchObject([
      { draft: true, body: { text: expect.stringContaining(`**This is only partly proven:** ${shortfall}`) } },
      { conclusion: 'neutral' },
      { sha: sha('e') },
    ]);
  });

  it('answers on the issue that asked', async () => {
    const { desk, argsOf } = deskWith({
      ...answers,
      comment: async () => 'https://github.com/acme/pricing/issues/4#c1',
    });
    await open(opening({ trigger: issueTrigger }), desk);
    expect(argsOf('comment')).toEqual([[4, '0a1b2c3d4e', { text: expect.stringContaining('#8') }, undefined]]);
    expect(argsOf('openPull')[0]?.[0]).toMatchObject({ body: { text: expect.stringContaining('Fixes #4') } });
  });

  it('edits the comment that it knows, without looking for it', async () => {
    const url = 'https://github.com/acme/pricing/issues/4#issuecomment-1';
    const { desk, argsOf } = deskWith({
      ...answers,
      comment: async () => url,
    });
    await open(opening({ trigger: issueTrigger, evidence: { ...evidence, commentUrl: url } }), desk);
    expect(argsOf('comment')).toEqual([[4, '0a1b2c3d4e', { text: expect.stringContaining('#8') }, { url }]]);
  });

  it.each([
    ['was closed', { state: 'closed' as const, labels: [] }],
    ['was labelled self-heal:skip', { state: 'open' as const, labels: ['auto-heal', 'self-heal:skip'] }],
  ])('opens nothing for an issue that %s while the tests ran', async (what, found) => {
    const { desk, argsOf } = deskWith({ ...answers, standing: async () => ({ head: evidence.baseSha, issue: found }) });
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
      [8, { title: expect.any(String), body: { text: expect.stringContaining('### Proof') } }],
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
    const { text: said } = z.object({ text: z.string() }).parse(argsOf('replyToReview')[0]?.[2]);
    expect(said).toContain('The rounding of `calc` is kept. It pings @<!-- -->ada.');
    expect(said).not.toContain('And more');
    expect(said).toContain(`[\`eeeeeee\`](${openReview.url}/commits/${sha('e')})`);
    expect(said).toContain(provenValidation.runUrl);
    expect(argsOf('comment')).toEqual([[8, '0a1b2c3d4e/round-2', { text: said }, 'nowhere']]);
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

  const exposure: Exposure = {
    workflow: '.github/workflows/ci.yml',
    event: 'pull_request',
    when: 'released',
    why: ['uses the secret KEY'],
    paths: ['pricing/**'],
  };
  const exposed = { evidence: { ...evidence, exposures: [exposure] } };
  const suspicious: Taint = {
    ...{ source: 'job log', of: 'test', bytes: 9, redactions: 0, suspicious: ['gives an order'], went: ['propose'] },
  };
  const changesTests = { patch: { attempts: [{ ...attempt, changedTests: ['tests/test_calc.py'] }] } };
  const { exposures: _, ...unread } = evidence;

  it.each<[string, Partial<CaseFile>, Partial<Policy>, boolean, RegExp]>([
    ['a workflow would run it with a secret', exposed, {}, false, /ci\.yml.*pull_request.*uses the secret KEY/],
    ['the workflows were not looked at', { evidence: unread }, {}, false, /Not all workflows/],
    ['the base is another branch', { evidence: { ...evidence, baseBranch: 'next' } }, {}, false, /Not all workflows/],
    ['the policy asks for approval', {}, { release: 'on-approval' }, false, /release: on-approval/],
    ['the policy never releases', {}, { release: 'never' }, false, /Push a commit of your own/],
    [
      'the model read what gives orders',
      { taint: [suspicious] },
      {},
      true,
      /read like orders to a model: job log test/,
    ],
    [
      'somebody without write access wrote the issue',
      { trigger: { ...issueTrigger, author: 'mallory' } },
      {},
      true,
      /Issue #?.*4 was written by mallory/,
    ],
  ])('leaves the candidate in quarantine where %s', async (_, papers, policy, draft, said) => {
    const { desk, argsOf } = deskWith({ ...answers, comment: async () => 'https://github.com/c/1' }, { policy });
    const outcome = await open(opening(papers), desk);
    expect(argsOf('createCommit')).toEqual([]);
    expect(argsOf('setBranch')).toEqual([]);
    const [wanted, check] = z
      .tuple([
        z.object({ body: z.object({ text: z.string() }), draft: z.boolean() }),
        z.object({ headSha: z.string() }),
        z.undefined(),
      ])
      .parse(argsOf('openPull')[0]);
    expect(wanted.draft).toBe(draft);
    expect(wanted.body.text).toMatch(/^> \[!IMPORTANT\]\n> \*\*In quarantine/);
    expect(wanted.body.text).toMatch(said);
    expect(check.headSha).toBe(branch.candidateSha);
    expect(outcome.papers.review).toMatchObject({
      headSha: branch.candidateSha,
      quarantine: { why: [expect.any(String)], since: now.toISOString() },
    });
  });

  it('releases where the exposed workflow does not run for these files, or the orders reached no model', async () => {
    for (const papers of [
      { evidence: { ...evidence, exposures: [{ ...exposure, paths: ['docs/**'] }] } },
      { taint: [{ ...suspicious, went: ['report' as const] }] },
    ]) {
      const { desk, argsOf } = deskWith(answers);
      const outcome = await open(opening(papers), desk);
      expect(argsOf('openPull')[0]?.[2]).toEqual({ sha: sha('e'), expectedSha: branch.candidateSha });
      expect(outcome.papers.review).not.toHaveProperty('quarantine');
    }
  });

  it('says first that tests were changed, and is a draft then', async () => {
    const { desk, argsOf } = deskWith(answers);
    await open(opening(changesTests), desk);
    expect(argsOf('openPull')[0]?.[0]).toMatchObject({
      draft: true,
      body: {
        text: expect.stringMatching(
          /^> \[!WARNING\]\n> \*\*This changes tests that were there before:\*\* `tests\/test_calc\.py`/,
        ),
      },
    });
    expect(argsOf('openPull')[0]?.[2]).toEqual({ sha: sha('e'), expectedSha: branch.candidateSha });
  });

  const waiting = {
    ...openReview,
    headSha: branch.candidateSha,
    quarantine: { why: ['x'], since: now.toISOString() },
  };
  const approval = (candidateSha: string) => ({ approval: { by: 'grace', candidateSha } });

  it('releases the same tree once the commit is approved, and shows the proof there', async () => {
    const { desk, argsOf } = deskWith({ ...answers, updatePull: async () => undefined });
    const review = { ...waiting, ...approval(branch.candidateSha) };
    const outcome = await open(opening({ ...exposed, review }), desk);
    expect(argsOf('createCommit')[0]?.[0]).toMatchObject({
      message: expect.not.stringContaining('skip-checks'),
      tree: { sha: branch.treeSha },
    });
    expect(argsOf('setBranch')).toEqual([[branch.name, sha('e'), { expectedSha: branch.candidateSha }]]);
    expect(argsOf('checkRun')).toEqual([[expect.objectContaining({ headSha: sha('e') })]]);
    expect(argsOf('updatePull')[0]?.[1]).toMatchObject({
      body: { text: expect.stringContaining('Out of quarantine') },
    });
    expect(outcome).toMatchObject({ said: expect.stringContaining('grace approved it') });
    expect(outcome.papers.review).toMatchObject({ headSha: sha('e') });
    expect(outcome.papers.review).not.toHaveProperty('quarantine');
  });

  it.each([
    ['the approval was of an earlier commit', approval(sha('1')), {}],
    ['the policy never releases', approval(branch.candidateSha), { release: 'never' as const }],
  ])('keeps a later attempt in quarantine where %s', async (_, given, policy) => {
    const { desk, argsOf } = deskWith({ ...answers, updatePull: async () => undefined }, { policy, now: later(60) });
    const outcome = await open(opening({ ...exposed, review: { ...waiting, ...given } }), desk);
    expect(argsOf('setBranch')).toEqual([]);
    expect(outcome.papers.review).toMatchObject({
      headSha: branch.candidateSha,
      quarantine: { since: later(60).toISOString() },
    });
  });
});
