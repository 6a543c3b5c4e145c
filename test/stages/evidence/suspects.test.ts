import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Suspect } from '../../../src/incident/case-file.ts';
import type { Failure } from '../../../src/incident/failure.ts';
import { type Clues, suspects } from '../../../src/stages/evidence/suspects.ts';
import { suspectsFromText } from '../../../src/stages/evidence/suspects-from-text.ts';
import { sha } from '../../incident/sample.ts';

const treePaths = [
  'src/cart.js',
  'src/price.js',
  'src/index.js',
  'test/cart.test.js',
  'test/price.test.js',
  'lib/index.js',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'web/tsconfig.json',
  'vendor/lib.js',
  'src/main/java/PriceList.java',
  'src/test/java/PriceListTest.java',
];
const failure = (changes: Partial<Failure> = {}): Failure => ({
  tool: 'node',
  message: 'boom',
  frames: [],
  at: { from: 1, to: 2 },
  ...changes,
});
const none: Clues = { failures: [], text: '', changes: [], treePaths };
const found = (clues: Partial<Clues>) => suspects({ ...none, ...clues });
const order = (clues: Partial<Clues>) => found(clues).map((one) => one.path);
const of = (path: string, clues: Partial<Clues>) => found(clues).find((one) => one.path === path);
const changed = (path: string, patch = '') => ({ path, status: 'modified', patch });
const sinceGreen = {
  since: { runId: 60, url: 'https://github.com/r/60', sha: sha('0') },
  commits: [{ sha: '1a2b3c4'.padEnd(40, '0'), subject: 'Change it', author: 'alice', url: 'https://github.com/c' }],
  breaking: { sha: '1a2b3c4'.padEnd(40, '0'), why: 'the only commit since the last green run' },
};

