import { describe, expect, it } from '@jest/globals';
import type { Incident, StepName } from '../src/incident/incident.ts';
import type { Outcome } from '../src/incident/outcome.ts';
import { advance, policyOf, steps } from '../src/pipeline.ts';
import type { GitHub, Permissions, World } from '../src/ports.ts';
import { evidence, incident, issueTrigger, openReview, runTrigger } from './incident/sample.ts';
import { ledgerIn, spending } from './spending/outside.ts';
import { deskWith, now } from './stages/desk.ts';

/** The permission that GitHub asks for: https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
const needed: Partial<Record<keyof GitHub, keyof Permissions>> = {
  checkRun: 'checks',
  comment: 'issues',
  commitComment: 'contents',
  branchHead: 'contents',
  setBranch: 'contents',
  deleteBranch: 'contents',
};

async function advanced(subject: Incident, answers: Partial<GitHub> = {}) {
  const { desk, calls } = deskWith(answers);
  const asked: Permissions[] = [];
  const world: World = {
    now: () => now,
    memory: desk.memory,
    ledger: ledgerIn(),
    spending,
    model: { ask: () => Promise.reject(new Error('nobody asked the model')) },
    github: (_, permissions) => {
      asked.push(permissions);
      return desk.github;
    },
  };
  const outcome: Outcome = await advance(subject, world, {
    signal: new AbortController().signal,
    resumed: false,
    onCall: () => undefined,
  });
  return { outcome, calls, asked };
}

describe('advance', () => {
  it('gives a step the policy of the base commit, and the clock of the world', async () => {
    const policyText = 'review-days: 3';
    const { outcome } = await advanced(
      incident({ step: 'settle' }, { evidence: { ...evidence, policyText }, review: openReview }),
    );
    expect(outcome).toMatchObject({ kind: 'wait', deadlineAt: new Date(now.getTime() + 3 * 24 * 3_600_000) });
  });

  it('gives the default policy before there is evidence', () => {
    expect(policyOf(incident())).toMatchObject({ mode: 'propose', attempts: 3 });
  });

  it.each(['', 'mode: off', 'mode: auto-merge', 'mode: ['])(
    'shows nothing of a dry run where the policy is %j',
    (policyText) => {
      const trigger = { ...runTrigger, dryRun: { askedBy: 'ada', issueNumber: 3, commentId: 9, commentUrl: 'u' } };
      expect(policyOf(incident({}, { trigger, evidence: { ...evidence, policyText } }))).toMatchObject({
        mode: 'shadow',
      });
    },
  );

  it('mints no token for a step that does not ask GitHub', async () => {
    const { asked } = await advanced(incident({ step: 'learn' }));
    expect(asked).toEqual([]);
  });

  it.each([
    ['a check', incident({ step: 'explain', stopReason: 'recovered' }, { evidence })],
    ['a comment on the commit', incident({ step: 'explain', stopReason: 'no-patch' }, { evidence })],
    [
      'a comment on the issue',
      incident({ step: 'explain', stopReason: 'no-patch' }, { evidence, trigger: issueTrigger }),
    ],
    [
      'the branch put back',
      incident(
        { step: 'explain', stopReason: 'no-patch' },
        {
          review: openReview,
          branch: { name: 'x', candidateSha: 'c'.repeat(40), treeSha: 'd'.repeat(40), attempt: 2 },
        },
      ),
    ],
  ])('explains with a token that may leave %s', async (_, subject) => {
    const { calls, asked } = await advanced(subject, {
      checkRun: async () => undefined,
      comment: async () => 'https://github.com/x',
      commitComment: async () => 'https://github.com/x',
      branchHead: async () => 'c'.repeat(40),
      setBranch: async () => undefined,
    });
    expect(calls.length).toBeGreaterThan(0);
    for (const { name } of calls) {
      const permission = Object.entries(needed).find(([method]) => method === name)?.[1];
      expect(permission && asked[0]?.[permission]).toBe('write');
    }
  });
});

describe('a token', () => {
  const writers: Partial<Record<keyof Permissions, StepName[]>> = {
    contents: ['push', 'open', 'settle', 'revert', 'explain'],
    pull_requests: ['open', 'settle', 'revert', 'explain'],
    actions: ['rerun', 'dispatch'],
    checks: ['open', 'explain'],
    issues: ['collect', 'open', 'revert', 'explain'],
  };

  it.each(Object.entries(writers))('that may write %s is minted for nobody but those who must', (permission, names) => {
    const may = Object.entries(steps).flatMap(([name, step]) =>
      step.asks === 'github' && Object.entries(step.may).some(([key, level]) => key === permission && level === 'write')
        ? [name]
        : [],
    );
    expect(may.sort()).toEqual([...names].sort());
  });
});
