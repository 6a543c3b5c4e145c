// What looks like Biome's diagnostics and is none.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('biome', () => {
  it('reads that nothing was checked', () => {
    const text = 'check ━━━━━━━━━━━━\n\n  × No files were processed in the specified paths.\n';
    expect(failuresIn(text)).toMatchObject([
      { tool: 'biome', message: 'No files were processed in the specified paths.' },
    ]);
  });

  it.each([
    'src/a.js:1:2 lint/style/useConst ━━━━━━━━━━━━\n\n  ! A warning.\n\n',
    'check ━━━━━━━━━━━━\n\n  × Some errors were emitted while running checks.\n',
    '━━━━━━━━━━━━ 3 of 3 ━━━━━━━━━━━━\n\n  × quoted',
    'Downloading a.whl ━━━━━━━━━━━━━━━━━━━━\n',
  ])('leaves %j', (text) => {
    expect(failuresIn(text)).toEqual([]);
  });
});
