import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Incident, stepNames } from '../../src/incident/incident.ts';
import { follow, lastAttempt, retried, route, stopped } from '../../src/incident/lifecycle.ts';
import { type Outcome, stop } from '../../src/incident/outcome.ts';
import { attempt, evidence, incident, openReview, openRound, runTrigger } from './sample.ts';

const now = new Date('2026-03-02T09:00:00.000Z');
const limits = { attempts: 3 };
const done: Outcome = { kind: 'done', papers: {}, said: 'done' };

describe('the route', () => {
  it('leads from collect to closed when every step is done', () => {
    let current = incident();
    const walked: string[] = [];
    while (current.state !== 'closed') {
      walked.push(current.step);
      current = follow(current, done, now, limits).incident;
    }
    expect(walked).toEqual([
      'collect',
      'rerun',
      'diagnose',
      'propose',
      'critique',
      'enforce',
      'push',
      'dispatch',
      'conclude',
      'open',
      'settle',
      'watch',
      'learn',
    ]);
    expect(current).toMatchObject({ stopReason: 'healed', closedAt: now.toISOString() });
  });

  it('asks for the next job at once, for the revision that it saves', () => {
    const { incident: next, job } = follow(incident(), done, now, limits);
    expect(next.revision).toBe(4);
    expect(job).toEqual({ incidentId: next.id, revision: 4, runAt: now });
  });

  it('renames an incident after its failure once the log was read', () => {
    const { incident: next } = follow(incident(), { ...done, papers: { evidence } }, now, limits);
    expect(next.fingerprint).toBe('failure:0123456789abcdef');
  });

  it('leaves a dry run its own name: a real incident of the same failure may be open', () => {
    const dryRun = { askedBy: 'ada', issueNumber: 3, commentId: 9, commentUrl: 'u' };
    const asked = incident({ fingerprint: 'dry-run:1' }, { trigger: { ...runTrigger, dryRun } });
    const outcome: Outcome = { kind: 'done', papers: { evidence }, said: 'Collected.' };
    expect(follow(asked, outcome, now, limits).incident).toMatchObject({ step: 'rerun', fingerprint: 'dry-run:1' });
  });

  it('waits until the check, or the deadline if that comes first', () => {
    const deadlineAt = new Date('2026-03-02T10:00:00.000Z');
    const wait = (checkAt: Date): Outcome => ({
      kind: 'wait',
      papers: {},
      said: 'w',
      waitsFor: 'people',
      deadlineAt,
      checkAt,
    });
    const waiting = incident({ step: 'settle' });
    expect(follow(waiting, wait(new Date('2026-03-02T09:05:00.000Z')), now, limits).job?.runAt.toISOString()).toBe(
      '2026-03-02T09:05:00.000Z',
    );
    expect(follow(waiting, wait(new Date('2026-03-02T12:00:00.000Z')), now, limits).job?.runAt).toEqual(deadlineAt);
  });

  it('notes a wait once, however often it is looked at', () => {
    const wait: Outcome = { kind: 'wait', papers: {}, said: 'w', waitsFor: 'people', deadlineAt: now };
    const once = follow(incident({ step: 'settle' }), wait, now, limits).incident;
    const twice = follow(once, wait, now, limits).incident;
    expect(twice.timeline).toEqual(once.timeline);
  });
});

