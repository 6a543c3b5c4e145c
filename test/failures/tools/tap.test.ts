// The Test Anything Protocol of other producers → one failure a `not ok`.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

const tap = `TAP version 13
# adding
ok 1 one and one
not ok 2 one and two
  ---
    operator: equal
    expected: 4
    actual:   3
    at: Test.<anonymous> (/app/test/sum.js:6:5)
    stack: |-
      Error: one and two
          at Test.assert (/app/node_modules/tape/lib/test.js:312:48)
          at Test.<anonymous> (/app/test/sum.js:6:5)
  ...
not ok 3 later # TODO write it
not ok 4 - no details
not ok 5 - broken details
  ---
  a: [b
  ...
1..5`;

describe('tap', () => {
  it('reads titles, values and places; what is to do is no failure', () => {
    expect(failuresIn(tap)).toMatchObject([
      { tool: 'tap', test: 'one and two', expected: '4', actual: '3', file: '/app/test/sum.js', line: 6 },
      { tool: 'tap', test: 'no details', message: 'no details' },
      { tool: 'tap', test: 'broken details' },
    ]);
  });

  it('takes details made to be slow to read for none', () => {
    const details = ['{'.repeat(7_000), `a: &a [${'*a,'.repeat(2_000)}]`, '%\n  %\n  %', 'a: 1\n  ---\n  b: 1'];
    for (const one of details) {
      const found = failuresIn(`TAP version 13\nnot ok 1 - slow\n  ---\n  message: no\n  ${one}\n  ...\n1..1`);
      expect(found).toMatchObject([{ test: 'slow', message: 'slow' }]);
    }
  });

  it('reads a thousand of very many', () => {
    const many = Array.from({ length: 1_500 }, (_, at) => `not ok ${at} - t${at}`).join('\n');
    expect(failuresIn(`TAP version 13\n${many}`).length).toBeLessThanOrEqual(1_000);
  });

  it('reads a report that was cut off', () => {
    expect(failuresIn('not ok 1 - a\n  ---\n  error: |-\n    half')).toMatchObject([{ test: 'a', message: 'a' }]);
  });
});
