import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProposalOutcome } from '../../../src/ports/auto-merge.ts';
import { calibrated } from '../../../src/stages/review/calibration.ts';

const closedAt = new Date('2026-02-01T00:00:00.000Z');
const past = (outcome: ProposalOutcome['outcome'], confidence = 0.95, kind = 'code'): ProposalOutcome => ({
  ...{ outcome, confidence, kind, autoMerged: false, closedAt },
});
const times = (count: number, one: ProposalOutcome) => Array.from({ length: count }, () => one);
const stated = { kind: 'code', confidence: 0.95 } as const;

describe('confidence by what became of earlier proposals', () => {
  it('is a margin below what is stated where there are none', () => {
    expect(calibrated(stated, [])).toEqual({ confidence: expect.closeTo(0.85), like: 0, held: 0 });
    expect(calibrated({ kind: 'code', confidence: 0.05 }, []).confidence).toBe(0);
  });

  it('is reckoned as docs/configuration.md does it', () => {
    const history = [...times(7, past('held')), past('reverted')];
    // (4 × 0.85 + 7) / (4 + 8)
    expect(calibrated(stated, history)).toEqual({ confidence: expect.closeTo(0.8667, 4), like: 8, held: 7 });
    // (4 × 0.85 + 8) / (4 + 8)
    expect(calibrated(stated, times(8, past('held'))).confidence).toBeCloseTo(0.95);
  });

  it('counts what people closed against it, and what nobody decided not at all', () => {
    expect(calibrated(stated, [past('rejected')])).toMatchObject({ like: 1, held: 0 });
    expect(calibrated(stated, [past('ignored')])).toMatchObject({ like: 0 });
  });

  it('counts what is of the same kind and stated alike', () => {
    const others = [past('reverted', 0.95, 'test'), past('reverted', 0.84), past('held', 0.85)];
    expect(calibrated(stated, others)).toMatchObject({ like: 1, held: 1 });
  });

  const outcome = fc.constantFrom('held', 'reverted', 'rejected', 'ignored') as fc.Arbitrary<
    ProposalOutcome['outcome']
  >;
  const anyPast = fc
    .record({ outcome, confidence: fc.double({ min: 0, max: 1, noNaN: true }), kind: fc.constantFrom('code', 'test') })
    .map(({ outcome, confidence, kind }) => past(outcome, confidence, kind));
  const anyStated = fc.double({ min: 0, max: 1, noNaN: true });

  it('is a share; one more that held never lowers it, one more that did not never raises it', () => {
    fc.assert(
      fc.property(fc.array(anyPast), anyStated, (history, confidence) => {
        const of = (all: ProposalOutcome[]) => calibrated({ kind: 'code', confidence }, all).confidence;
        const now = of(history);
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(1);
        expect(of([...history, past('held', confidence)])).toBeGreaterThanOrEqual(now - 1e-12);
        expect(of([...history, past('reverted', confidence)])).toBeLessThanOrEqual(now + 1e-12);
      }),
    );
  });

  it('comes ever nearer to what history shows', () => {
    const shown = (count: number) =>
      calibrated(stated, [...times(count, past('held')), ...times(count, past('rejected'))]);
    expect(Math.abs(shown(100).confidence - 0.5)).toBeLessThan(Math.abs(shown(10).confidence - 0.5));
  });
});
