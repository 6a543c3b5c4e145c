import { describe, expect, it } from '@jest/globals';
import { breaker } from '../../../src/stages/triage/breaker.ts';
import { sha } from '../../incident/sample.ts';

const now = new Date('2026-03-02T09:00:00.000Z');
const earlier = (stopReason: string, minutesAgo: number, base = sha('c')) => ({
  id: 'aaaaaaaaaa',
  stopReason,
  baseSha: base,
  closedAt: new Date(now.getTime() - minutesAgo * 60_000),
});
const here = sha('a');

describe('the breaker', () => {
  it('lets a first heal through', () => {
    expect(breaker([], now, here, false)).toEqual({ go: true });
  });

  it('opens after two heals of one failure in half an hour, also for people', () => {
    const twice = [earlier('no-patch', 5), earlier('healed', 20)];
    expect(breaker(twice, now, here, true)).toMatchObject({ go: false, reason: 'breaker-open' });
    expect(breaker([earlier('no-patch', 5), earlier('no-patch', 31)], now, here, false)).toEqual({ go: true });
  });

  it('does not count ends that say nothing about the failure', () => {
    expect(
      breaker([earlier('recovered', 1), earlier('duplicate', 2), earlier('recovered', 3)], now, here, false),
    ).toEqual({ go: true });
  });

  it('never proposes again what people rejected, unless a person asks', () => {
    const rejected = [earlier('rejected', 60 * 24)];
    expect(breaker(rejected, now, here, false)).toMatchObject({ go: false, reason: 'already-tried' });
    expect(breaker(rejected, now, here, true)).toEqual({ go: true });
  });

  it('does not try the same commit twice', () => {
    expect(breaker([earlier('no-patch', 90, here)], now, here, false)).toMatchObject({
      go: false,
      reason: 'already-tried',
    });
    expect(breaker([earlier('no-patch', 90, sha('d'))], now, here, false)).toEqual({ go: true });
  });
});
