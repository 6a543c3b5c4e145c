import { describe, expect, it } from '@jest/globals';
import { Trigger } from '../../../src/incident/case-file.ts';
import { pastRun } from '../../../src/onboarding/dry-run/past-run.ts';
import type { RunSummary } from '../../../src/ports.ts';
import { redRun } from './runs.ts';

describe('a past run', () => {
  it('that failed is a trigger like any other', () => {
    const found = pastRun(redRun());
    if (!('trigger' in found)) throw new Error(found.wrong);
    expect(Trigger.parse(found.trigger)).toMatchObject({
      runId: 71,
      runAttempt: 2,
      workflowName: 'CI',
      headBranch: 'main',
    });
  });

  it.each<[string, Partial<RunSummary>, RegExp]>([
    ['is still under way', { status: 'in_progress', conclusion: null }, /still under way\. Ask again/],
    ['is green', { conclusion: 'success' }, /did not fail: it ended as success\. Name the id/],
    ['was cancelled', { conclusion: 'cancelled' }, /ended as cancelled/],
    ['is of a fork', { isOfFork: true }, /of a fork/],
    ['is a proof of our own', { workflowPath: '.github/workflows/self-heal.yml' }, /a proof of Self-Heal’s own/],
    ['is on a branch of our own', { headBranch: 'self-heal/x-y' }, /on a branch of Self-Heal’s own/],
    ['is on no branch', { headBranch: null }, /on no branch/],
  ])('that %s is none', (_, changes, wrong) => {
    expect(pastRun(redRun(changes))).toEqual({ wrong: expect.stringMatching(wrong) });
  });

  it('of nobody knows which repository counts as one of a fork', () => {
    const { isOfFork: _, ...unknown } = redRun();
    expect(pastRun(unknown)).toEqual({ wrong: expect.stringContaining('of a fork') });
  });
});
