import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { exitCodeOf, resultLine, totalsOf, totalsText } from '../../eval/report.ts';
import type { CaseResult } from '../../eval/result.ts';

const result = (changes: Partial<CaseResult> = {}): CaseResult => ({
  ...{ name: 'py-off-by-one', title: 'A title.', language: 'python', kind: 'off-by-one', expect: 'healed' },
  ...{ verdict: 'right', ended: 'healed', reason: 'fix(paging): count the last page', attempts: 1, calls: 3 },
  ...{ diagnosis: { kind: 'code', confidence: 0.9 }, inputTokens: 5_000, outputTokens: 700, thinkingTokens: 300 },
  ...{ cachedTokens: 0, costUsd: 0.0123, elapsedMs: 7_890 },
  ...changes,
});
const told = (changes: Partial<CaseResult>): string => stripVTControlCharacters(resultLine(result(changes)));

describe('the line of a case', () => {
  it('says how it ended, what it took, and why', () => {
    expect(told({}).replace(/ +/g, ' ')).toBe(
      '✔ py-off-by-one healed 1 6,000 $0.0123 7.9 s fix(paging): count the last page',
    );
  });

  it('says what was expected where that was missed', () => {
    expect(told({ verdict: 'missed', ended: 'no-patch', reason: 'three attempts' })).toMatch(
      /^✘ py-off-by-one +no-patch .*expected healed: three attempts$/,
    );
  });

  it('shows all of what a wrong patch failed with, and one line of what went well', () => {
    expect(told({ verdict: 'wrong', reason: 'fails:\nline 1\nline 2' })).toMatch(/^‼.*fails:\n {4}line 1\n {4}line 2$/);
    expect(told({ reason: 'a'.repeat(500) }).length).toBeLessThan(220);
  });

  it('shows no numbers where nothing was asked', () => {
    const skipped = told({ verdict: 'skipped', ended: '', calls: 0, attempts: 0, elapsedMs: 0, reason: 'no javac' });
    expect(skipped.replace(/ +/g, ' ')).toBe('– py-off-by-one skipped no javac');
  });
});

describe('the totals', () => {
  const results = [
    result({ attempts: 1, inputTokens: 1_000, outputTokens: 0, thinkingTokens: 0, costUsd: 0.01 }),
    result({ attempts: 2, inputTokens: 4_000, outputTokens: 0, thinkingTokens: 0, costUsd: 0.04 }),
    result({ attempts: 3, inputTokens: 2_000, outputTokens: 0, thinkingTokens: 0, costUsd: 0.02 }),
    result({ verdict: 'missed', ended: 'no-patch', costUsd: 0.5 }),
    result({ expect: 'flaky', ended: 'flaky', costUsd: 0 }),
    result({ verdict: 'skipped', costUsd: 0 }),
  ];

  it('count healed and left alone by themselves, and medians over what was healed', () => {
    expect(totalsOf(results, 60_000)).toEqual({
      ...{ healed: { of: 4, right: 3 }, leftAlone: { of: 1, right: 1 }, wrong: 0, missed: 1, timedOut: 0, skipped: 1 },
      ...{ broken: 0, attempts: { median: 2 }, tokens: { median: 2_000, max: 4_000 }, elapsedMs: 60_000 },
      costUsd: { median: 0.02, all: expect.closeTo(0.57) },
    });
  });

  it('say that tokens are estimated where replies are recorded', () => {
    const totals = totalsOf(results, 60_000);
    expect(totalsText(totals, true)).toMatch(/tokens .*estimated/);
    expect(totalsText(totals, false)).not.toContain('estimated');
    expect(totalsText(totals, false)).toMatch(/^healed +3 of 4$/m);
  });

  it('of nothing are zeros', () => {
    expect(totalsText(totalsOf([], 0), true)).toMatch(/median 0/);
  });

  it.each([
    ['all right', [result()], 0, 0],
    ['missed', [result({ verdict: 'missed' })], 1, 0],
    ['wrong', [result({ verdict: 'wrong' })], 1, 1],
    ['timed out', [result({ verdict: 'timed out' })], 1, 1],
    ['broken', [result({ verdict: 'broken' })], 1, 1],
    ['skipped', [result({ verdict: 'skipped' })], 0, 0],
  ] as const)('with a case that is %s end the command', (_, some, recorded, real) => {
    const totals = totalsOf(some, 1);
    expect([exitCodeOf(totals, true), exitCodeOf(totals, false)]).toEqual([recorded, real]);
  });
});
