import { describe, expect, it } from '@jest/globals';
import type { CaseFile } from '../../../src/incident/case-file.ts';
import { type StopReason, stopReasons } from '../../../src/incident/outcome.ts';
import type { GitHub } from '../../../src/ports.ts';
import { explain } from '../../../src/stages/review/explain.ts';
import { explanation, placeOf } from '../../../src/stages/review/explanation.ts';
import {
  attempt,
  diagnosis,
  evidence,
  incident,
  issueTrigger,
  openReview,
  provenValidation,
  runTrigger,
  sha,
} from '../../incident/sample.ts';
import { deskWith, now } from '../desk.ts';

const reasons = Object.keys(stopReasons).filter((reason): reason is StopReason => reason in stopReasons);
const stoppedBy = (stopReason: StopReason, papers: Partial<CaseFile> = {}) =>
  incident({ step: 'explain', stopReason, stopDetail: 'That is how it ended.' }, { evidence, ...papers });
const branch = { name: 'self-heal/0a1b2c3d4e-x', candidateSha: sha('c'), treeSha: sha('d'), attempt: 2 };
const answers: Partial<GitHub> = {
  comment: async () => 'https://github.com/acme/pricing/issues/4#c1',
  commitComment: async () => 'https://github.com/acme/pricing/commit/a#c2',
  checkRun: async () => undefined,
  setBranch: async () => undefined,
  deleteBranch: async () => undefined,
};

describe('the place of an explanation', () => {
  it.each([
    ['not-ours', 'nowhere'],
    ['disabled', 'nowhere'],
    ['rejected', 'nowhere'],
    ['recovered', 'check'],
    ['duplicate', 'check'],
    ['already-tried', 'check'],
    ['breaker-open', 'check'],
    ['no-patch', 'commit'],
    ['low-confidence', 'commit'],
    ['not-reproduced', 'commit'],
    ['no-workflow', 'commit'],
    ['defect', 'commit'],
  ] as const)('of a run that ended as %s is %s', (reason, kind) => {
    expect(placeOf(stoppedBy(reason))).toEqual(kind === 'nowhere' ? { kind } : { kind, sha: sha('a') });
  });

  it.each(reasons)(
    'of an issue that ended as %s is the issue, once somebody was told that it is looked into',
    (reason) => {
      const unsaid = reason === 'not-ours' || reason === 'rejected';
      expect(placeOf(stoppedBy(reason, { trigger: issueTrigger }))).toEqual(
        unsaid ? { kind: 'nowhere' } : { kind: 'discussion', number: 4 },
      );
    },
  );

  it.each(reasons)('of an open pull request that ended as %s is the pull request', (reason) => {
    const unsaid = reason === 'not-ours' || reason === 'disabled' || reason === 'rejected';
    expect(placeOf(stoppedBy(reason, { review: openReview }))).toEqual(
      unsaid ? { kind: 'nowhere' } : { kind: 'discussion', number: 8 },
    );
  });
});

describe('explain', () => {
  it('comments once on the commit, with the incident as the mark', async () => {
    const { desk, argsOf } = deskWith(answers);
    const outcome = await explain(stoppedBy('no-patch'), desk);
    expect(argsOf('commitComment')).toEqual([
      [sha('a'), '0a1b2c3d4e', { text: expect.stringContaining(stopReasons['no-patch']) }],
    ]);
    expect(outcome).toMatchObject({
      kind: 'done',
      papers: { explainedAt: 'https://github.com/acme/pricing/commit/a#c2' },
    });
  });

  it('edits the answer on the issue', async () => {
    const { desk, argsOf } = deskWith(answers);
    await explain(stoppedBy('no-evidence', { trigger: issueTrigger }), desk);
    expect(argsOf('comment')).toEqual([[4, '0a1b2c3d4e', { text: expect.stringContaining('this issue') }]]);
  });

  it('leaves a neutral check where nobody has to be notified', async () => {
    const { desk, argsOf } = deskWith(answers);
    await explain(stoppedBy('recovered'), desk);
    expect(argsOf('checkRun')).toEqual([
      [expect.objectContaining({ headSha: sha('a'), conclusion: 'neutral', title: stopReasons.recovered })],
    ]);
  });

  it('says nothing where a person decided', async () => {
    const { desk, calls } = deskWith();
    expect(await explain(stoppedBy('not-ours'), desk)).toMatchObject({
      kind: 'done',
      said: expect.stringContaining('Nothing to say'),
    });
    expect(calls).toEqual([]);
  });
});

describe('in shadow mode', () => {
  const shadow = { policy: { mode: 'shadow' } } as const;

  it.each(reasons)('nothing is said of what ended as %s, and the branch goes', async (reason) => {
    const { desk, calls } = deskWith({ deleteBranch: async () => undefined }, shadow);
    await explain(stoppedBy(reason, { branch, shadow: true }), desk);
    await explain(stoppedBy(reason, { trigger: issueTrigger }), desk);
    expect(calls.map(({ name }) => name)).toEqual(['deleteBranch']);
  });

  it('nothing is said either where it ended before the policy was read: the file is asked for', async () => {
    const { desk, calls } = deskWith({ file: async () => ({ text: 'mode: shadow' }) });
    await explain(incident({ step: 'explain', stopReason: 'no-evidence' }), desk);
    expect(calls).toEqual([{ name: 'file', args: ['.github/self-heal.yml', 'main'] }]);
  });

  it('the organisation may have said so for all of its repositories', async () => {
    const { desk } = deskWith({ file: async () => undefined });
    const owner = { file: async () => ({ text: 'mode: shadow' }), versions: async () => [] };
    const outcome = await explain(incident({ step: 'explain', stopReason: 'defect' }), { ...desk, owner });
    expect(outcome).toMatchObject({ said: expect.stringContaining('In shadow mode nothing is said') });
  });

  it('a dry run is answered where it was asked for, and nowhere else', async () => {
    const dryRun = { askedBy: 'ada', issueNumber: 3, commentId: 9, commentUrl: 'https://github.com/x#issuecomment-1' };
    const { desk, calls } = deskWith(answers, shadow);
    await explain(stoppedBy('low-confidence', { trigger: { ...runTrigger, dryRun } }), desk);
    expect(calls).toEqual([
      {
        name: 'comment',
        args: [3, 'dry-run-9', { text: expect.stringContaining('Dry run of [') }, { url: dryRun.commentUrl }],
      },
    ]);
  });
});

