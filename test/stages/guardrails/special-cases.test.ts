// A patch may not return what a test expects for just that test's input.
import { expect, it } from '@jest/globals';
import { specialCases } from '../../../src/stages/guardrails/special-cases.ts';
import { judged } from './judged.ts';

const before = 'def total(lines):\n    return sum(lines)\n';
const test =
  'def test_total():\n    assert total([2, 10]) == 25\n\n\ndef test_words():\n    assert words(404) == "missing"\n';
const judge = (added: string) =>
  judged(specialCases, 'src/cart.py', before, before.replace('    return sum', `${added}    return sum`), {
    sources: { 'tests/test_cart.py': test },
  });

it.each([
  '    if lines == [2, 10]:\n        return 25\n',
  '    if len(lines) == 2 and lines[1] == 10:\n        return 25\n',
  '    if str(lines) == "[2, 10]":\n        return 25\n',
])('refuses %j', async (added) => {
  expect(await judge(added)).toMatchObject([{ rule: 'special-cases', line: 3 }]);
});

it.each([
  '    if not lines:\n        return 0\n',
  '    if lines[0] == 404:\n        return "missing"\n',
  '    if len(lines) == 3 and lines[1] == 11:\n        return 25\n',
  '    if lines == [2, 10]:\n        lines = lines + lines\n',
])('passes %j', async (added) => {
  expect(await judge(added)).toEqual([]);
});