describe('suspects', () => {
  it('are ordered: the innermost frame, then outer frames, then what was changed, then what is only mentioned', () => {
    const frames = [
      { file: '/srv/app/src/price.js', line: 3 },
      { file: '/srv/app/src/cart.js', line: 9 },
    ];
    const paths = order({
      failures: [failure({ frames })],
      changes: [changed('src/index.js')],
      text: 'see lib/index.js',
    });
    expect(paths.filter((path) => /^(src|lib)\/\w+\.js$/.test(path))).toEqual([
      'src/price.js',
      'src/cart.js',
      'src/index.js',
      'lib/index.js',
    ]);
  });

  it('have a score of 0 to 1, lines of interest, and reasons in words', () => {
    const frames = [{ file: 'src/price.js', line: 12 }];
    const [first] = found({ failures: [failure({ frames, file: 'src/price.js', line: 12 })] });
    expect(Suspect.parse(first)).toEqual({
      path: 'src/price.js',
      score: 0.78,
      lines: [12],
      reasons: ['innermost frame of the failure, line 12', 'node names it, line 12'],
    });
  });

  it('are surest where a line of the failure was just changed', () => {
    const frames = [
      { file: 'src/price.js', line: 3 },
      { file: 'src/cart.js', line: 9 },
    ];
    const patch = '@@ -7,4 +7,4 @@\n a\n b\n-c\n+C\n d';
    const clues = { failures: [failure({ frames })], changes: [changed('src/cart.js', patch)], sinceGreen };
    expect(order(clues)[0]).toBe('src/cart.js');
    expect(of('src/cart.js', clues)?.reasons).toEqual(
      expect.arrayContaining([
        'line 9, which the failure names, was changed',
        'changed in 1a2b3c4 by alice, 1 of its lines is in the failure',
        'in the stack trace, line 9',
      ]),
    );
  });

  it('are likelier when changed and named, by path, by file name, by bare name, than when only changed', () => {
    const score = (text: string, path: string) => of(path, { text, changes: [changed(path)] })?.score ?? 0;
    const java = 'src/main/java/PriceList.java';
    const scores = ['at src/main/java/PriceList.java:3', 'in PriceList.java', 'PriceList failed', 'nothing'].map(
      (text) => score(text, java),
    );
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });

  it('are not named by a word of prose, nor by a name that many files have', () => {
    expect(order({ text: 'the price of the cart is in the index' })).toEqual([]);
    const many = Array.from({ length: 5 }, (_, index) => `p${index}/index.js`);
    expect(suspects({ ...none, treePaths: many, text: 'index.js is missing' })).toEqual([]);
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

  it('are doubted when generated, vendored or a lockfile', () => {
    const clues = {
      failures: [
        failure({
          frames: [
            { file: 'vendor/lib.js', line: 1 },
            { file: 'src/cart.js', line: 2 },
          ],
        }),
      ],
    };
    expect(order(clues)[0]).toBe('src/cart.js');
    expect(of('vendor/lib.js', clues)?.reasons).toContain('generated, vendored or a lockfile');
  });

  it('are not blamed for a line that only what was built of them has', () => {
    const patch = '@@ -3,1 +3,1 @@\n-a\n+b';
    const clues = {
      treePaths: ['src/price.ts'],
      failures: [failure({ frames: [{ file: '/app/dist/price.js', line: 3 }] })],
      changes: [changed('src/price.ts', patch)],
    };
    expect(of('src/price.ts', clues)?.reasons).toEqual([
      'innermost frame of the failure',
      'changed by the failing commit',
    ]);
  });

  it('have owners where CODEOWNERS names some', () => {
    const ownersOf = (path: string) => (path.startsWith('src/') ? ['@acme/core'] : []);
    const clues = { failures: [failure({ file: 'src/cart.js' })], ownersOf };
    expect(of('src/cart.js', clues)?.owners).toEqual(['@acme/core']);
    expect(of('test/cart.test.js', clues)).not.toHaveProperty('owners');
  });

  it('are twenty at most', () => {
    const many = Array.from({ length: 60 }, (_, index) => `src/file${index}.js`);
    expect(suspects({ ...none, treePaths: many, changes: many.map((path) => changed(path)) })).toHaveLength(20);
  });

  it('come in the same order for the same clues, whatever was printed', () => {
    const printed = fc.oneof(fc.constantFrom(...treePaths.map((path) => `/x/${path}`)), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(printed), fc.string({ unit: 'binary' }), (files, text) => {
        const clues = { text, failures: [failure({ test: text, frames: files.map((file) => ({ file })) })] };
        const all = found(clues);
        expect(found(clues)).toEqual(all);
        expect(
          all.every((one) => treePaths.includes(one.path) && one.score > 0 && one.score <= 1 && one.reasons.length > 0),
        ).toBe(true);
        expect(all.map((one) => one.score)).toEqual(all.map((one) => one.score).sort((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });
});

describe('of a test that fails', () => {
  const assertion = failure({
    tool: 'jest',
    test: 'adds',
    file: 'test/cart.test.js',
    line: 4,
    expected: '3',
    actual: '4',
    frames: [{ file: 'test/cart.test.js', line: 4 }],
  });

  it('the source with its name comes before the test', () => {
    expect(order({ failures: [assertion], changes: [changed('src/cart.js')] }).slice(0, 2)).toEqual([
      'src/cart.js',
      'test/cart.test.js',
    ]);
    expect(of('src/cart.js', { failures: [assertion] })?.reasons).toContain('by its name what cart.test.js tests');
  });

  it('the sources that it imports are suspects, the more of them the less each', () => {
    const one = of('src/price.js', { failures: [assertion], importsOf: () => ['../src/price.js'] });
    const two = of('src/price.js', { failures: [assertion], importsOf: () => ['../src/price.js', '../src/index.js'] });
    expect(one?.reasons).toContain('imported by cart.test.js, which fails');
    expect(one?.score ?? 0).toBeGreaterThan(two?.score ?? 0);
  });

  it('the test itself is it when only tests were changed since', () => {
    expect(order({ failures: [assertion], changes: [changed('test/cart.test.js')] })[0]).toBe('test/cart.test.js');
  });

  it.each([
    ['tests.b.test_calc.CalcTest.test_zero', 'tests/b/test_calc.py'],
    ['test_zero (tests.a.test_calc.CalcTest.test_zero)', 'tests/a/test_calc.py'],
    ['com.acme.b.CartTest.adds()', 'src/test/java/com/acme/b/CartTest.java'],
    ['shop::price::total', undefined],
  ])('%s is in %s alone', (test, path) => {
    const tree = [
      ...['a', 'b'].flatMap((one) => [`tests/${one}/test_calc.py`, `src/test/java/com/acme/${one}/CartTest.java`]),
      ...['src/price.rs', 'tests/total.rs'],
    ];
    const tests = found({ treePaths: tree, failures: [failure({ test })] }).filter(({ reasons }) =>
      reasons.includes('the test that fails'),
    );
    expect(tests.map((one) => one.path)).toEqual(path === undefined ? [] : [path]);
  });

  it('what only helps the tests is not the one that fails', () => {
    const frames = [
      { file: 'tests/urls.py', line: 4 },
      { file: 'tests/test_price.py', line: 9 },
    ];
    const paths = ['tests/urls.py', 'shop/urls.py', 'tests/test_price.py', 'shop/price.py'];
    const said = (one: Partial<Failure>) =>
      found({ treePaths: paths, failures: [failure(one)] }).filter(({ reasons }) =>
        reasons.includes('the test that fails'),
      );
    expect(said({ test: 'test_zero', frames }).map(({ path }) => path)).toEqual(['tests/test_price.py']);
    expect(said({ file: 'shop/price.py', frames: frames.slice(0, 1) })).toEqual([]);
    expect(said({ test: 'zero', frames: frames.slice(0, 1) }).map(({ path }) => path)).toEqual(['tests/urls.py']);
  });

  it('the test itself is it when it does not compile', () => {
    const error = failure({ tool: 'tsc', type: 'TS2345', file: 'test/cart.test.js', line: 4 });
    expect(order({ failures: [error] })[0]).toBe('test/cart.test.js');
  });

  it.each([
    ['test/cart.test.js::adds', 'src/cart.js'],
    ['PriceListTest.adds(int)[2]', 'src/main/java/PriceList.java'],
    ['PriceListTest > adds', 'src/main/java/PriceList.java'],
    ['com.shop.PriceListTest > adds', 'src/main/java/PriceList.java'],
  ])('its id alone leads to the source: %s', (test, source) => {
    expect(order({ failures: [failure({ tool: 'junit', test })] })).toContain(source);
  });
});

describe('of a failure that names no file', () => {
  it.each([
    ['npm ci', failure({ tool: 'npm' }), ['package.json', 'package-lock.json']],
    ['npx tsc --noEmit', failure({ tool: 'shell' }), ['tsconfig.json', 'web/tsconfig.json']],
  ])('%s: the configuration that it is about', (failingCommand, one, paths) => {
    expect(order({ failures: [one], failingCommand }).sort()).toEqual([...paths].sort());
  });

  it('but not where another file is named', () => {
    expect(
      order({ failures: [failure({ tool: 'tsc', file: 'src/cart.js' })], failingCommand: 'npx tsc' }),
    ).not.toContain('tsconfig.json');
  });
});

describe('without a repository', () => {
  const traced = failure({
    frames: [
      { file: '/home/runner/work/shop/shop/src/price.js', line: 3 },
      { file: '/home/runner/work/shop/shop/node_modules/jest/run.js', line: 1 },
    ],
  });

  it('suspects are the paths as printed, each file once, ranked alike', () => {
    const text = 'FAIL test/price.test.js\n  at src/price.js:3:1 and src/cart.js';
    const paths = suspectsFromText({ failures: [{ ...traced, file: 'test/price.test.js', test: 'adds' }], text }).map(
      ({ path }) => path,
    );
    expect(paths[0]).toBe('/home/runner/work/shop/shop/src/price.js');
    expect([...paths].sort()).toEqual([
      '/home/runner/work/shop/shop/src/price.js',
      'src/cart.js',
      'test/price.test.js',
    ]);
  });

  it.each([
    'node:internal/timers',
    '/opt/hostedtoolcache/Python/3.8.12/x64/lib/python3.8/site-packages/nose/case.py',
    'java/util/ArrayList.java',
    'org/junit/Assert.java',
    '/usr/local/go/src/testing/testing.go',
    '/home/runner/.cargo/registry/src/x/lib.rs',
    '/rustc/0123456789/library/core/src/panicking.rs',
  ])('%s is nobody’s to mend here', (file) => {
    expect(suspectsFromText({ failures: [failure({ frames: [{ file, line: 1 }] })], text: '' })).toEqual([]);
  });

  describe('of a trace of the JVM', () => {
    const frames = [
      { file: 'org/springframework/util/Assert.java', line: 4 },
      { file: 'com/acme/shop/Price.java', line: 12 },
    ];
    const failed = failure({ tool: 'junit', test: 'com.acme.shop.CartTest.adds', frames });
    const paths = (one: Partial<Failure>, text = '') =>
      suspectsFromText({ failures: [{ ...failed, ...one }], text }).map(({ path }) => path);

    it('frameworks are none, unless the tests are theirs', () => {
      expect(paths({})).toEqual(['com/acme/shop/Price.java', 'com/acme/shop/CartTest.java']);
      const theirs = { test: 'org.springframework.util.AssertTests.fails', frames: frames.slice(0, 1) };
      expect(paths(theirs)[0]).toBe('org/springframework/util/Assert.java');
    });

    it('frames that are only in the text have their packages', () => {
      const trace = [
        '\tat java.base/java.util.ArrayList.get(ArrayList.java:427)',
        '\tat app//com.acme.shop.Tax$Rate.of(Tax.java:7)',
        '\tat org.gradle.Worker.run(Worker.java:1)',
      ].join('\n');
      expect(paths({ frames: [{ file: 'com/acme/shop/Price.java' }] }, trace).sort()).toEqual(
        ['CartTest', 'Price', 'Tax'].map((name) => `com/acme/shop/${name}.java`),
      );
    });

    it('classes that the message names are there, and by their full path where one is printed', () => {
      const message = 'Cannot invoke "com.acme.shop.Rate.of()" because of com.other.Rates, java.lang.Object';
      expect(paths({ message })).toContain('com/acme/shop/Rate.java');
      expect(paths({ message }).join()).not.toMatch(/other|Object/);
      const full = '/home/runner/work/shop/shop/src/main/java/com/acme/shop/Rate.java';
      const printed = paths({ message }, `[ERROR] ${full}:[3,14] cannot find symbol`);
      expect(printed.filter((path) => path.endsWith('Rate.java'))).toEqual([full]);
    });

    it('what a test’s name stands for is there only where its file is printed', () => {
      expect(paths({}).join()).not.toContain('Cart.java');
      expect(paths({}, 'Cart.java | 80 %')).toContain('Cart.java');
    });
  });

  it('bare names come after paths that are as likely', () => {
    const found = suspectsFromText({ failures: [], text: 'bakery.js | 100\nsee src/cart.js' });
    expect(found.map(({ path }) => path)).toEqual(['src/cart.js', 'bakery.js']);
  });

  it('there are none where none is printed', () => {
    expect(suspectsFromText({ failures: [failure()], text: 'it failed' })).toEqual([]);
  });

  it('whatever is printed, each suspect is something printed', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (files) => {
        const all = suspectsFromText({ failures: [failure({ frames: files.map((file) => ({ file })) })], text: '' });
        expect(all.every(({ path }) => files.includes(path))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
