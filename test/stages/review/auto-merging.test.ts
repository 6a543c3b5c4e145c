import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { defaultPolicy } from '../../../src/config/policy.ts';
import type { AutoMergeAnswer, ProposalOutcome } from '../../../src/ports/auto-merge.ts';
import type { GitHub, PullSummary } from '../../../src/ports.ts';
import { autoMerged, autoMergeTakenBack } from '../../../src/stages/review/auto-merging.ts';
import { attempt, diagnosis, evidence, incident, openReview, provenValidation, sha } from '../../incident/sample.ts';
import { deskWith, now } from '../desk.ts';

const proven = (papers = {}) =>
  incident(
    { step: 'open' },
    { evidence, diagnosis, validation: provenValidation, taint: [], patch: { attempts: [attempt] }, ...papers },
  );
const pull: PullSummary = {
  ...{ number: 8, url: openReview.url, state: 'open', merged: false, mergedSha: null, mergedAt: null, closedBy: null },
  ...{ headSha: sha('e'), baseBranch: 'main', draft: false },
};
const opened = { pull, held: [] };
const held: ProposalOutcome = { outcome: 'held', confidence: 0.9, kind: 'code', autoMerged: false, closedAt: now };
const mode = { mode: 'auto-merge' as const, 'auto-merge': { ...defaultPolicy['auto-merge'], paths: ['pricing/**'] } };

function desk(
  answer: AutoMergeAnswer = { kind: 'enabled' },
  more: Partial<GitHub> = {},
  history = Array(6).fill(held),
) {
  const github: Partial<GitHub> = {
    enableAutoMerge: async () => answer,
    disableAutoMerge: async () => true,
    comment: async () => 'https://github.com/acme/pricing/pull/8#issuecomment-1',
    ...more,
  };
  return deskWith(github, { policy: mode, memory: { outcomes: async () => history } });
}
const Comment = z.tuple([z.literal(8), z.literal('0a1b2c3d4e/auto-merge'), z.looseObject({ text: z.string() })]);
const said = (calls: unknown[][]): string[] => calls.map((args) => Comment.parse(args)[2].text);

describe('after a pull request was opened', () => {
  it('asks GitHub to merge it by itself, this very commit, and says how to stop it', async () => {
    const { desk: there, argsOf } = desk();
    const merged = await autoMerged(proven(), opened, there);
    const body = expect.stringContaining('Incident: 0a1b2c3d4e');
    const message = { headline: '[self-heal] fix(pricing): accept a discount of zero (#8)', body };
    expect(argsOf('enableAutoMerge')).toEqual([[8, { headSha: sha('e'), method: 'squash', message }]]);
    expect(merged).toEqual({
      said: 'GitHub merges it by itself once the branch’s rules are met (squash; confidence 92 %).',
      papers: { autoMerge: { enabledAt: now.toISOString(), method: 'squash', confidence: expect.closeTo(0.92) } },
    });
    expect(said(argsOf('comment'))).toEqual([expect.stringContaining('set the label `self-heal:skip`')]);
  });

  it('keeps the commit’s own message where it is rebased', async () => {
    const { desk: there, argsOf } = desk();
    const policy = { ...there.policy, 'auto-merge': { ...there.policy['auto-merge'], method: 'rebase' as const } };
    await autoMerged(proven(), opened, { ...there, policy });
    expect(argsOf('enableAutoMerge')).toEqual([[8, { headSha: sha('e'), method: 'rebase' }]]);
  });

  it.each(['propose', 'diagnose'] as const)('does nothing in mode %s', async (other) => {
    const { desk: there, calls } = desk();
    expect(await autoMerged(proven(), opened, { ...there, policy: { ...there.policy, mode: other } })).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it('says why not, on the pull request and in the timeline, and asks GitHub nothing', async () => {
    const { desk: there, argsOf } = desk(undefined, {}, [held]);
    const left = await autoMerged(
      proven(),
      { pull: { ...pull, draft: true }, held: ['The policy says release: never.'] },
      there,
    );
    expect(left?.papers).toEqual({});
    expect(left?.said).toMatch(
      /^Left to people: It is a draft\. The policy says release: never\. 1 of .* it takes 5\./,
    );
    expect(argsOf('enableAutoMerge')).toEqual([]);
    expect(said(argsOf('comment'))[0]).toContain('- It is a draft.\n- The policy says release: never.\n- ');
  });

  it.each<[Extract<AutoMergeAnswer, { kind: 'refused' }>['why'], string]>([
    ['not-allowed', 'switch on `Allow auto-merge` in the repository’s settings'],
    ['no-rules', 'Protect it, and require the status checks that have to pass'],
    ['nothing-required', 'Require at least one status check'],
    ['forbidden', '`contents: write`'],
    ['method', '`auto-merge.method`'],
    ['moved', 'another commit was pushed'],
    ['other', 'merge it yourself'],
  ])('leaves the pull request as it is where GitHub refuses (%s), and says what to do', async (why, wayOut) => {
    const { desk: there, argsOf } = desk({ kind: 'refused', why, said: 'No @octocat, no.' });
    const left = await autoMerged(proven(), opened, there);
    expect(left?.papers).toEqual({});
    expect(left?.said).toContain(wayOut);
    const [comment = ''] = said(argsOf('comment'));
    expect(comment).toContain(wayOut);
    expect(comment).not.toContain(' @octocat');
  });
});

const autoMerge = { enabledAt: now.toISOString(), method: 'squash' as const, confidence: 0.92 };
const review = { ...openReview, autoMerge };
const open = { pull, changesAsked: false };

describe('while a pull request waits to be merged by GitHub', () => {
  const unlabelled = { issue: async () => ({ state: 'open' as const, labels: ['self-heal'] }) };

  it.each<[string, Parameters<typeof autoMergeTakenBack>[2], string[], string]>([
    ['somebody asks for changes', { pull, changesAsked: true }, [], 'somebody asks for changes.'],
    [
      'somebody pushes',
      { pull: { ...pull, headSha: sha('9') }, changesAsked: false },
      [],
      '`9999999` is not the commit that was proven.',
    ],
    ['somebody forbids it', open, ['self-heal:skip'], 'it was labelled `self-heal:skip`.'],
  ])('%s: it is left to people', async (_, seen, labels, why) => {
    const { desk: there, argsOf } = desk(undefined, { issue: async () => ({ state: 'open', labels }) });
    expect(await autoMergeTakenBack(proven(), review, seen, there)).toEqual({
      ...review,
      autoMerge: { ...autoMerge, off: why },
    });
    expect(argsOf('disableAutoMerge')).toEqual([[8]]);
    expect(said(argsOf('comment'))).toEqual([expect.stringContaining('Not merged automatically any more')]);
  });

  it('nothing happens while nobody objects', async () => {
    const { desk: there, calls } = desk(undefined, unlabelled);
    expect(await autoMergeTakenBack(proven(), review, open, there)).toBe(review);
    expect(calls.map(({ name }) => name)).toEqual(['issue']);
  });

  it.each([
    ['was never wanted', openReview],
    ['was taken back', { ...review, autoMerge: { ...autoMerge, off: 'somebody asks for changes.' } }],
  ])('nothing is asked where it %s', async (_, given) => {
    const { desk: there, calls } = desk();
    expect(await autoMergeTakenBack(proven(), given, { pull, changesAsked: true }, there)).toBe(given);
    expect(calls).toEqual([]);
  });
});
