// Printed places → places in the repository's files: the line is kept, found through a source map, or left out.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placeInTree } from '../../../src/failures/paths/place-in-tree.ts';

/** Line 1 from column 1 is line 3, column 5 of the source; from column 11 on it is line 7, column 3. */
const mappings = 'AAEI,UAIF';
const map = (more: object): string => JSON.stringify({ version: 3, sources: ['../src/price.ts'], mappings, ...more });
const tree = ['src/price.ts', 'src/cart.js', 'dist/price.js', 'dist/price.js.map', 'assets/app.js.map', 'shop/tax.py'];
const textOf =
  (text: string) =>
  (path: string): string | undefined =>
    path.endsWith('.map') ? text : undefined;

describe('placeInTree', () => {
  it.each([
    [
      { file: '/app/src/price.ts', line: 3, column: 5 },
      { path: 'src/price.ts', line: 3, column: 5 },
    ],
    [
      { file: 'C:\\shop\\SHOP\\tax.py', line: 3 },
      { path: 'shop/tax.py', line: 3 },
    ],
    [
      { file: 'build/lib/shop/tax.py', line: 3 },
      { path: 'shop/tax.py', line: 3 },
    ],
    [{ file: '/app/dist/cart.js', line: 3, column: 5 }, { path: 'src/cart.js' }],
    [
      { file: '/app/dist/price.js', line: 3 },
      { path: 'dist/price.js', line: 3 },
    ],
    [{ file: 'src/price.js', line: 3 }, { path: 'src/price.ts' }],
    [{ file: 'webpack-internal:///./src/price.ts', line: 3 }, { path: 'src/price.ts' }],
    [{ file: 'src/price.ts' }, { path: 'src/price.ts' }],
    [{ file: 'missing.ts', line: 3 }, undefined],
  ])('%j is %j without a source map', (place, expected) => {
    expect(placeInTree(place, tree)).toEqual(expected);
  });

  it.each([
    [{ file: '/app/dist/price.js', line: 1, column: 1 }, {}, { path: 'src/price.ts', line: 3, column: 5 }],
    [{ file: 'dist/price.js', line: 1, column: 12 }, {}, { path: 'src/price.ts', line: 7, column: 3 }],
    [{ file: 'dist/price.js', line: 1 }, {}, { path: 'src/price.ts', line: 3, column: 5 }],
    [
      { file: 'http://localhost:8080/assets/app.js?v=1', line: 1, column: 12 },
      { sources: ['webpack://shop/./src/price.ts'] },
      { path: 'src/price.ts', line: 7, column: 3 },
    ],
    [
      { file: 'dist/price.js', line: 1, column: 1 },
      { sourceRoot: '../src', sources: ['price.ts'] },
      { path: 'src/price.ts', line: 3, column: 5 },
    ],
    [{ file: 'dist/price.js', line: 9, column: 1 }, {}, { path: 'dist/price.js', line: 9, column: 1 }],
    [
      { file: 'dist/price.js', line: 1, column: 1 },
      { sources: ['webpack/bootstrap'] },
      { path: 'dist/price.js', line: 1, column: 1 },
    ],
  ])('%j is read through the map beside it', (place, more, expected) => {
    expect(placeInTree(place, tree, textOf(map(more)))).toEqual(expected);
  });

  it.each([
    ['no JSON', '{'],
    ['of another version', map({ version: 2 })],
    ['broken', map({ mappings: '!!!!' })],
    ['too long', map({ sourcesContent: ['x'.repeat(5_000_001)] })],
  ])('goes without a map that is %s', (_, text) => {
    const place = { path: 'dist/price.js', line: 1, column: 1 };
    expect(placeInTree({ file: 'dist/price.js', line: 1, column: 1 }, tree, textOf(text))).toEqual(place);
  });

  it('asks for a map once, however many frames lie in it', () => {
    const asked: string[] = [];
    const counted = (path: string): string => {
      asked.push(path);
      return map({});
    };
    for (const line of [1, 2, 3]) placeInTree({ file: 'dist/price.js', line }, tree, counted);
    expect(asked).toEqual(['dist/price.js.map']);
  });

  it('answers with a path of the tree, whatever the map says', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), (source, drawn, line) => {
        const found = placeInTree(
          { file: 'dist/price.js', line },
          tree,
          textOf(map({ sources: [source], mappings: drawn })),
        );
        expect(tree).toContain(found?.path);
      }),
    );
  });
});
