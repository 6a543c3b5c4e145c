import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AskedRun } from '../../../src/incident/dry-run.ts';
import { askedRun } from '../../../src/onboarding/dry-run/asked-run.ts';

const shop = { owner: 'Acme', name: 'shop' };

describe('what follows the command', () => {
  it.each<[string | undefined, AskedRun]>([
    [undefined, { kind: 'last' }],
    ['71', { kind: 'run', id: 71 }],
    ['#71', { kind: 'run', id: 71 }],
    ['https://github.com/acme/Shop/actions/runs/71', { kind: 'run', id: 71 }],
    ['<https://ghe.example:8443/acme/shop/actions/runs/71/job/3?pr=2#step:4:5>', { kind: 'run', id: 71 }],
    ['https://github.com/acme/other/actions/runs/71', { kind: 'elsewhere' }],
    ['https://github.com/acme/shop/pull/71', { kind: 'unclear' }],
    ['0', { kind: 'unclear' }],
    ['-1', { kind: 'unclear' }],
    ['9999999999999999', { kind: 'unclear' }],
    ['last', { kind: 'unclear' }],
  ])('%j', (argument, expected) => expect(askedRun(argument, shop)).toEqual(expected));

  it('is nothing but a run of this repository, whatever people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (argument) => {
        expect(AskedRun.safeParse(askedRun(argument, shop)).success).toBe(true);
      }),
    );
  });
});
