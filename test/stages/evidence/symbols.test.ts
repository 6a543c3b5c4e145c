// The functions that a failure's lines are in, or that it names, are told of the suspects, and count a little.
import { expect, it } from '@jest/globals';
import type { Failure } from '../../../src/incident/failure.ts';
import { withSymbols } from '../../../src/stages/evidence/symbols.ts';

const cart = 'import tax\n\n\nclass Cart:\n    def total(self):\n        return tax.added(self.sum)\n';
const tax = 'def added(amount):\n    return amount * rate\n';
const failure: Failure = {
  tool: 'pytest',
  message: "NameError in added: name 'rate' is not defined",
  frames: [{ file: 'tax.py', line: 2, function: 'added' }],
  at: { from: 1, to: 2 },
};
const suspect = (path: string, lines: number[], score = 0.5) => ({ path, score, lines, reasons: ['is there'] });

it('names what encloses a line, and what the failure names', async () => {
  const texts = new Map([
    ['cart.py', cart],
    ['tax.py', tax],
  ]);
  const told = await withSymbols(
    [suspect('cart.py', [6, 5]), suspect('tax.py', [2]), suspect('gone.py', [1], 0.1)],
    texts,
    [failure],
  );
  expect(told).toEqual([
    {
      ...suspect('tax.py', [2], 0.55),
      reasons: ['is there', 'line 2 is in added', 'defines added, which the failure names'],
    },
    { ...suspect('cart.py', [6, 5]), reasons: ['is there', 'line 6 is in Cart.total'] },
    suspect('gone.py', [1], 0.1),
  ]);
});

it('leaves what has no syntax it knows', async () => {
  const given = [suspect('a.zig', [1])];
  expect(await withSymbols(given, new Map([['a.zig', 'fn added() void {}']]), [failure])).toEqual(given);
});
