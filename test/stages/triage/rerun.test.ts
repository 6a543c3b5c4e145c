import { describe, expect, it } from '@jest/globals';
import { SelfHealError } from '../../../src/errors.ts';
import type { CaseFile, Triage } from '../../../src/incident/case-file.ts';
import type { Incident } from '../../../src/incident/incident.ts';
import type { RunSummary } from '../../../src/ports.ts';
import { rerun } from '../../../src/stages/triage/rerun.ts';
import { evidence, incident, issueTrigger, runTrigger, sha } from '../../incident/sample.ts';
import { type DeskOptions, deskWith, later, now } from '../desk.ts';

const timeout = {
  ...evidence,
  failures: evidence.failures.map((one) => ({ ...one, type: 'Error', message: 'connect ETIMEDOUT' })),
};
const firstTime: DeskOptions = { memory: { earlier: async () => [] } };

const at = (papers: Partial<CaseFile>, changes: Partial<Incident> = {}): Incident =>
  incident({ step: 'rerun', ...changes }, { evidence: timeout, ...papers });

const run = (changes: Partial<RunSummary> = {}): RunSummary => ({
  id: 71,
  attempt: 1,
  status: 'completed',
  conclusion: 'failure',
  headSha: sha('a'),
  headBranch: 'main',
  workflowPath: '.github/workflows/ci.yml',
  title: 'CI',
  createdAt: now,
  url: 'https://github.com/acme/pricing/actions/runs/71',
  ...changes,
});

const transient = (changes: Partial<Triage> = {}): Triage => ({
  decision: 'transient',
  reason: 'a network error: connect ETIMEDOUT',
  reruns: [],
  ...changes,
});
const backingOff = transient({ nextRerunAt: now.toISOString() });
const askedFor = (attempt: number, minutesAgo = 1): Triage =>
  transient({
    reruns: Array.from({ length: attempt - 1 }, (_, index) => ({
      attempt: index + 2,
      requestedAt: later(-minutesAgo).toISOString(),
    })),
  });

const attemptSeen = (runAttempt: number): CaseFile['trigger'] => ({ ...runTrigger, runAttempt });

describe('in shadow mode', () => {
  it('a transient failure is not run again: that could be seen', async () => {
    const { desk, calls } = deskWith({}, { ...firstTime, policy: { mode: 'shadow' } });
    expect(await rerun(at({}), desk)).toMatchObject({
      kind: 'stop',
      reason: 'shadowed',
      said: 'It would have run the failed jobs again: a network error: Error: connect ETIMEDOUT.',
    });
    expect(calls.map(({ name }) => name)).toEqual(['earlier']);
  });

  it('a dry run is kept from nothing by what was tried before, and asks nobody of it', async () => {
    const dryRun = { askedBy: 'ada', issueNumber: 3, commentId: 9, commentUrl: 'u' };
    const { desk, calls } = deskWith({}, { policy: { mode: 'shadow' } });
    const outcome = await rerun(at({ evidence, trigger: { ...runTrigger, dryRun } }), desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { triage: { decision: 'structural' } } });
    expect(calls).toEqual([]);
  });
});

