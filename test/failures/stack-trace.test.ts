// Frames as V8 prints them, and which of them are a place to look at.
import { describe, expect, it } from '@jest/globals';
import { isForeign, markedFrame, place, printedFrame, tidied, v8Frame } from '../../src/failures/stack-trace.ts';

describe('v8Frame', () => {
  it.each([
    ['at load (/app/src/a.js:3:7)', { file: '/app/src/a.js', line: 3, column: 7, function: 'load' }],
    ['at async Promise.all (index 0)', undefined],
    ['at async load (file:///app/a%20b.mjs:3:7)', { file: '/app/a b.mjs', line: 3, column: 7, function: 'load' }],
    [
      'at Object.<anonymous> (C:\\shop\\a b.js:3:7)',
      { file: 'C:\\shop\\a b.js', line: 3, column: 7, function: 'Object.<anonymous>' },
    ],
    ['at new Foo [as bar] (a.ts:3:7)', { file: 'a.ts', line: 3, column: 7, function: 'new Foo [as bar]' }],
    ['at file:///C:/shop/a.js:3:7', { file: 'C:/shop/a.js', line: 3, column: 7 }],
    ['at sum.test.js:10:1', { file: 'sum.test.js', line: 10, column: 1 }],
    ['at webpack-internal:///./src/a.js:3:7', { file: 'webpack-internal:///./src/a.js', line: 3, column: 7 }],
    [
      'at Page (webpack-internal:///(rsc)/./app/(shop)/page.tsx:3:7)',
      { file: 'webpack-internal:///(rsc)/./app/(shop)/page.tsx', line: 3, column: 7, function: 'Page' },
    ],
    ['at f (/app/a.js?v=12:3:7)', { file: '/app/a.js', line: 3, column: 7, function: 'f' }],
    ['price (file:///app/price.mjs:2:29)', { file: '/app/price.mjs', line: 2, column: 29, function: 'price' }],
    ['at f (/app/100%.js:1:2) {', { file: '/app/100%.js', line: 1, column: 2, function: 'f' }],
    ['at http://localhost:3000:1', undefined],
    ['Listening at http://localhost:3000', undefined],
    ['Finished at 12:30:45', undefined],
    ['at shop.Pricing.calc(Pricing.java:3)', undefined],
  ])('reads %j', (text, expected) => {
    expect(v8Frame(text)).toEqual(expected);
  });

  it.each([
    '> > at f (a.js:1:2)',
    '2026-03-01T12:00:00Z ERROR     at f (a.js:1:2)',
    'web-1  |     at f (a.js:1:2)',
    '- at f (a.js:1:2)',
  ])('finds the frame in %j', (text) => {
    expect(printedFrame(text)).toEqual({ file: 'a.js', line: 1, column: 2, function: 'f' });
  });
});

describe('place', () => {
  it.each([
    'node:internal/modules/cjs/loader',
    '/app/node_modules/express/lib/router.js',
    '/usr/lib/python3.11/json/decoder.py',
    '/venv/lib/python3.11/site-packages/flask/app.py',
    'C:\\shop\\node_modules\\x\\index.js',
    '/home/runner/go/pkg/mod/example.com/x/x.go',
    '/opt/hostedtoolcache/go/1.25.0/x64/src/testing/testing.go',
    'java/util/ArrayList.java',
    '<frozen importlib._bootstrap>',
    '/nix/store/1a2b-python3/lib/json/decoder.py',
    '/root/.cache/bazel/execroot/_main/external/rules/run.py',
    'C:\\hostedtoolcache\\windows\\Python\\3.13.0\\x64\\Lib\\json\\decoder.py',
    '/usr/local/cargo/registry/src/index.crates.io-6f17d22bba15001f/serde-1.0.0/src/lib.rs',
    'internal/modules/cjs/loader.js',
    '<anonymous>',
  ])('is not %s', (file) => {
    expect(isForeign({ file })).toBe(true);
    expect(
      place([
        { file, line: 1 },
        { file: 'src/own.ts', line: 2, column: 3, function: 'f' },
      ]),
    ).toEqual({ file: 'src/own.ts', line: 2, column: 3 });
  });

  it.each(['internal/price/price.go', 'native/price.c', '/app/lib/ruby.rb', '/app/python/lib/price.py'])(
    'may be %s',
    (file) => {
      expect(isForeign({ file })).toBe(false);
      expect(tidied([{ file }, { file: 'node:fs' }])).toEqual([{ file }]);
    },
  );

  it('is the innermost frame where all are foreign, and nothing where there is none', () => {
    expect(place([{ file: '/app/node_modules/a.js' }, { file: 'node:fs' }])).toEqual({
      file: '/app/node_modules/a.js',
    });
    expect(place([])).toBeUndefined();
  });

  it('drops the runtime’s frames unless there are no others', () => {
    const [own, internal] = [{ file: 'a.js' }, { file: 'node:fs' }];
    expect(tidied([internal, own])).toEqual([own]);
    expect(tidied([internal])).toEqual([internal]);
  });
});

describe('markedFrame', () => {
  it.each([
    [' ❯ total src/price.ts:1:60', { file: 'src/price.ts', line: 1, column: 60, function: 'total' }],
    [' ❯ test/price.test.ts:14:7', { file: 'test/price.test.ts', line: 14, column: 7 }],
    ['  › file://test/price.js:5:5', { file: 'test/price.js', line: 5, column: 5 }],
    ['  › f (file://test/late.js:4:11)', { file: 'test/late.js', line: 4, column: 11, function: 'f' }],
    [' ❯ test/price.test.ts (9 tests | 7 failed)', undefined],
    ['- test/price.test.ts:14:7', undefined],
  ])('reads %j', (text, expected) => {
    expect(markedFrame(text)).toEqual(expected);
  });
});
