// Text → the paths that it mentions, and the files of a repository that they mean.
import { sourceNames, sourceOf } from './paths/build-output.ts';
import { isElsewhere } from './paths/elsewhere.ts';
import { type PrintedPath, readPath } from './paths/printed-path.ts';
import { commonSegments, fileName, folderOf, isEndOf, type TreeLookup, treeLookup } from './paths/tree-lookup.ts';

const extensions =
  'c|cc|cpp|cs|css|cjs|cts|ex|exs|fs|go|gradle|groovy|h|hpp|html|java|js|json|jsx|kt|kts|less|lua|m|md|mjs|mts|php|pl|ps1|properties|py|pyi|rb|rs|sass|scala|scss|sh|sql|svelte|swift|tf|toml|ts|tsx|txt|vue|xml|yaml|yml|zig';
const mention = new RegExp(
  String.raw`(?<![\w@.~+/\\-])(?:(?:file|webpack(?:-internal)?|rollup|turbopack|app):\/{2,3}|https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?)?(?:[A-Za-z]:)?[\\/]?(?:[\w@.~+()[\]-]{1,100}[\\/]){0,30}[\w@.~+[\]-]{1,100}\.(?:${extensions})(?![\w/\\])`,
  'gi',
);
const mostPaths = 500;

/** In order of appearance, each once, as printed. */
export function pathsIn(text: string): string[] {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    for (const [path] of line.slice(0, 4_000).matchAll(mention)) {
      if (!/^\W*\.\w+$/.test(path)) found.add(path.replace(/^[([]+/, ''));
      if (found.size >= mostPaths) return [...found];
    }
  }
  return [...found];
}

/**
 * The one file that the printed path can mean: the repository may lie anywhere (`/app/src/a.ts`), the path may be
 * relative to one of its folders (`src/a.ts`), or be what a build made of the file (`dist/a.js`). The longest common end
 * wins; two that fit equally are no answer, but for one that is printed in full.
 */
export function mapToTree(printedPath: string, treePaths: readonly string[]): string | undefined {
  const index = treeLookup(treePaths);
  if (index.has(printedPath)) return printedPath;
  if (isElsewhere(printedPath.replaceAll('\\', '/'))) return undefined;
  const printed = withSourceName(readPath(printedPath), index);
  if (printed.path === '' || printed.path.length > mostCharacters) return undefined;
  const name = fileName(printed.path);
  const beyond = inFull(printed, index.named(name), index);
  if (beyond !== undefined) return beyond;
  const same = theOne(printed, index.named(name), index);
  if (same !== undefined && isSure(printed, same)) return same;
  // What is vendored was built elsewhere.
  const source = printed.least > 1 ? undefined : (sourceOf(printed, index) ?? compiled(printed, index));
  return source ?? same ?? likeIt(printed, index);
}

const mostCharacters = 4_000;

/** `__pycache__/price.cpython-312.pyc` is `price.py`. */
function withSourceName(printed: PrintedPath, index: TreeLookup): PrintedPath {
  if (!printed.path.endsWith('.pyc') || index.named(fileName(printed.path)).length > 0) return printed;
  const path = printed.path
    .replace(/(^|\/)__pycache__\/([^/]+)$/, '$1$2')
    .replace(/(?:\.cpython-\d{1,4}(?:\.opt-\d)?|\.pypy\d{1,4})?\.pyc$/, '.py');
  return { ...printed, path };
}

/** All of what is printed, or all of a file's path, and not its bare name alone. */
const isSure = (printed: PrintedPath, path: string): boolean =>
  isEndOf(printed.path, path) || (path.includes('/') && isEndOf(path, printed.path));

/** What is cut off as a root or a package folder may be the repository's own folder: `build/lib/price.py`. */
function inFull({ path, uncut }: PrintedPath, paths: readonly string[], index: TreeLookup): string | undefined {
  if (!uncut.endsWith(`/${path}`)) return undefined;
  return theOne({ path: uncut, uncut, start: 'module', least: path.split('/').length + 1 }, paths, index);
}

/** Of files with that name the one that shares the longest end with what is printed, in the case that is asked for. */
function theOne(
  printed: PrintedPath,
  paths: readonly string[],
  index: TreeLookup,
  inCase = (path: string): string => path,
): string | undefined {
  const end = inCase(printed.path);
  let best: string[] = [];
  let longest = printed.least;
  for (const path of paths) {
    const length = commonSegments(end, inCase(path));
    if (length < longest || !fits({ ...printed, path: end }, inCase(path), length, index)) continue;
    if (length > longest) best = [];
    longest = length;
    best.push(path);
  }
  if (best.length === 1) return best[0];
  const whole = best.filter((path) => isEndOf(inCase(path), end));
  return whole.length === 1 ? whole[0] : undefined;
}

function fits({ path: end, start }: PrintedPath, path: string, length: number, index: TreeLookup): boolean {
  const isComplete = isEndOf(end, path);
  const isWhole = isEndOf(path, end);
  if (start === 'module') return isWhole;
  if (start === 'installed') return isComplete && isTopLevel(path.slice(0, -end.length), end, index);
  if (isComplete || (isWhole && length > 1)) return true;
  // A name alone, far from the root, is another file of that name.
  return start === 'absolute' && (isWhole || length > 1 || end.split('/').length <= 4);
}

/** `site-packages/shop/price.py` is a file of the package `shop`, not of a package in which there is a `shop`. */
function isTopLevel(folder: string, installed: string, index: TreeLookup): boolean {
  if (folder === '' || /^(?:src|lib|python)\/$/.test(folder)) return true;
  return !installed.endsWith('.go') && installed.includes('/') && !index.has(`${folder}__init__.py`);
}

/** `src/price.js` where only `src/price.ts` is in the repository. */
function compiled(printed: PrintedPath, index: TreeLookup): string | undefined {
  for (const name of sourceNames(fileName(printed.path))) {
    const folder = folderOf(printed.path);
    const source = { ...printed, path: folder === '' ? name : `${folder}/${name}` };
    const found = theOne(source, index.named(name), index);
    if (found !== undefined && isSure(source, found)) return found;
  }
  return undefined;
}

/** Windows and macOS find a file however it is capitalised. */
function likeIt(printed: PrintedPath, index: TreeLookup): string | undefined {
  const lower = (path: string): string => path.toLowerCase();
  const found = theOne(printed, index.namedAlike(fileName(printed.path)), index, lower);
  const end = lower(printed.path);
  return found !== undefined &&
    (isSure({ ...printed, path: end }, lower(found)) || commonSegments(end, lower(found)) > 1)
    ? found
    : undefined;
}
