// pnpm's network errors, and the ends that only repeat a script's.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('pnpm', () => {
  it('names a network error by its code', () => {
    const text =
      ' WARN  GET https://x/y error (ECONNRESET). Will retry in 10 seconds. 2 retries left.\n ERR_PNPM_META_FETCH_FAIL  GET https://x/y: request to https://x/y failed, reason: read ECONNRESET';
    expect(failuresIn(text)).toMatchObject([{ tool: 'pnpm', type: 'ECONNRESET', at: { from: 2, to: 2 } }]);
  });

  it.each([
    ' ELIFECYCLE  Command failed with exit code 1.',
    '/w/packages/price:\n ERR_PNPM_RECURSIVE_RUN_FIRST_FAIL  price@1.0.0 build: `exit 3`\nExit status 3',
    ' WARN  deprecated request@2.88.2',
    'ok 1 - ERR_PNPM_OUTDATED_LOCKFILE is explained',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