describe('the first look', () => {
  it('sends what is structural on to the diagnosis, and re-runs nothing', async () => {
    const { desk } = deskWith({}, firstTime);
    const outcome = await rerun(at({ evidence }), desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { triage: { decision: 'structural', reruns: [] } } });
  });

  it('waits out the backoff of the policy before it re-runs a transient failure', async () => {
    const { desk } = deskWith({}, { ...firstTime, policy: { 'rerun-backoff-seconds': 120 } });
    const outcome = await rerun(at({}), desk);
    expect(outcome).toMatchObject({
      kind: 'wait',
      waitsFor: 'time',
      deadlineAt: later(2),
      papers: { triage: { decision: 'transient', nextRerunAt: later(2).toISOString() } },
    });
    expect(outcome).toHaveProperty('said', expect.stringContaining('Re-run 1 of 2 in 120 s'));
  });

  it('never re-runs where the policy allows none', async () => {
    const { desk } = deskWith({}, { ...firstTime, policy: { reruns: 0 } });
    expect(await rerun(at({}), desk)).toMatchObject({ kind: 'done', papers: { triage: { decision: 'structural' } } });
  });

  it('never re-runs for an issue: there is no run', async () => {
    const { desk } = deskWith({}, firstTime);
    expect(await rerun(at({ trigger: issueTrigger }), desk)).toMatchObject({
      kind: 'done',
      papers: { triage: { decision: 'structural', reason: 'a person asked for a fix' } },
    });
  });

  it('asks the breaker with the last thirty days, by the failure’s own name', async () => {
    const earlier = async () => [
      { id: 'aaaaaaaaaa', stopReason: 'no-patch', baseSha: evidence.baseSha, closedAt: later(-90) },
    ];
    const { desk, argsOf } = deskWith({}, { memory: { earlier } });
    expect(await rerun(at({}), desk)).toMatchObject({ kind: 'stop', reason: 'already-tried' });
    expect(argsOf('earlier')).toEqual([[incident().repository, evidence.failureFingerprints, later(-30 * 24 * 60)]]);
  });
});

describe('after the backoff', () => {
  it('re-runs the failed jobs once and waits for the next attempt', async () => {
    const { desk, argsOf } = deskWith({ run: async () => run(), rerunFailedJobs: async () => undefined });
    const outcome = await rerun(at({ triage: backingOff }, { state: 'waiting', waitsFor: 'time' }), desk);
    expect(argsOf('rerunFailedJobs')).toEqual([[71]]);
    expect(outcome).toMatchObject({
      kind: 'wait',
      waitsFor: 'rerun',
      checkAt: later(5),
      deadlineAt: later(6 * 60),
      papers: { triage: { reruns: [{ attempt: 2, requestedAt: now.toISOString() }] } },
    });
    expect(outcome.papers.triage).not.toHaveProperty('nextRerunAt');
  });

  it('goes on backing off when it is woken too early', async () => {
    const { desk } = deskWith({ run: async () => run() });
    const triage = transient({ nextRerunAt: later(3).toISOString() });
    expect(await rerun(at({ triage }), desk)).toMatchObject({ kind: 'wait', waitsFor: 'time', deadlineAt: later(3) });
  });

  it.each([
    ['a person re-ran it meanwhile', run({ attempt: 2, status: 'in_progress', conclusion: null })],
    ['we asked for it before a crash', run({ attempt: 2, status: 'queued', conclusion: null })],
    ['it was re-run and failed again', run({ attempt: 2 })],
  ])('does not re-run when %s', async (_, found) => {
    const { desk, argsOf } = deskWith({ run: async () => found });
    const outcome = await rerun(at({ triage: backingOff }), desk);
    expect(argsOf('rerunFailedJobs')).toEqual([]);
    expect(outcome).toMatchObject({
      kind: 'wait',
      waitsFor: 'rerun',
      papers: { triage: { reruns: [{ attempt: 2 }] } },
    });
  });

  it('is structural when GitHub refuses to run it again, and waits for GitHub when it is only away', async () => {
    const refusing = (code: 'github-refused' | 'github-unavailable') =>
      deskWith({
        run: async () => run(),
        rerunFailedJobs: async () => {
          throw new SelfHealError(code, 'This workflow run cannot be retried');
        },
      }).desk;
    expect(await rerun(at({ triage: backingOff }), refusing('github-refused'))).toMatchObject({ kind: 'done' });
    await expect(rerun(at({ triage: backingOff }), refusing('github-unavailable'))).rejects.toThrow('retried');
  });

  it('is structural when the run is gone', async () => {
    const { desk } = deskWith({ run: async () => undefined });
    const outcome = await rerun(at({ triage: backingOff }), desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { triage: { decision: 'structural' } } });
    expect(outcome.papers.triage?.reason).toContain('the run is gone');
  });
});