describe('attempts', () => {
  const again: Outcome = { kind: 'again', papers: {}, feedback: 'still red' };
  const concluding = incident({ step: 'conclude' }, { patch: { attempts: [attempt] } });

  it('are spent by `again`, which says why with the attempt', () => {
    const { incident: next } = follow(concluding, again, now, limits);
    expect(next).toMatchObject({ step: 'propose', attempt: 2 });
    expect(next.caseFile.patch?.attempts[0]?.feedback).toBe('still red');
  });

  it('end in an explanation when they are used up', () => {
    const { incident: next } = follow({ ...concluding, attempt: 3 }, again, now, limits);
    expect(next).toMatchObject({ step: 'explain', stopReason: 'no-patch', attempt: 3 });
    expect(next.stopDetail).toContain('still red');
  });

  it('are not spent by undo', () => {
    const { incident: next } = follow(
      incident({ step: 'watch' }),
      { kind: 'undo', papers: {}, said: 'back' },
      now,
      limits,
    );
    expect(next).toMatchObject({ step: 'revert', attempt: 1 });
    const learnt = follow(next, done, now, limits).incident;
    expect(follow(learnt, done, now, limits).incident.stopReason).toBe('reverted');
  });

  it.each(stepNames.filter((name) => !route[name].again))('cannot be spent by %s', (step) => {
    expect(() => follow(incident({ step }), again, now, limits)).toThrow(TypeError);
  });
});

describe('a round that reviewers asked for', () => {
  const again: Outcome = { kind: 'again', papers: {}, feedback: 'still red' };
  const inRound = (changes: Partial<Incident>) =>
    incident(changes, { patch: { attempts: [attempt] }, review: { ...openReview, rounds: 1, round: openRound } });
  const failed = (next: Incident) => next.caseFile.review?.round?.failed;

  it('spends attempts of its own, beyond those of the first proof', () => {
    const asking = { ...again, papers: { review: { ...openReview, rounds: 1, round: openRound } } };
    const first = follow(incident({ step: 'settle', attempt: 3 }), asking, now, limits).incident;
    expect(first).toMatchObject({ step: 'propose', attempt: 4 });
    expect(follow({ ...first, step: 'conclude' }, again, now, limits).incident).toMatchObject({
      step: 'propose',
      attempt: 5,
    });
    expect(lastAttempt(first, limits)).toBe(5);
  });

  it('that is used up leads back to where the pull request waits, with what to tell', () => {
    const { incident: next } = follow(inRound({ step: 'conclude', attempt: 5, failures: 2 }), again, now, limits);
    expect(next).toMatchObject({ step: 'settle', state: 'working', stopReason: null, attempt: 5, failures: 0 });
    expect(failed(next)).toEqual({ reason: 'no-patch', detail: 'The attempts did not hold. The last: still red' });
    expect(next.timeline.at(-1)).toMatchObject({ step: 'conclude', kind: 'back' });
  });

  it.each([
    ['propose', 'no-patch'],
    ['propose', 'model-failed'],
    ['propose', 'budget-spent'],
    ['critique', 'model-failed'],
    ['enforce', 'forbidden'],
    ['push', 'no-workflow'],
    ['dispatch', 'sandbox-unavailable'],
    ['conclude', 'not-reproduced'],
  ] as const)('that %s ends with %s leads back there, too', (step, reason) => {
    const next = stopped(inRound({ step, attempt: 4 }), reason, 'why', now).incident;
    expect(next).toMatchObject({ step: 'settle', stopReason: null });
    expect(failed(next)).toEqual({ reason, detail: 'why' });
  });

  it.each([
    ['propose', 'defect'],
    ['push', 'access-lost'],
    ['open', 'disabled'],
    ['settle', 'rejected'],
  ] as const)('does not keep %s from ending the incident with %s', (step, reason) => {
    expect(stopped(inRound({ step, attempt: 4 }), reason, 'why', now).incident).toMatchObject({
      step: 'explain',
      stopReason: reason,
    });
  });

  it('is none where the pull request only waits: a stop ends the incident', () => {
    const waiting = incident({ step: 'propose' }, { review: openReview });
    expect(stopped(waiting, 'no-patch', 'why', now).incident).toMatchObject({ step: 'explain' });
  });

  it('says why with the attempt that held, whatever came after it', () => {
    const held = { ...attempt, number: 1 };
    const review = { ...openReview, rounds: 2, round: openRound };
    const settling = incident({ step: 'settle', attempt: 3 }, { patch: { attempts: [held] }, review });
    const { incident: next } = follow(settling, again, now, limits);
    expect(next.caseFile.patch?.attempts).toEqual([{ ...held, feedback: 'still red' }]);
  });
});

