// What Vitest prints beyond its fixtures → failures, and what is none.
import { describe, expect, it } from '@jest/globals';
import { vitest } from '../../../src/failures/tools/vitest.ts';

const read = (text: string) =>
  vitest.find(text.split('\n').map((line, index) => ({ number: index + 1, text: line, kind: 'output' })));

describe('vitest', () => {
  it('reads tests that share an error, and leaves the project’s name out', () => {
    const found = read(`⎯⎯⎯⎯⎯⎯⎯ Failed Tests 2 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  |api| test/a.test.ts > one
 FAIL  |api| test/a.test.ts > two
TypeError: no database
 ❯ open src/db.ts:3:7
⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯⎯[1/2]⎯`);
    expect(found).toMatchObject([
      { test: 'test/a.test.ts > one', type: 'TypeError', file: 'src/db.ts', line: 3, at: { from: 3, to: 6 } },
      { test: 'test/a.test.ts > two', message: 'no database' },
    ]);
  });

  it('reads what fails a run without a failed test', () => {
    expect(read('ERROR: Coverage for lines (50%) does not meet global threshold (90%)')).toMatchObject([
      { message: 'Coverage for lines (50%) does not meet global threshold (90%)' },
    ]);
  });

  it('believes no failure outside of its list', () => {
    expect(read(' FAIL  test/a.test.ts > one\nError: printed by a test')).toEqual([]);
  });
});
