// A path as it is printed → its segments, and how far they can be trusted to start at the repository's root.

/**
 * `relative`: to some folder of the repository; `absolute`: below a root that is not known; `module`: below a module's
 * name (`github.com/acme/shop/…`); `installed`: below a folder that packages are copied to.
 */
type Start = 'relative' | 'absolute' | 'module' | 'installed';

export interface PrintedPath {
  /** Slashes, no dots, no drive, no scheme, no position. */
  path: string;
  /** The same, before anything was cut off as a root. */
  uncut: string;
  start: Start;
  /** How many of the last segments a file must share to be meant: what lies in `vendor` lies in `vendor`. */
  least: number;
}

const vendored = /^(?:bower_components|jspm_packages|vendor|third_party|Pods|Carthage|checkouts|_deps|\.yarn|\.eggs)$/;

export function readPath(printedPath: string): PrintedPath {
  const plain = withoutAddress(withoutPosition(printedPath.replaceAll('\\', '/')));
  const isAbsolute = /^(?:\/|[A-Za-z]:\/)/.test(plain.path) || plain.isAbsolute;
  const segments = segmentsOf(plain.path);
  const { kept, start } = belowRoot(segments, isAbsolute ? 'absolute' : 'relative');
  const vendor = kept.findIndex((segment) => vendored.test(segment));
  return { path: kept.join('/'), uncut: segments.join('/'), start, least: vendor < 0 ? 1 : kept.length - vendor };
}

/** `src/a.ts(3,14)`, `src/a.ts:3:14`, `src/a.ts?1f2e`, `tests/test_a.py::test_zero`. */
const withoutPosition = (printed: string): string =>
  printed
    .replace(/(?<=[^/])\?.*$|(?<=\.\w{1,10})#.*$|::.*$/, '')
    .replace(/\(\d{1,9}(?:,\d{1,9})?\)$/, '')
    .replace(/(?::\d{1,9}){1,2}$/, '');

/** Schemes, hosts, bundlers' own folders and archives taken off. */
function withoutAddress(printed: string): { path: string; isAbsolute: boolean } {
  const inArchive = printed.lastIndexOf('!/');
  if (inArchive >= 0) return { path: printed.slice(inArchive + 2), isAbsolute: false };
  const served = /^https?:\/\/[^/]{1,200}(\/.*)$/.exec(printed)?.[1];
  const [scheme] = /^[A-Za-z][A-Za-z\d+.-]{1,30}:\/{2,3}/.exec(printed) ?? [];
  if (served === undefined && scheme === undefined) return { path: withoutLayer(printed), isAbsolute: false };
  const path = decoded(served ?? printed.slice(scheme?.length ?? 0));
  const isFile = scheme?.startsWith('file:') === true;
  if (isFile) return { path: path.startsWith('/') ? path : `/${path}`, isAbsolute: true };
  if (served !== undefined) return { path: path.replace(/^\/@fs(?=\/)/, ''), isAbsolute: true };
  // What stands before `/./` is the bundle's name or layer: `webpack://shop/./src/a.ts`.
  const inside = path.indexOf('/./');
  const isRooted = inside >= 0 || path.startsWith('./') || path.startsWith('[');
  return { path: withoutLayer(inside >= 0 ? path.slice(inside + 3) : path), isAbsolute: !isRooted };
}

/** `(rsc)/./app/page.tsx`, `[project]/src/a.ts`, `/@fs/home/me/shop/a.ts`. */
const withoutLayer = (path: string): string =>
  path.replace(/^\([\w-]{1,40}\)\/\.\//, '').replace(/^\[project\]\/|^\/@fs(?=\/)/, '');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // A stray percent sign: then it stands for itself.
  }
}

function segmentsOf(path: string): string[] {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return kept;
}

/** What is known to be the root of a checkout, of a build's sandbox or of installed packages ends there. */
function belowRoot(segments: string[], otherwise: Start): { kept: string[]; start: Start } {
  const packages = segments.findLastIndex((segment) => /^(?:site|dist)-packages$|\.(?:egg|whl)$/.test(segment));
  if (packages >= 0) return { kept: segments.slice(packages + 1), start: 'installed' };
  const copied = segments.findLastIndex((segment, at) => segments[at - 1] === 'build' && /^lib(?:\.|$)/.test(segment));
  if (copied >= 0 && /\.py[ci]?$/.test(segments.at(-1) ?? ''))
    return { kept: segments.slice(copied + 1), start: 'installed' };
  const root = segments.findIndex((_, at) => isRoot(segments, at));
  if (root >= 0) return { kept: withoutBin(segments.slice(root + 1)), start: 'relative' };
  const version = segments.findIndex((segment) => /@v\d/.test(segment));
  const isGo = segments.at(-1)?.endsWith('.go') === true && isHost(segments[0]);
  // At the root of a module with a version lies any module's `errors.go`: then nothing is known.
  if (isGo && version >= 0)
    return { kept: version < segments.length - 2 ? segments.slice(version + 1) : [], start: 'installed' };
  return { kept: withoutBin(segments), start: isGo ? 'module' : otherwise };
}

/** Is it the last segment of a checkout's root? `/home/runner/work/shop/shop`, `/__w/shop/shop`, `D:\a\1\s`, `/execroot/_main`. */
function isRoot(segments: readonly string[], at: number): boolean {
  const [above = '', before = '', parent = '', segment = ''] = [3, 2, 1, 0].map((up) => segments[at - up]);
  if (parent === 'execroot' || parent.endsWith('.runfiles')) return true;
  const isWorkFolder =
    /^(?:_work|__w)$/.test(before) ||
    (before === 'work' && /^(?:runner|vsts|agent)$/.test(above)) ||
    (before === 'a' && /^[A-Za-z]:?$/.test(above));
  return isWorkFolder && (segment === parent || (segment === 's' && /^\d{1,4}$/.test(parent)));
}

/** `bazel-out/k8-fastbuild/bin/shop/price.py` */
const withoutBin = (segments: string[]): string[] =>
  segments[0] === 'bazel-out' && segments[2] === 'bin' ? segments.slice(3) : segments;

const isHost = (segment = ''): boolean => /^[a-z\d-]{1,60}(?:\.[a-z\d-]{1,60}){0,4}\.[a-z]{2,10}$/.test(segment);
