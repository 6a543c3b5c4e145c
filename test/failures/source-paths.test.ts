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

const roots = [
  ...['/app/', '/usr/src/app/', '/workspace/', '/github/workspace/', '/__w/shop/shop/', '/builds/acme/shop/', '/srv/'],
  ...[
    '/home/runner/work/shop/shop/',
    '/Users/runner/work/shop/shop/',
    '/var/task/',
    '/opt/acme/shop/',
    './',
    'C:\\work\\',
  ],
  ...['D:\\a\\shop\\shop\\', 'C:\\actions-runner\\_work\\shop\\shop\\', '/mnt/c/shop/', 'file:///srv/app/'],
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

  it.each([
    ['C:\\actions-runner\\_work\\shop\\shop\\src\\a.ts:3:14', 'src/a.ts'],
    ['D:\\a/1\\s/lib\\a.ts', 'lib/a.ts'],
    ['\\\\?\\C:\\shop\\src\\a.ts', 'src/a.ts'],
    ['\\\\server\\share\\shop\\src\\a.ts', 'src/a.ts'],
    ['/mnt/c/Users/ann/shop/src/a.ts', 'src/a.ts'],
    ['/d/a/shop/shop/lib/a.ts', 'lib/a.ts'],
    ['C:\\Shop\\Tests\\Test_Price.py', 'tests/test_price.py'],
    ['/__w/shop/shop/a.ts', 'a.ts'],
    ['/app/packages/../lib/a.ts', 'lib/a.ts'],
    [
      '/root/.cache/_bazel/1a/execroot/_main/bazel-out/k8-fastbuild/bin/services/shop/pricing.py',
      'services/shop/pricing.py',
    ],
    ['jar:file:/app/app.jar!/BOOT-INF/classes!/shop/Pricing.class', 'src/main/java/shop/Pricing.java'],
    ['api/target/classes/shop/Pricing$Item.class', 'src/main/java/shop/Pricing.java'],
    ['/app/build/classes/java/main/shop/Pricing.class', 'src/main/java/shop/Pricing.java'],
    ['services/build/lib/shop/pricing.py', 'services/shop/pricing.py'],
    ['services/shop/__pycache__/pricing.cpython-313.pyc', 'services/shop/pricing.py'],
    ['http://localhost:5173/src/a.ts?t=1718', 'src/a.ts'],
    ['http://localhost:5173/@fs/home/ann/shop/packages/web/src/app.ts', 'packages/web/src/app.ts'],
    ['webpack://shop/src/a.ts', 'src/a.ts'],
    ['(rsc)/./app/(shop)/page.tsx', 'app/(shop)/page.tsx'],
    ['turbopack:///[project]/src/a.ts', 'src/a.ts'],
  ])('%s is %s, wherever it was checked out, copied or served', (printed, expected) => {
    expect(mapToTree(printed, tree)).toBe(expected);
  });

  it.each([
    ['/nix/store/1a2b-shop/src/a.ts', 'it is in a package store'],
    ['external/rules/src/a.ts', 'it is another Bazel repository’s'],
    ['/usr/local/bundle/gems/rack-3.0.1/src/a.ts', 'it is a gem’s'],
    ['/root/go/pkg/mod/github.com/other/x@v1.2.0/src/a.ts', 'it is another module’s'],
    ['/usr/lib/python3/dist-packages/requests/pricing.py', 'the package is another'],
    ['/venv/lib/python3.13/site-packages/pricing.py', 'the package is another'],
    ['C:\\Python313\\Lib\\json\\decoder.py', 'it is Python’s own'],
    ['jar:file:/app/app.jar!/BOOT-INF/lib/x.jar!/shop/Pricing.class', 'it is a library’s'],
    ['https://cdn.example.com/src/a.ts', 'it is another site’s'],
    ['/app/vendor/acme/src/a.ts', 'it is vendored'],
    ['[eval]', 'it is no file'],
    ['<anonymous>', 'it is no file'],
    ['evalmachine.<anonymous>', 'it is no file'],
  ])('%s is none: %s', (printed) => {
    expect(mapToTree(printed, tree)).toBeUndefined();
  });

  it.each([
    ['dist/price.js', 'src/price.ts'],
    ['/app/dist/esm/cart/total.mjs', 'src/cart/total.mts'],
    ['/srv/packages/web/build/page.js', 'packages/web/src/page.tsx'],
    ['packages/web/dist/page.d.ts', 'packages/web/src/page.tsx'],
    ['src/price.js:3:14', 'src/price.ts'],
    ['/app/.next/server/app/cart/page.js', 'app/cart/page.tsx'],
    ['/app/public/assets/checkout-3f2a1b9c.js', 'packages/web/src/checkout.ts'],
    ['dist/style.css', 'src/style.scss'],
    ['dist/committed.js', 'dist/committed.js'],
    ['/app/dist/committed.js', 'dist/committed.js'],
    ['/app/public/assets/index-3f2a1b9c.js', undefined],
    ['/app/dist/other/price.js', undefined],
    ['/app/dist/page.js', undefined],
    ['/app/dist/form/field.js', 'packages/web/src/form/field.ts'],
    ['packages/web/dist/price.js', undefined],
    ['/app/node_modules/shop/dist/price.js', undefined],
  ])('the build’s output %s was made from %s', (printed, expected) => {
    const sources = ['src/price.ts', 'src/cart/total.mts', 'packages/web/src/page.tsx', 'app/cart/page.tsx'];
    const more = [
      'packages/web/src/checkout.ts',
      'dist/committed.js',
      'src/committed.ts',
      'src/index.ts',
      'src/style.scss',
      'packages/web/src/form/field.ts',
      'packages/web/package.json',
    ];
    expect(mapToTree(printed, [...sources, ...more, 'packages/web/src/index.ts'])).toBe(expected);
  });

  it.each([
    ['github.com/acme/shop/price/price.go', 'price/price.go'],
    ['github.com/acme/shop@v1.2.3/price/price.go', 'price/price.go'],
    ['/go/src/github.com/acme/shop/price/price.go', 'price/price.go'],
    ['github.com/acme/shop/main.go', 'main.go'],
    ['internal/tax/tax.go', 'services/internal/tax/tax.go'],
    ['/usr/local/go/src/net/http/server.go', undefined],
    ['github.com/pkg/errors@v0.9.1/errors.go', undefined],
    ['golang.org/x/net@v0.1.0/http/server.go', 'http/server.go'],
  ])('of a Go module %s is %s', (printed, expected) => {
    const files = ['price/price.go', 'main.go', 'http/server.go', 'errors.go', 'services/internal/tax/tax.go'];
    expect(mapToTree(printed, files)).toBe(expected);
  });

  it('finds every file by its full path, and below any root', () => {
    const folder = fc.stringMatching(/^(?:src|lib|dist|build|app|work|[a-z]{1,3}|\[[a-z]{1,3}\])$/);
    const file = fc.tuple(
      fc.array(folder, { maxLength: 4 }),
      fc.constantFrom('index.js', 'a.ts', 'a.js', 'b.py', 'C.java'),
    );
    const files = fc.array(file, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(files, fc.constantFrom(...roots), (drawn, root) => {
        const paths = [...new Set(drawn.map(([folders, name]) => [...folders, name].join('/')))];
        const path = paths[0] ?? '';
        expect(mapToTree(path, paths)).toBe(path);
        const [, ...others] = paths;
        const isUnique = !others.some((other) => other.endsWith(`/${path}`) || path.endsWith(`/${other}`));
        if (isUnique && path.includes('/')) expect(mapToTree(root + path, paths)).toBe(path);
      }),
      { numRuns: 300 },
    );
  });

  it('answers with a path of the tree, or not at all', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '/',
        '\\',
        '..',
        'src/',
        'dist/',
        'a.ts',
        'a.js',
        '!/',
        '://',
        'C:',
        'node_modules/',
        'target/classes/',
      ),
      fc.constantFrom(
        'site-packages/',
        '@v1/',
        '?',
        '#',
        ':3:1',
        '(3,1)',
        '%',
        '.pyc',
        '.class',
        '$',
        '-3f2a1b9c',
        '.min',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 5 }), (printed, paths) => {
        const all = [...tree, ...paths];
        const found = mapToTree(printed, all);
        if (found !== undefined) expect(all).toContain(found);
        for (const path of paths) expect(mapToTree(path, all)).toBe(path);
      }),
      { numRuns: 300 },
    );
  });
});

describe('pathsIn', () => {
  it('finds paths in prose, code and traces, each once, in order', () => {
    const text = [
      'In `src/pricing.py` line 3 (see tests/test_price.py:12), and C:\\shop\\main.go.',
      '    at calc (/app/lib/calc.js:3:7)  @scope/pkg/index.mjs "app/(shop)/page.tsx" .github/workflows/ci.yml',
      'again src/pricing.py, package.json and file:///srv/x.ts',
      'at http://localhost:5173/src/cart.ts?t=17:3:4, but not https://cdn.example.com/src/cart.js',
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
      'http://localhost:5173/src/cart.ts',
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
