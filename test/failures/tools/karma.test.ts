// Karma's words for browsers whose frames differ from Chrome's → failures with files.
import { describe, expect, it } from '@jest/globals';
import { karma } from '../../../src/failures/tools/karma.ts';

const read = (text: string) =>
  karma.find(text.split('\n').map((line, index) => ({ number: index + 1, text: line, kind: 'output' })));

describe('karma', () => {
  it('reads Firefox’s frames under the address of its own server', () => {
    const text = `Firefox 120.0 (Linux x86_64) price adds FAILED
\tError: no price
\ttotal@http://localhost:9876/base/src/price.js?a1b2:2:16
\t@http://localhost:9876/base/spec/price.spec.js:9:7
Firefox 120.0 (Linux x86_64): Executed 1 of 1 (1 FAILED) (0.1 secs / 0 secs)`;
    expect(read(text)).toMatchObject([
      { test: 'price adds', type: 'Error', message: 'no price', file: 'src/price.js', line: 2, at: { from: 1, to: 4 } },
    ]);
  });

  it('leaves other tools’ FAILED alone', () => {
    expect(read('PriceTest > adds (int) FAILED\n: Executed 1 of 1 ')).toEqual([]);
  });
});