describe('after a re-run', () => {
  it.each([
    ['still shows the old attempt, as GitHub does for a moment after the request', run()],
    ['runs', run({ attempt: 2, status: 'in_progress', conclusion: null })],
    ['is queued', run({ attempt: 2, status: 'queued', conclusion: null })],
  ])('waits while the run %s', async (_, found) => {
    const { desk } = deskWith({ run: async () => found });
    expect(await rerun(at({ triage: askedFor(2) }), desk)).toMatchObject({
      kind: 'wait',
      waitsFor: 'rerun',
      checkAt: later(5),
    });
  });

  it('has recovered when the new attempt passed', async () => {
    const { desk } = deskWith({ run: async () => run({ attempt: 2, conclusion: 'success' }) });
    expect(await rerun(at({ triage: askedFor(2) }), desk)).toMatchObject({ kind: 'stop', reason: 'recovered' });
  });

  it('has not recovered by the success of an older attempt', async () => {
    const { desk } = deskWith({ run: async () => run({ attempt: 1, conclusion: 'success' }) });
    expect(await rerun(at({ triage: askedFor(2) }), desk)).toMatchObject({ kind: 'wait' });
  });

  it('that failed as well, looks at what the new attempt failed with', async () => {
    const { desk } = deskWith({ run: async () => run({ attempt: 2 }) });
    expect(await rerun(at({ triage: askedFor(2) }), desk)).toMatchObject({
      kind: 'back',
      papers: { trigger: { runAttempt: 2 }, triage: { reruns: [{ attempt: 2 }] } },
    });
  });

  it('backs off twice as long before the second', async () => {
    const { desk } = deskWith({}, { policy: { 'rerun-backoff-seconds': 60 } });
    expect(await rerun(at({ triage: askedFor(2), trigger: attemptSeen(2) }), desk)).toMatchObject({
      kind: 'wait',
      waitsFor: 'time',
      deadlineAt: later(2),
    });
  });

  it('is structural when all re-runs failed', async () => {
    const { desk } = deskWith({});
    const outcome = await rerun(at({ triage: askedFor(3), trigger: attemptSeen(3) }), desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { triage: { decision: 'structural', reruns: [{}, {}] } } });
    expect(outcome.papers.triage?.reason).toContain('failed again in 2 re-runs');
  });

  it('is structural at once when the new attempt fails with what no re-run mends', async () => {
    const { desk } = deskWith({});
    const outcome = await rerun(at({ evidence, triage: askedFor(2), trigger: attemptSeen(2) }), desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { triage: { decision: 'structural', reruns: [{}] } } });
  });

  it('is structural when the re-run does not end before its deadline', async () => {
    const { desk } = deskWith({ run: async () => run({ attempt: 2, status: 'in_progress', conclusion: null }) });
    const outcome = await rerun(at({ triage: askedFor(2, 6 * 60) }), desk);
    expect(outcome).toMatchObject({ kind: 'done', papers: { triage: { decision: 'structural' } } });
    expect(outcome.papers.triage?.reason).toContain('did not end within six hours');
  });
});

it('never asks for more re-runs than the policy allows, however often it is looked at', async () => {
  let attempt = 1;
  let requests = 0;
  let subject = at({});
  const { desk } = deskWith(
    {
      run: async () => run({ attempt }),
      rerunFailedJobs: async () => {
        requests += 1;
        attempt += 1;
      },
    },
    { ...firstTime, policy: { reruns: 3, 'rerun-backoff-seconds': 0 } },
  );
  for (let look = 0; look < 20; look += 1) {
    const outcome = await rerun(subject, desk);
    if (outcome.kind !== 'wait' && outcome.kind !== 'back') break;
    subject = { ...subject, state: 'waiting', caseFile: { ...subject.caseFile, ...outcome.papers } };
  }
  expect(requests).toBe(3);
});
