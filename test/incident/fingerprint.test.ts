import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Failure } from '../../src/incident/failure.ts';
import { failureFingerprints, fingerprint, normalised } from '../../src/incident/fingerprint.ts';

const failure = (changes: Partial<Failure> = {}): Failure => ({
  tool: 'jest',
  message: 'boom',
  frames: [],
  at: { from: 1, to: 2 },
  ...changes,
});
const nameOf = (one: Failure, repository = 'acme/pricing') => failureFingerprints(repository, [one])[0];

describe('what differs between two sightings of one failure', () => {
  it.each([
    ['listen EADDRINUSE: address already in use :::3000', 'listen EADDRINUSE: address already in use :::41237'],
    ['segfault at 0x7fff12ab', 'segfault at 0x0041c3'],
    ['bad commit 3f9a1c2e4b', 'bad commit 9c01ffab77'],
    ['took 12.5 s at 10:31:02', 'took 8.25 s at 11:01:59'],
    ['no such file /home/runner/work/a/a/x.txt', 'no such file /tmp/b/x.txt'],
    ['two\n  lines', 'two lines'],
  ])('%j and %j are the same', (one, other) => {
    expect(normalised(one)).toBe(normalised(other));
  });

  it.each([
    ['no price for apples', 'no price for pears'],
    ['no such file /tmp/x.txt', 'no such file /tmp/y.txt'],
    ['expected defaced', 'expected effaced'],
  ])('%j and %j are not', (one, other) => {
    expect(normalised(one)).not.toBe(normalised(other));
  });
});

describe('the names of failures', () => {
  it('stay the same when the message of a named test changes', () => {
    const test = { test: 'cart › adds', type: 'AssertionError' };
    expect(nameOf(failure({ ...test, message: '1 !== 2' }))).toBe(
      nameOf(failure({ ...test, message: '1 !== 3', line: 9 })),
    );
  });

  it('do not depend on the repository’s capitals', () => {
    expect(nameOf(failure(), 'Acme/Pricing')).toBe(nameOf(failure(), 'acme/pricing'));
  });

  it.each([
    ['repositories', failure(), failure(), 'acme/other'],
    ['tools', failure(), failure({ tool: 'mocha' }), 'acme/pricing'],
    ['tests', failure({ test: 'a' }), failure({ test: 'b' }), 'acme/pricing'],
    ['types', failure({ type: 'TypeError' }), failure({ type: 'RangeError' }), 'acme/pricing'],
    ['messages without a test', failure({ message: 'a' }), failure({ message: 'b' }), 'acme/pricing'],
  ])('differ for other %s', (_, one, other, repository) => {
    expect(nameOf(one)).not.toBe(nameOf(other, repository));
  });

  it('are one each, none twice, in the order of the failures', () => {
    const [a, b] = [failure({ test: 'a' }), failure({ test: 'b' })];
    expect(failureFingerprints('acme/pricing', [b, a, b, a])).toEqual([nameOf(b), nameOf(a)]);
    expect(failureFingerprints('acme/pricing', [])).toEqual([]);
  });

  it('are sixteen hexadecimal digits, whatever was printed, and hold their parts apart', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
        expect(fingerprint(parts)).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
    expect(fingerprint(['ab', 'c'])).not.toBe(fingerprint(['a', 'bc']));
  });
});

it('a message of any size and shape is named in a moment', () => {
  for (const part of ['/a', '/', 'a', '0x', 'deadbeef ', '1.', ' \n'])
    expect(normalised(part.repeat(50_000)).length).toBeLessThanOrEqual(300);
});
