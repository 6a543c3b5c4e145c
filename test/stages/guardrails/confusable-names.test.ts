import { expect, it } from '@jest/globals';
import { confusableNames } from '../../../src/stages/guardrails/confusable-names.ts';
import { judged } from './judged.ts';

const sources = { 'src/price.py': 'x = 1\n', 'src/заметки.py': 'x = 1\n' };

it.each([
  ['src/prіce.py', 'a Ukrainian i'],
  ['src/рriсе.py', 'Cyrillic letters'],
  ['ѕrc/other.py', 'a Cyrillic s in a folder'],
  ['src/ｐrice.py', 'a wide letter'],
  ['src/𝐩rice.py', 'a mathematical letter'],
  ['src/pаyment.py', 'a Cyrillic a without a twin'],
  ['src/prıce.py', 'an i without a dot'],
])('a new file at %s is refused: %s', async (path) => {
  expect(await judged(confusableNames, path, null, 'x = 1\n', { sources })).toMatchObject([
    { rule: 'confusable-names' },
  ]);
});

it.each(['src/другое.py', 'src/价格.py', 'src/größe.py', 'src/überblick-цены.py', 'src/תמחור.py', 'src/prices.py'])(
  'a new file at %s is honest',
  async (path) => {
    expect(await judged(confusableNames, path, null, 'x = 1\n', { sources })).toEqual([]);
  },
);

it('a name in the code is judged as well', async () => {
  const words = (line: string) => judged(confusableNames, 'src/price.py', 'x = 1\n', `x = 1\n${line}\n`);
  expect(await words('is_аdmin = True')).toMatchObject([{ line: 2 }]);
  expect(await words('label = "Москва, größe, Δt, 10 µs, 价格"')).toEqual([]);
});
