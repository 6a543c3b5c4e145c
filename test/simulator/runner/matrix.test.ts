import { describe, expect, it } from '@jest/globals';
import { combinationSuffix, expandMatrix } from '../../../simulator/runner/matrix.ts';

describe('expandMatrix', () => {
  it('is one job without a matrix', () => {
    expect(expandMatrix(undefined)).toEqual([undefined]);
  });

  it('multiplies the vectors in order', () => {
    expect(expandMatrix({ os: ['a', 'b'], node: [20, 24] })).toEqual([
      { os: 'a', node: 20 },
      { os: 'a', node: 24 },
      { os: 'b', node: 20 },
      { os: 'b', node: 24 },
    ]);
  });

  it('leaves out what an exclude covers in part', () => {
    expect(expandMatrix({ os: ['a', 'b'], node: [20, 24], exclude: [{ os: 'b' }, { node: 20, os: 'a' }] })).toEqual([
      { os: 'a', node: 24 },
    ]);
  });

  // The example of https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations#expanding-or-adding-matrix-configurations
  it('includes as GitHub’s documentation has it', () => {
    const include = [
      { color: 'green' },
      { color: 'pink', animal: 'cat' },
      { fruit: 'apple', shape: 'circle' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ];
    expect(expandMatrix({ fruit: ['apple', 'pear'], animal: ['cat', 'dog'], include })).toEqual([
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ]);
  });

  it('takes a matrix of includes alone', () => {
    expect(expandMatrix({ include: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each([
    [{ a: [] }, "Matrix vector 'a' does not contain any values"],
    [{ a: 'x' }, "Matrix vector 'a' must be a sequence"],
    [{ a: [1], exclude: [{ a: 1 }] }, 'Matrix must define at least one vector'],
    [{ a: Array.from({ length: 257 }, (_one, index) => index) }, 'more than the 256'],
  ])('refuses %j', (matrix, message) => {
    expect(() => expandMatrix(matrix)).toThrow(message);
  });

  it('names the combinations', () => {
    expect(combinationSuffix({ os: 'linux', node: { major: 20, lts: true } })).toBe(' (linux, 20, true)');
    expect(combinationSuffix(undefined)).toBe('');
  });
});
