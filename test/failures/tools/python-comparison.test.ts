// Messages of failed Python assertions → the values that they compare, or none where that cannot be told.
import { describe, expect, it } from '@jest/globals';
import { pythonComparison } from '../../../src/failures/tools/python-comparison.ts';

describe('pythonComparison', () => {
  it.each([
    ['assert 5.0 == 6', { actual: '5.0', expected: '6' }],
    ["the sum\nassert 'a == b' == 'c'\n  \n  - c\n  + a == b", { actual: "'a == b'", expected: "'c'" }],
    ["assert {'a': 1} == {'a': 2}", { actual: "{'a': 1}", expected: "{'a': 2}" }],
    ['assert 5 is None', { actual: '5', expected: 'None' }],
    ["5.0 != 6 : the half: 'wrong'", { actual: '5.0', expected: '6' }],
    ['Lists differ: [1] != [2]\n\nFirst differing element 0:', { actual: '[1]', expected: '[2]' }],
    ["expected call not found.\nExpected: f('a')\n  Actual: f('b')", { actual: "f('b')", expected: "f('a')" }],
    [
      "assert 'aaa...bbb' == 'aaa...ccc'\n  \n  - aaa xxx ccc\n  + aaa xxx bbb",
      { actual: 'aaa xxx bbb', expected: 'aaa xxx ccc' },
    ],
    [
      "assert 'aaa...ccc' == 'aaa...ccc'\n  \n  Skipping 9 identical leading characters in diff, use -v to show\n  - aabc\n  + aacc",
      { actual: '…aacc', expected: '…aabc' },
    ],
    ['assert [0, 1, ...] == [0, 1, ...]', {}],
    ['assert None is not None', {}],
    ['assert 1 > 2', {}],
    ['assert not 1 == 2', {}],
    ['division by zero', {}],
    ["assert ['tea 1.00', ...', 'sum 3.00'] == ['tea 1.00', ...', 'sum 3.50']", {}],
  ])('%j', (message, values) => {
    expect(pythonComparison(message)).toEqual(values);
  });
});
