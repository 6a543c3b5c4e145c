// Recorded calls as text: what is missing is not made up, what is cut is said, and nothing steers the terminal.
import { describe, expect, it } from '@jest/globals';
import type { RecordedCall } from '../../src/adapters/database/calls.ts';
import { callText, listText } from '../../src/cli/calls-text.ts';

const recorded = (more: Partial<RecordedCall> = {}): RecordedCall => ({
  id: 7,
  askedAt: new Date('2026-03-02T09:00:00Z'),
  incidentId: '0a1b2c3d4e',
  repository: 'acme/pricing',
  installationId: 5,
  step: 'propose',
  attempt: 2,
  sample: 0,
  model: 'gemini-pro-latest',
  promptVersion: 'propose-3',
  promptHash: 'ab'.repeat(32),
  outcome: 'model-blocked',
  costUsd: 0.05,
  used: null,
  ...more,
});
const list = (calls: RecordedCall[]) => ({
  calls,
  repositories: [],
  installations: [],
  budgets: { incidentUsd: 1, dayUsd: 10, monthUsd: 100 },
});

describe('the list', () => {
  it('says that there is none, of this incident or at all', () => {
    expect(listText(list([]), { incidentId: undefined, isCut: false })).toBe('No call to the model yet.');
    expect(listText(list([]), { incidentId: '0a1b2c3d4e', isCut: false })).toBe('No call for the incident 0a1b2c3d4e.');
  });

  it('adds up one incident next to its budget', () => {
    const text = listText(list([recorded(), recorded({ costUsd: 0.2 })]), { incidentId: '0a1b2c3d4e', isCut: false });
    expect(text).toMatch(/This incident: 0\.2500 \$ of 1\.0000 \$$/);
  });

  it('says how to see the rest, and keeps a row in one line', () => {
    const text = listText(list([recorded({ model: 'a\nb\u001b[2J' })]), { incidentId: undefined, isCut: true });
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toContain('a b ');
    expect(text).toContain('… and older ones: self-heal calls --json');
  });
});

describe('one call', () => {
  it('says why there is no reply', () => {
    const texts = { system: 'You mend.', prompt: 'It fails.', soFar: 'Subj', problem: 'SAFETY' };
    const text = callText({ ...recorded(), texts });
    expect(text).toContain('step     propose, attempt 2\n');
    expect(text).not.toContain('tokens');
    expect(text).toMatch(/── the reply so far ─+\nSubj\n\n── problem ─+\nSAFETY$/);
  });

  it('says that texts were dropped, and that a cost is an estimate', () => {
    const text = callText({ ...recorded({ outcome: null, sample: 2 }), texts: null });
    expect(text).toContain('attempt 2, sample 2');
    expect(text).toContain('0.0500 $ (an estimate)');
    expect(text).toContain('dropped after 30 days');
  });
});
