// What a patch may touch, and what has to go with it, judged before it costs a sandbox run.
import { describe, expect, it } from '@jest/globals';
import { callers } from '../../../src/stages/patch/callers.ts';
import { missingTest } from '../../../src/stages/patch/missing-test.ts';
import { unrelated } from '../../../src/stages/patch/unrelated.ts';
import { diagnosis, evidence, patched, priceSource } from './sample-case.ts';

const price = patched('price.py', priceSource, priceSource.replace('1 / discount', '2'));
const tax = patched('lib/tax.py', 'RATE = 1\n', 'RATE = 2\n');

describe('a file that neither the diagnosis nor the failure speaks of', () => {
  const about = { evidence, diagnosis, explanation: 'The discount was a divisor.' };
  it('is refused by name', () => {
    expect(unrelated([price, tax], about)).toContain('changes lib/tax.py, which neither');
  });
  it.each([
    ['a file of the diagnosis', { ...diagnosis, files: ['price.py', 'lib/tax.py'] }, about.explanation],
    ['a suspect', { ...diagnosis, suspects: [{ path: 'lib/tax.py', why: 'the rate' }] }, about.explanation],
    ['one that the explanation names', diagnosis, 'lib/tax.py holds the same rate, so it changes too.'],
  ])('is none: %s', (_, said, explanation) => {
    expect(unrelated([price, tax], { evidence, diagnosis: said, explanation })).toBeUndefined();
  });
  it('is none: one of the stack trace, as the machine printed it', () => {
    const failures = evidence.failures.map((failure) => ({
      ...failure,
      frames: [{ file: 'C:\\a\\shop\\lib\\tax.py' }],
    }));
    expect(unrelated([price, tax], { ...about, evidence: { ...evidence, failures } })).toBeUndefined();
  });
  it('is none: a test', () => {
    expect(unrelated([price, patched('tests/test_tax.py', null, 'x\n', true)], about)).toBeUndefined();
  });
});

describe('a new test', () => {
  const untested = { ...evidence, failures: evidence.failures.map(({ test: _, ...failure }) => failure) };
  it('of another language than those that are there is refused', () => {
    const strange = patched('tests/price.test.js', null, 'x\n', true);
    expect(missingTest([price, strange], untested, diagnosis)).toContain('tests/test_price.py');
  });
  it('is what a fix needs where no test shows the failure', () => {
    expect(missingTest([price], untested, diagnosis)).toContain('regression test');
    expect(missingTest([price, patched('tests/test_zero.py', null, 'x\n', true)], untested, diagnosis)).toBeUndefined();
    expect(missingTest([price], evidence, diagnosis)).toBeUndefined();
  });
});

describe('the uses of what a patch changes', () => {
  const shop = 'from price import calc, recalc\n\n# calc is called here\nTOTAL = calc(3, 1)\nOTHER = recalc(2)\n';
  const sources = [...evidence.sources, { path: 'shop.py', mode: '100644' as const, text: shop }];

  it('are shown with their places, but not the definition, comments and other names', async () => {
    expect((await callers([price], sources)).split('\n')).toEqual([
      'tests/test_price.py:3: from price import calc',
      'tests/test_price.py:8: self.assertEqual(calc(10, 0.5), 5)',
      'shop.py:1: from price import calc, recalc',
      'shop.py:4: TOTAL = calc(3, 1)',
    ]);
  });

  it('are none where the patch changes no function', async () => {
    expect(await callers([patched('notes.txt', 'a\n', 'b\n')], sources)).toBe('');
  });

  it('are shown for functions only whose body changes, and in bounds', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `label(${i})`).join('\n');
    const uses = await callers([price], [{ path: 'many.py', mode: '100644', text: many }]);
    expect(uses).toBe('');
    const labelled = patched('price.py', priceSource, priceSource.replace('EUR', 'USD'));
    const some = await callers([labelled], [{ path: 'many.py', mode: '100644', text: many }]);
    expect(some.split('\n')).toHaveLength(30);
  });
});
