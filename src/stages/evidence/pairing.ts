// A test and the sources it is about, each way: by their names, and by what the test imports.
import { moduleToTree } from '../../failures/paths/module-to-tree.ts';
import {
  commonSegments,
  extensionOf,
  fileName,
  folderOf,
  moduleOf,
  type TreeLookup,
  treeLookup,
} from '../../failures/paths/tree-lookup.ts';

/** Extensions that stand for one language: a `.tsx` is tested by a `.ts`, a `.h` by a `.cc`. */
const families: readonly (readonly string[])[] = [
  ['js', 'jsx', 'ts', 'tsx', 'mjs', 'cjs', 'mts', 'cts', 'vue', 'svelte'],
  ['c', 'cc', 'cpp', 'cxx', 'h', 'hh', 'hpp', 'm', 'mm'],
  ['java', 'kt', 'kts', 'scala', 'groovy'],
  ['cs', 'fs', 'vb'],
  ['ex', 'exs'],
  ['py', 'pyi'],
];
const familyOf = (path: string): string => {
  const extension = extensionOf(path);
  return families.find((family) => family.includes(extension))?.[0] ?? extension;
};

const withoutExtension = (name: string): string => name.replace(/\.\w{1,10}$/, '');

/** `src/price.py` and `tests/test_price.py` have one, as have `Price.java` and `PriceTest.java`. */
export function stemOf(path: string): string {
  return withoutExtension(fileName(path))
    .replace(/[.](test|spec|cy|e2e|unit|integration)$/i, '')
    .replace(/^test_|[_-](test|tests|spec|unittest)$/i, '')
    .replace(/(?<=[a-z\d])(Tests?|TestCase|Spec|IT)$|^Test(?=[A-Z])/, '')
    .toLowerCase();
}

/** By its own name, whatever folder it lies in: what only helps tests is none. */
export const isNamedLikeTest = (path: string): boolean =>
  /(^|\/)test_[^/]+$|[._-](tests?|spec|cy|e2e|unittest)\.\w{1,10}$|(?<=[a-z\d])(Tests?|TestCase|Spec|IT)\.[a-z]{1,10}$|(^|\/)Test[A-Z]\w{0,100}\.(java|kt|groovy)$/.test(
    path,
  );

export const looksLikeTest = (path: string): boolean =>
  /(^|\/)(tests?|__tests__|specs?|e2e|cypress|[\w.]{1,60}\.Tests?)\//i.test(path) || isNamedLikeTest(path);

/** What stemOf takes off, in lower case. */
const before = ['', 'test_', 'test'];
const after = [
  '',
  ...['test', 'tests', 'spec', 'unittest'].flatMap((mark) => [mark, `_${mark}`, `-${mark}`]),
  'testcase',
  'it',
];

/** The tests and sources that share a stem. */
export function withStem(stem: string, treePaths: readonly string[]): readonly string[] {
  const index = treeLookup(treePaths);
  const names = before.flatMap((first) => after.map((last) => `${first}${stem}${last}`));
  const files = new Set(names.flatMap((name) => index.withHead(name)));
  return [...files].filter((path) => stemOf(path) === stem);
}

/** Equal stems in one language, one of them a test; the nearest first. */
export function pairs(path: string, treePaths: readonly string[]): string[] {
  const stem = stemOf(path);
  if (stem.length < 3 || /^(__init__|conftest|setup)$/.test(stem)) return [];
  const alike = withStem(stem, treePaths).filter(
    (other) => other !== path && familyOf(other) === familyOf(path) && looksLikeTest(other) !== looksLikeTest(path),
  );
  const near = alike
    .map((other) => ({ other, near: nearness(path, other) }))
    .sort((a, b) => b.near - a.near || (a.other < b.other ? -1 : 1));
  // Every folder has its `index`, its `utils`: then only the one next door is meant.
  const nearest = near.length > mostNamesakes ? near.filter((one) => one.near === near[0]?.near) : near;
  return nearest.length > mostNamesakes ? [] : nearest.map(({ other }) => other);
}

