import { expect, it } from '@jest/globals';
import { nearestWord } from '../../src/config/nearest-word.ts';

const known = ['off', 'shadow', 'diagnose', 'propose', 'auto-merge'];

it.each([
  ['shadwo', 'shadow'],
  ['Propose', 'propose'],
  ['automerge', 'auto-merge'],
  ['diagnosis', 'diagnose'],
  ['of', 'off'],
  ['banana', undefined],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('%s is near to %s', (word, meant) => {
  expect(nearestWord(word, known)).toBe(meant);
});
