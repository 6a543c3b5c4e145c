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

  it('reads a report that was cut off', () => {
    expect(failuresIn('not ok 1 - a\n  ---\n  error: |-\n    half')).toMatchObject([{ test: 'a', message: 'a' }]);
  });
});