const mostNamesakes = 3;

/** Folders that both lie in, whatever stands for `src` and `test` between them. */
function nearness(one: string, other: string): number {
  const left = folderOf(one).split('/').filter(Boolean);
  const right = new Set(folderOf(other).split('/').filter(Boolean));
  return left.filter((segment) => right.has(segment)).length;
}

/** What `import`, `require`, `use` or `#include` name in that file → the sources of the repository that they mean. */
export function importedPaths(from: string, specifiers: readonly string[], treePaths: readonly string[]): string[] {
  const paths = new Set<string>();
  for (const specifier of specifiers.slice(0, 100)) {
    for (const path of meant(from, specifier, treePaths)) if (path !== from && !looksLikeTest(path)) paths.add(path);
  }
  return [...paths].slice(0, 50);
}

function meant(from: string, specifier: string, treePaths: readonly string[]): string[] {
  const family = familyOf(from);
  const index = treeLookup(treePaths);
  if (/^\.{1,2}(\/|$)/.test(specifier)) return found(relative(folderOf(from), specifier, family, index));
  if (family === 'py' && specifier.startsWith('.')) return found(pythonRelative(from, specifier, index));
  const plain = specifier.replace(/^[@~]\//, '');
  const named = moduleToTree(plain, treePaths, from);
  if (named.length > 0 || family === 'go') return named;
  // Aliases and search paths, which a configuration ties to folders; a bare name is a package's, but for C and Ruby.
  const words = plain
    .replace(/\.(js|jsx|mjs|cjs|h|hpp|rb|php|sh|css|scss)$/, '')
    .split('/')
    .filter(Boolean);
  return words.length > 1 || /^(?:c|rb)$/.test(family) ? ofModule(words, family, index) : [];
}

const found = (path: string | undefined): string[] => (path === undefined ? [] : [path]);

function relative(folder: string, specifier: string, family: string, index: TreeLookup): string | undefined {
  const parts = folder.split('/').filter(Boolean);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/');
  if (index.has(path)) return path;
  const extensions = families.find((one) => one[0] === family) ?? [family];
  // `./price.js` is `price.ts` until it is compiled.
  const bases = [path, withoutExtension(path)];
  return bases
    .flatMap((base) => extensions.flatMap((one) => [`${base}.${one}`, `${base}/index.${one}`]))
    .find((one) => index.has(one));
}

/** `..pricing.calc` in `shop/tests/test_calc.py` is `shop/pricing/calc.py`, or a name in `shop/pricing`. */
function pythonRelative(from: string, specifier: string, index: TreeLookup): string | undefined {
  const dots = /^\.{1,20}/.exec(specifier)?.[0].length ?? 1;
  const words = [...from.split('/').slice(0, -dots), ...specifier.slice(dots).split('.').filter(Boolean)];
  return [words, words.slice(0, -1)]
    .map((module) => module.join('/'))
    .flatMap((module) => [`${module}.py`, `${module}/__init__.py`, `${module}.pyi`])
    .find((path) => index.has(path));
}

/** A module's words, or all but the last, which is a name in it; the file that shares the longest end with them. */
function ofModule(segments: readonly string[], family: string, index: TreeLookup): string[] {
  for (const words of [segments, segments.slice(0, -1)]) {
    const fits = index
      .ofModule(words.at(-1) ?? '')
      .filter((path) => familyOf(path) === family)
      .map((path) => ({ path, length: commonSegments(moduleOf(path), words.join('/')) }));
    const longest = Math.max(0, ...fits.map(({ length }) => length));
    const best = fits.filter(({ length }) => length === longest);
    if (longest >= 2 || (longest === 1 && words.length === 1 && best.length === 1))
      return best.map(({ path }) => path).slice(0, 3);
  }
  return [];
}
