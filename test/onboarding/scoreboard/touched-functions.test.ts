import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changedLines, touchedFunctions } from '../../../src/onboarding/scoreboard/touched-functions.ts';

const python = `class Cart:
    def total(self):
        return 1

    def tax(self):
        return 2

RATE = 3
`;

describe('changed lines of a patch', () => {
  it('stand on the new side; what went counts where it went from', () => {
    const patch = '@@ -1,4 +1,4 @@\n a\n-b\n+B\n c\n d\n@@ -10,3 +10,2 @@ def f():\n x\n-y\n z';
    expect(changedLines(patch)).toEqual([2, 11]);
  });

  it.each(['', 'Binary files differ', '@@ -1,4 +1,4 @@\n a\n-b'])('are none where it cannot be read: %j', (patch) => {
    expect(changedLines(patch)).toEqual([]);
  });

  it('are lines, whatever GitHub sends', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(changedLines(`@@ -1 +1 @@\n${text}`).every((line) => line > 0)).toBe(true);
      }),
    );
  });
});

describe('touched functions', () => {
  it('are the innermost ones, each once', async () => {
    expect(await touchedFunctions('cart.py', python, [2, 3, 6, 8])).toEqual(['cart.py#Cart.total', 'cart.py#Cart.tax']);
  });

  it.each([
    ['cart.txt', 'no grammar'],
    ['cart.py', ''],
  ])('are none in %s with %j', async (path, text) => expect(await touchedFunctions(path, text, [1])).toEqual([]));
});
