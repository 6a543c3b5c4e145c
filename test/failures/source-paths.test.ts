// Paths as people and tools print them → the file of the repository, or none where it could be another.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mapToTree, pathsIn } from '../../src/failures/source-paths.ts';

const tree = [
  'src/a.ts',
  'lib/a.ts',
  'a.ts',
  'index.js',
  'lib/index.js',
  'src/json/decoder.py',
  'services/shop/pricing.py',
  'tests/test_price.py',
  'packages/api/src/app.ts',
  'packages/web/src/app.ts',
  'app/(shop)/page.tsx',
  'src/main/java/shop/Pricing.java',
];

describe('mapToTree', () => {
  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['./src/a.ts:3:14', 'src/a.ts'],
    ['src/a.ts(3,14)', 'src/a.ts'],
    ['a.ts', 'a.ts'],
    ['/home/runner/work/shop/shop/src/a.ts', 'src/a.ts'],
    ['/github/workspace/lib/a.ts', 'lib/a.ts'],
    ['D:\\a\\shop\\shop\\lib\\a.ts', 'lib/a.ts'],
    ['file:///app/src/a.ts', 'src/a.ts'],
    ['webpack:///./src/a.ts', 'src/a.ts'],
    ['webpack-internal:///(rsc)/./app/(shop)/page.tsx', 'app/(shop)/page.tsx'],
    ['webpack://shop/./src/a.ts?1f2e', 'src/a.ts'],
    ['../../packages/web/src/app.ts', 'packages/web/src/app.ts'],
    ['/app/pricing.py', 'services/shop/pricing.py'],
    ['pricing.py', 'services/shop/pricing.py'],
    ['/usr/local/lib/python3.13/site-packages/shop/pricing.py', 'services/shop/pricing.py'],
    ['tests/test_price.py::PriceTest::test_zero', 'tests/test_price.py'],
    ['shop/Pricing.java', 'src/main/java/shop/Pricing.java'],
  ])('%s is %s', (printed, expected) => {
    expect(mapToTree(printed, tree)).toBe(expected);
  });

  it.each([
    ['app.ts', 'two files fit'],
    ['/app/src/app.ts', 'two files fit'],
    ['/usr/lib/python3.11/json/decoder.py', 'it is Python’s own'],
    ['/app/node_modules/express/lib/index.js', 'it is a dependency’s'],
    ['node:internal/index.js', 'it is the runtime’s'],
    ['other/a.ts', 'it names a folder that is not there'],
    ['/very/far/away/from/here/pricing.py', 'only its name fits'],
    ['missing.ts', 'there is none'],
    ['', 'there is none'],
    ['../..', 'there is none'],
  ])('%s is none: %s', (printed) => {
    expect(mapToTree(printed, tree)).toBeUndefined();
  });

  it('finds every file by its full path below any root, unless that is another file’s path', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tree),
        fc.constantFrom('/srv/app/', '/home/runner/work/shop/shop/', 'C:\\work\\', './'),
        (path, root) => {
          expect(mapToTree(root + path, tree)).toBe(path);
        },
      ),
    );
  });

  it('answers with a path of the tree, or not at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (printed, paths) => {
        const found = mapToTree(printed, paths);
        if (found !== undefined) expect(paths).toContain(found);
      }),
    );
  });
});

describe('pathsIn', () => {
  it('finds paths in prose, code and traces, each once, in order', () => {
    const text = [
      'In `src/pricing.py` line 3 (see tests/test_price.py:12), and C:\\shop\\main.go.',
      '    at calc (/app/lib/calc.js:3:7)  @scope/pkg/index.mjs "app/(shop)/page.tsx" .github/workflows/ci.yml',
      'again src/pricing.py, package.json and file:///srv/x.ts',
    ].join('\n');
    expect(pathsIn(text)).toEqual([
      'src/pricing.py',
      'tests/test_price.py',
      'C:\\shop\\main.go',
      '/app/lib/calc.js',
      '@scope/pkg/index.mjs',
      'app/(shop)/page.tsx',
      '.github/workflows/ci.yml',
      'package.json',
      'file:///srv/x.ts',
    ]);
  });

  it.each(['v1.2.3 and e.g. this', 'https://example.com/docs/index.html', 'example.com', '.py', ''])(
    'finds none in %j',
    (text) => {
      expect(pathsIn(text)).toEqual([]);
    },
  );

  it('stops at a number of paths, and stays fast', () => {
    expect(
      pathsIn(
        Array.from({ length: 2_000 }, (_, index) => `f${index}.ts`)
          .join(' ')
          .replaceAll(' ', '\n'),
      ),
    ).toHaveLength(500);
    expect(pathsIn('a.'.repeat(500_000))).toEqual([]);
  });
});
