import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Failure } from '../../../src/incident/failure.ts';
import { sourceLimits, sourcesWithin, wantedPaths } from '../../../src/stages/evidence/sources.ts';
import { looksLikeTest, pairs, suspects } from '../../../src/stages/evidence/suspects.ts';

const treePaths = [
  'src/cart.js',
  'src/price.js',
  'src/index.js',
  'test/cart.test.js',
  'test/price.test.js',
  'lib/index.js',
  'package-lock.json',
];
const failure = (changes: Partial<Failure> = {}): Failure => ({
  tool: 'node',
  message: 'boom',
  frames: [],
  at: { from: 1, to: 2 },
  ...changes,
});
const none = { failures: [], text: '', changes: [], treePaths };
const order = (clues: Partial<Parameters<typeof suspects>[0]>) =>
  suspects({ ...none, ...clues }).map((one) => one.path);

describe('suspects', () => {
  it('are ordered: the innermost frame, then outer frames, then what the commit changed, then what is only mentioned', () => {
    const frames = [
      { file: '/srv/app/src/price.js', line: 3 },
      { file: '/srv/app/src/cart.js', line: 9 },
    ];
    const found = order({
      failures: [failure({ frames })],
      changes: [{ path: 'src/index.js', status: 'modified', patch: '' }],
      text: 'see lib/index.js',
    });
    expect(found.filter((path) => path.startsWith('src/') || path.startsWith('lib/'))).toEqual([
      'src/price.js',
      'src/cart.js',
      'src/index.js',
      'lib/index.js',
    ]);
  });

  it('bring their tests along, below themselves', () => {
    const found = suspects({ ...none, failures: [failure({ file: 'src/cart.js' })] });
    expect(found).toMatchObject([
      { path: 'src/cart.js', reasons: ['node names it'] },
      { path: 'test/cart.test.js', reasons: ['goes with src/cart.js by name'] },
    ]);
    expect(found[0]?.score).toBeGreaterThan(found[1]?.score ?? 0);
  });

  it('are files of the tree only', () => {
    const frames = [
      { file: 'node:internal/process', line: 1 },
      { file: '/srv/app/node_modules/x/gone.js', line: 2 },
      { file: '../../etc/passwd' },
    ];
    expect(
      order({ failures: [failure({ frames })], changes: [{ path: 'deleted.js', status: 'removed', patch: '' }] }),
    ).toEqual([]);
  });

  it('come in the same order for the same clues, whatever was printed', () => {
    const printed = fc.oneof(fc.constantFrom(...treePaths.map((path) => `/x/${path}`)), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(printed), fc.string({ unit: 'binary' }), (files, text) => {
        const clues = { ...none, text, failures: [failure({ frames: files.map((file) => ({ file })) })] };
        const found = suspects(clues);
        expect(suspects(clues)).toEqual(found);
        expect(found.every((one) => treePaths.includes(one.path) && one.score > 0 && one.reasons.length > 0)).toBe(
          true,
        );
        expect(found.map((one) => one.score)).toEqual(found.map((one) => one.score).sort((a, b) => b - a));
      }),
    );
  });
});

describe('a source and its test', () => {
  it.each([
    ['src/price.py', 'tests/test_price.py'],
    ['lib/cart.js', 'test/cart.test.js'],
    ['pkg/cart.go', 'pkg/cart_test.go'],
    ['src/main/java/Cart.java', 'src/test/java/CartTest.java'],
    ['app/cart.rb', 'spec/cart_spec.rb'],
    ['src/cart.ts', 'src/__tests__/cart.ts'],
  ])('%s goes with %s', (source, test) => {
    expect(pairs(source, [source, test, 'other.py'])).toEqual([test]);
    expect(pairs(test, [source, test])).toEqual([source]);
  });

  it.each([
    ['two sources of one name', 'src/index.js', 'lib/index.js'],
    ['another language', 'src/cart.py', 'test/cart.test.js'],
    ['a name too short to mean anything', 'src/a.js', 'test/a.test.js'],
  ])('%s do not', (_, one, other) => {
    expect(pairs(one, [one, other])).toEqual([]);
  });

  it.each([
    ['tests/conftest.py', true],
    ['latest/price.py', false],
    ['src/contest.js', false],
    ['src/testing.js', false],
    ['src/cart.spec.ts', true],
  ])('%s looks like a test: %s', (path, is) => {
    expect(looksLikeTest(path)).toBe(is);
  });
});

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
