// A test and the sources it is about, each way: by their names, and by what the test imports.

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
  const extension = /\.(\w{1,10})$/.exec(path)?.[1] ?? '';
  return families.find((family) => family.includes(extension))?.[0] ?? extension;
};

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
const withoutExtension = (name: string): string => name.replace(/\.\w{1,10}$/, '');

/** `src/price.py` and `tests/test_price.py` have one, as have `Price.java` and `PriceTest.java`. */
export function stemOf(path: string): string {
  return withoutExtension(fileName(path))
    .replace(/[.](test|spec|cy|e2e|unit|integration)$/i, '')
    .replace(/^test_|[_-](test|tests|spec|unittest)$/i, '')
    .replace(/(?<=[a-z\d])(Tests?|TestCase|Spec|IT)$|^Test(?=[A-Z])/, '')
    .toLowerCase();
}

export function looksLikeTest(path: string): boolean {
  return (
    /(^|\/)(tests?|__tests__|specs?|e2e|cypress|[\w.]{1,60}\.Tests?)\//i.test(path) ||
    /(^|\/)test_[^/]+$|[._-](tests?|spec|cy|e2e|unittest)\.\w{1,10}$|(?<=[a-z\d])(Tests?|TestCase|Spec|IT)\.[a-z]{1,10}$/.test(
      path,
    )
  );
}

interface Index {
  byStem: ReadonlyMap<string, readonly string[]>;
  /** By the last word of the module that a file is: its bare name, or its folder's for `index.ts`, `__init__.py`, `mod.rs`. */
  byModule: ReadonlyMap<string, readonly string[]>;
  /** By folder. */
  byFolder: ReadonlyMap<string, readonly string[]>;
  all: ReadonlySet<string>;
}

/** A tree has ten thousands of paths and is asked about dozens. */
const indexes = new WeakMap<readonly string[], Index>();

export function indexOf(treePaths: readonly string[]): Index {
  const known = indexes.get(treePaths);
  if (known) return known;
  const index = {
    byStem: grouped(treePaths, stemOf),
    byModule: grouped(treePaths, (path) => segmentsOf(path).at(-1) ?? ''),
    byFolder: grouped(treePaths, folderOf),
    all: new Set(treePaths),
  };
  indexes.set(treePaths, index);
  return index;
}

function grouped(paths: readonly string[], key: (path: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const name = key(path);
    const group = groups.get(name);
    if (group) group.push(path);
    else groups.set(name, [path]);
  }
  return groups;
}

/** Equal stems in one language, one of them a test; the nearest first. */
export function pairs(path: string, treePaths: readonly string[]): string[] {
  const stem = stemOf(path);
  if (stem.length < 3 || /^(__init__|conftest|setup)$/.test(stem)) return [];
  const alike = (indexOf(treePaths).byStem.get(stem) ?? []).filter(
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

function segmentsOf(path: string): string[] {
  const segments = withoutExtension(path).split('/');
  return /^(index|__init__|mod|lib|main)$/.test(segments.at(-1) ?? '') && segments.length > 1
    ? segments.slice(0, -1)
    : segments;
}

/** What `import`, `require`, `use` or `#include` name in that file → the sources of the repository that they mean. */
export function importedPaths(from: string, specifiers: readonly string[], treePaths: readonly string[]): string[] {
  const index = indexOf(treePaths);
  const found = new Set<string>();
  for (const specifier of specifiers.slice(0, 100)) {
    for (const path of meant(from, specifier, index)) if (path !== from && !looksLikeTest(path)) found.add(path);
  }
  return [...found].slice(0, 50);
}

function meant(from: string, specifier: string, index: Index): string[] {
  const family = familyOf(from);
  if (/^\.{1,2}(\/|$)/.test(specifier))
    return [relative(folderOf(from), specifier, family, index)].flatMap((one) => one ?? []);
  if (family === 'go') return goPackage(specifier, index);
  if (family === 'py' && specifier.startsWith('.')) return ofModule(pythonRelative(from, specifier), family, index);
  const plain = specifier
    .replace(/^[@~]\//, '')
    .replace(/^(crate|self|super)::/, '')
    .replace(/\.(js|jsx|mjs|cjs|h|hpp|rb|php)$/, '');
  const segments = plain
    .split(family === 'js' || family === 'rb' || family === 'c' ? /\// : /[./\\]|::/)
    .filter(Boolean);
  // What stands first is the crate, or the namespace that the manifest ties to a folder.
  if (family === 'rs')
    return ofModule(
      ['src', ...(/^(crate|super|self)::/.test(specifier) ? segments : segments.slice(1))],
      family,
      index,
    );
  if (family === 'php' && segments.length > 1) return ofModule(segments.slice(1), family, index);
  // A bare name is a package's.
  if (family === 'js' && segments.length < 2) return [];
  return ofModule(segments, family, index);
}

function relative(folder: string, specifier: string, family: string, index: Index): string | undefined {
  const parts = folder.split('/').filter(Boolean);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/');
  if (index.all.has(path)) return path;
  const extensions = families.find((one) => one[0] === family) ?? [family];
  // `./price.js` is `price.ts` until it is compiled.
  const bases = [path, withoutExtension(path)];
  return bases
    .flatMap((base) => extensions.flatMap((one) => [`${base}.${one}`, `${base}/index.${one}`]))
    .find((one) => index.all.has(one));
}

/** `..pricing.calc` in `shop/tests/test_calc.py` is `shop.pricing.calc`. */
function pythonRelative(from: string, specifier: string): string[] {
  const dots = /^\.{1,20}/.exec(specifier)?.[0].length ?? 1;
  const folder = from.split('/').slice(0, -dots);
  return [...folder, ...specifier.slice(dots).split('.').filter(Boolean)];
}

/** A module's words, or all but the last, which is a name in it; the file that shares the longest end with them. */
function ofModule(segments: readonly string[], family: string, index: Index): string[] {
  for (const words of [segments, segments.slice(0, -1)]) {
    const last = words.at(-1);
    if (last === undefined) continue;
    const fits = (index.byModule.get(last) ?? [])
      .filter((path) => familyOf(path) === family)
      .map((path) => ({ path, length: commonEnd(segmentsOf(path), words) }));
    const longest = Math.max(0, ...fits.map(({ length }) => length));
    const best = fits.filter(({ length }) => length === longest);
    if (longest >= 2 || (longest === 1 && words.length === 1 && best.length === 1))
      return best.map(({ path }) => path).slice(0, 3);
  }
  return [];
}

/** `github.com/acme/shop/pricing` → the sources of the folder that ends like it. */
function goPackage(specifier: string, index: Index): string[] {
  const words = specifier.split('/');
  const lengths = words.map((_, position) => words.length - position);
  for (const length of lengths) {
    const end = `${words.slice(-length).join('/')}/`;
    const folder = [...index.byFolder.keys()].find((one) => one === end || (length > 1 && one.endsWith(`/${end}`)));
    if (folder !== undefined)
      return (index.byFolder.get(folder) ?? []).filter((path) => path.endsWith('.go')).slice(0, 10);
  }
  return [];
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}
