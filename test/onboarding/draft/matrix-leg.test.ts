import { describe, expect, it } from '@jest/globals';
import { chooseLeg, legInWords } from '../../../src/onboarding/draft/matrix-leg.ts';

const chosen = (matrix: unknown, failed = '') => legInWords(chooseLeg(matrix, (leg) => legInWords(leg) === failed));

describe('the combination of a matrix', () => {
  it.each<[string, unknown, string]>([
    ['is the first', { node: [20, 22] }, '20'],
    ['runs on Linux', { os: ['windows-latest', 'macos-14', 'ubuntu-24.04'], node: [20, 22] }, 'ubuntu-24.04, 20'],
    ['is not excluded', { node: [20, 22], db: ['a', 'b'], exclude: [{ node: 20, db: 'a' }] }, '20, b'],
    ['has what is included', { node: [20, 22], include: [{ node: 20, flag: 'x' }] }, '20, x'],
    ['may be an included one', { include: [{ python: '3.13', env: 'py313' }] }, '3.13, py313'],
    ['has values in values', { target: [{ os: 'linux', cpu: { name: 'arm' } }] }, 'linux, arm'],
    ['is none where an expression makes it', '${'.concat('{ fromJSON(x) }}'), ''],
    ['is none where there is none', undefined, ''],
  ])('%s', (_what, matrix, words) => expect(chosen(matrix)).toBe(words));

  it('is the one that failed', () =>
    expect(chosen({ os: ['ubuntu-24.04', 'windows-2022'], node: [20, 22] }, 'windows-2022, 22')).toBe(
      'windows-2022, 22',
    ));
});