it('goes back to look again without spending an attempt', () => {
  const back: Outcome = { kind: 'back', papers: {}, said: 'another failure by now' };
  expect(follow(incident({ step: 'rerun' }), back, now, limits).incident).toMatchObject({
    step: 'collect',
    attempt: 1,
  });
  expect(() => follow(incident({ step: 'push' }), back, now, limits)).toThrow(TypeError);
});

describe('stopping', () => {
  it('is explained, then learnt from, then closed with the first reason', () => {
    const first = follow(incident({ step: 'diagnose' }), stop('low-confidence', 'not sure'), now, limits).incident;
    expect(first).toMatchObject({ step: 'explain', stopReason: 'low-confidence' });
    const second = stopped(first, 'access-lost', 'no comment possible', now).incident;
    expect(second).toMatchObject({ step: 'learn', stopReason: 'low-confidence' });
    const last = stopped(second, 'defect', 'broken', now);
    expect(last.incident).toMatchObject({ state: 'closed', stopReason: 'low-confidence' });
    expect(last.job).toBeNull();
  });

  it('keeps the step on a retry, and counts', () => {
    const later = new Date('2026-03-02T09:01:00.000Z');
    const { incident: next, job } = retried(incident({ step: 'push' }), 'github-unavailable: 502', now, later);
    expect(next).toMatchObject({ step: 'push', failures: 1 });
    expect(job?.runAt).toEqual(later);
    expect(follow(next, done, now, limits).incident.failures).toBe(0);
  });
});

it('whatever comes, an incident stays readable, moves one revision, and never runs on without a job', () => {
  const outcome: fc.Arbitrary<Outcome> = fc.oneof(
    fc.record({ kind: fc.constant('done' as const), papers: fc.constant({}), said: fc.string() }),
    fc.record({
      kind: fc.constant('wait' as const),
      papers: fc.constant({}),
      said: fc.string(),
      waitsFor: fc.constantFrom('people' as const, 'time' as const),
      deadlineAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
    }),
    fc.record({ kind: fc.constant('again' as const), papers: fc.constant({}), feedback: fc.string() }),
    fc.record({ kind: fc.constant('undo' as const), papers: fc.constant({}), said: fc.string() }),
    fc.constantFrom(stop('flaky', 'f'), stop('defect', 'd'), stop('no-patch', 'n')),
  );
  const round = { ...openReview, rounds: 1, round: openRound };
  const start = fc.constantFrom(incident(), incident({ step: 'propose', attempt: 4 }, { review: round }));
  fc.assert(
    fc.property(start, fc.array(outcome, { maxLength: 60 }), (first, outcomes) => {
      let current = first;
      for (const one of outcomes) {
        if (current.state === 'closed') break;
        const way = route[current.step];
        if ((one.kind === 'again' && !way.again) || (one.kind === 'undo' && !way.undo)) continue;
        const { incident: next, job } = follow(current, one, now, limits);
        expect(Incident.safeParse(next).success).toBe(true);
        expect(next.revision).toBe(current.revision + 1);
        expect(job === null).toBe(next.state === 'closed');
        expect(next.attempt).toBeLessThanOrEqual(lastAttempt(next, limits));
        current = next;
      }
    }),
  );
});

it('opens again once people let it out of quarantine, without spending an attempt', () => {
  const waits = incident({ step: 'settle', state: 'waiting', waitsFor: 'people', attempt: 2 });
  const { incident: next } = follow(waits, { kind: 'back', papers: {}, said: 'ada approved' }, now, { attempts: 3 });
  expect(next).toMatchObject({ step: 'open', state: 'working', attempt: 2 });
});