describe('the branch of a stopped incident', () => {
  it('goes, when there is no pull request', async () => {
    const { desk, argsOf } = deskWith(answers);
    await explain(stoppedBy('no-patch', { branch }), desk);
    expect(argsOf('deleteBranch')).toEqual([[branch.name]]);
  });

  const standsAt = (head: string): Partial<GitHub> => ({ ...answers, branchHead: async () => head });

  it('goes, when the pull request was closed', async () => {
    const { desk, argsOf } = deskWith(standsAt(openReview.headSha));
    await explain(stoppedBy('rejected', { branch, review: openReview }), desk);
    expect(argsOf('deleteBranch')).toEqual([[branch.name]]);
  });

  it.each(['no-patch', 'no-answer', 'sandbox-unavailable', 'defect'] as const)(
    'stands at what was proven, when its pull request is open (%s)',
    async (reason) => {
      const { desk, argsOf } = deskWith(standsAt(branch.candidateSha));
      await explain(stoppedBy(reason, { branch, review: openReview }), desk);
      expect(argsOf('setBranch')).toEqual([[branch.name, openReview.headSha, { expectedSha: branch.candidateSha }]]);
      expect(argsOf('comment')).toEqual([[8, '0a1b2c3d4e', { text: expect.stringContaining('this pull request') }]]);
    },
  );

  it.each(['no-answer', 'rejected'] as const)(
    'is left alone with the commits of other people on it (%s)',
    async (reason) => {
      const { desk, argsOf } = deskWith(standsAt(sha('7')));
      await explain(stoppedBy(reason, { branch, review: openReview }), desk);
      expect([...argsOf('setBranch'), ...argsOf('deleteBranch')]).toEqual([]);
    },
  );

  it('is left alone after the merge: people may have deleted it', async () => {
    const { desk, argsOf } = deskWith(answers);
    const review = { ...openReview, mergedSha: sha('9'), mergedAt: now.toISOString() };
    await explain(stoppedBy('access-lost', { branch, review }), desk);
    expect([...argsOf('setBranch'), ...argsOf('deleteBranch')]).toEqual([]);
  });
});

describe('the explanation', () => {
  const full = {
    diagnosis,
    validation: provenValidation,
    patch: { attempts: [{ ...attempt, feedback: 'Still red: 72 != 71' }] },
  };

  it('shows the change that is never pushed, ready to be applied', () => {
    const { text } = explanation(stoppedBy('forbidden', full));
    const shown = text.slice(text.indexOf('### The change that would help'), text.indexOf('<details>'));
    expect(shown).toContain('git apply');
    expect(shown).toContain(attempt.diff.trim());
    expect(explanation(stoppedBy('no-patch', full)).text).not.toContain('### The change that would help');
  });

  it('tells what was found, tried and seen', () => {
    const { text } = explanation(stoppedBy('no-patch', full));
    for (const part of [
      'opens no pull request',
      'That is how it ended.',
      '### What it found',
      '### Where to look',
      '### What the sandbox saw',
      'Attempt 1',
      'Still red: 72 != 71',
      'Timeline',
      'stopped: `no-patch`',
    ])
      expect(text).toContain(part);
  });

  it('says that the failed jobs passed, where they did', () => {
    const { text } = explanation(stoppedBy('recovered'));
    expect(text).toContain(
      'ran the failed jobs of [CI](https://github.com/acme/pricing/actions/runs/71) again, and they passed.',
    );
    expect(text).not.toContain('Where to look');
  });

  it('does not say of an open pull request that there is none', () => {
    expect(explanation(stoppedBy('no-answer', { ...full, review: openReview })).text).not.toContain(
      'opens no pull request',
    );
  });

  it('fits into a comment, whatever was tried', () => {
    const huge = { ...attempt, diff: '+x\n'.repeat(100_000), feedback: 'y'.repeat(100_000) };
    expect(explanation(stoppedBy('no-patch', { patch: { attempts: [huge, huge, huge] } })).text.length).toBeLessThan(
      65_536,
    );
  });
});

describe('that the sandbox workflow is missing', () => {
  const said = (withoutWorkflow?: CaseFile['withoutWorkflow']) =>
    explanation(stoppedBy('no-workflow', { diagnosis, ...(withoutWorkflow ? { withoutWorkflow } : {}) })).text;
  const words = 'nothing can be proven';

  it('is said by the first incident', () => {
    expect(said()).toContain(words);
    expect(said({ kind: 'unsaid' })).toContain(words);
  });

  it('is left to the setup issue where there is one', () => {
    expect(said({ kind: 'issue', number: 12 })).toContain('opens no pull request.** What it needs for that: #12.\n');
    expect(said({ kind: 'issue', number: 12 })).not.toContain(words);
  });

  it('is not said again, though the diagnosis is', () => {
    expect(said({ kind: 'said' })).toContain('opens no pull request.**\n');
    expect(said({ kind: 'said' })).not.toContain(words);
    expect(said({ kind: 'said' })).toContain(diagnosis.change);
  });
});
