import { describe, expect, it } from '@jest/globals';
import { sourceLimits, sourcesWithin, wantedPaths } from '../../../src/stages/evidence/sources.ts';

const treePaths = [
  'src/cart.js',
  'src/price.js',
  'src/index.js',
  'test/cart.test.js',
  'test/price.test.js',
  'lib/index.js',
  'package-lock.json',
];

describe('the files that are read', () => {
  const accused = (...paths: string[]) => paths.map((path) => ({ path, score: 1, reasons: ['x'] }));

  it('are the suspects, each with its test, and none that nobody should mend', () => {
    expect(wantedPaths(accused('src/cart.js', 'package-lock.json'), treePaths)).toEqual([
      'src/cart.js',
      'test/cart.test.js',
    ]);
  });

  it('hold a test for the style of a new one, where the suspects have none', () => {
    expect(wantedPaths(accused('src/index.js'), treePaths)).toEqual(['src/index.js', 'test/cart.test.js']);
  });

  it('are ten at most', () => {
    const many = Array.from({ length: 60 }, (_, index) => [
      `src/module${index}.js`,
      `test/module${index}.test.js`,
    ]).flat();
    const sources = many.filter((path) => path.startsWith('src/'));
    expect(wantedPaths(accused(...sources), many)).toHaveLength(sourceLimits.files);
  });

  it('leave out what is missing or would not fit, and go on with the next', () => {
    const text = new Map([
      ['big.js', 'x'.repeat(90_000)],
      ['bigger.js', 'x'.repeat(50_000)],
      ['small.js', 'y'],
    ]);
    const found = sourcesWithin(
      ['gone.js', 'big.js', 'bigger.js', 'small.js'],
      text,
      new Map([['small.js', '100755']]),
    );
    expect(found.map(({ path, mode }) => [path, mode])).toEqual([
      ['big.js', '100644'],
      ['small.js', '100755'],
    ]);
  });
});
