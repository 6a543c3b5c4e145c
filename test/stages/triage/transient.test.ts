import { describe, expect, it } from '@jest/globals';
import type { Failure } from '../../../src/incident/failure.ts';
import { rerunAt } from '../../../src/stages/triage/backoff.ts';
import { transience } from '../../../src/stages/triage/transient.ts';

const failure = (message: string, type?: string): Failure => ({
  tool: 'node',
  message,
  ...(type ? { type } : {}),
  frames: [],
  at: { from: 1, to: 1 },
});

describe('transience', () => {
  it.each([
    ['connect ETIMEDOUT 10.0.0.5:443', 'Error'],
    ['timed out', 'TimeoutError'],
    ['<urlopen error timed out>', 'urllib.error.URLError'],
    ['Could not resolve host: registry.example', undefined],
    ['request to https://api.example failed: 503 Service Unavailable', undefined],
    ['write /tmp/x: no space left on device', undefined],
    ['The runner has received a shutdown signal.', undefined],
    ['read ECONNRESET', 'Error'],
  ])('sees %s', (message, type) => {
    expect(transience([failure(message, type)])?.what).toBeTruthy();
  });

  it.each([
    ['expected 503 to equal 200', 'AssertionError'],
    ['float division by zero', 'ZeroDivisionError'],
    ['Exceeded timeout of 5000 ms for a test.', 'Error'],
    ['Process completed with exit code 1.', undefined],
  ])('does not excuse %s', (message, type) => {
    expect(transience([failure(message, type)])).toBeUndefined();
  });

  it('excuses a run only if every failure of it is excused', () => {
    expect(transience([failure('read ECONNRESET'), failure('1 !== 2', 'AssertionError')])).toBeUndefined();
    expect(transience([])).toBeUndefined();
  });
});

it('waits twice as long before each further re-run, an hour at most', () => {
  const now = new Date(0);
  expect([0, 1, 2].map((so) => rerunAt(now, 30, so).getTime())).toEqual([30_000, 60_000, 120_000]);
  expect(rerunAt(now, 3_600, 5).getTime()).toBe(3_600_000);
});
