// Printed assertions → the value wanted and the value that came, whichever sign the tool gives to which.
import { describe, expect, it } from '@jest/globals';
import { expectValues } from '../../../src/failures/tools/expect-values.ts';

describe('expectValues', () => {
  it.each([
    ['Expected: 1\nReceived: 2'],
    ['- Expected  - 1\n+ Received  + 1\n\n- 1\n+ 2\n\n  at f (a.js:1:2)\n- 3'],
    ['- Snapshot  - 1\n+ Received  + 1\n\n- 1\n+ 2\n    > 3 |  - 4'],
    ['+ expected - actual\n\n-2\n+1'],
    ['+ actual - expected\n\n+ 2\n- 1'],
    ['  Difference (- actual, + expected):\n\n  - 2\n  + 1\n\n  › file://a.js:5:5'],
    ['--- expected\n+++ actual\n@@ -1,1 +1,1 @@\n-1\n+2'],
  ])('reads %j', (text) => {
    expect(expectValues(text.split('\n'))).toEqual({ expected: '1', actual: '2' });
  });

  it('says nothing where nothing was compared', () => {
    expect(expectValues(['- a list', '+ another'])).toEqual({});
  });
});
