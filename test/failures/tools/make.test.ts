// ninja's last words.
import { describe, expect, it } from '@jest/globals';
import { failuresIn } from '../fixture.ts';

describe('make', () => {
  it.each([
    ["ninja: error: 'a.x', needed by 'shop', missing and no known rule to make it", "'a.x', needed by 'shop', missing"],
    [
      '[1/2] copy\nFAILED: list.csv \npython3 copy.py\ncopy: list is missing\nninja: build stopped: subcommand failed.',
      'copy: list is missing\nlist.csv: failed',
    ],
  ])('reads %j', (text, message) => {
    const [found, ...others] = failuresIn(text);
    expect(found).toMatchObject({ tool: 'ninja', message: expect.stringContaining(message) });
    expect(others).toEqual([]);
  });
});
