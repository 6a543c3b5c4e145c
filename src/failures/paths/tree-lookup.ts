// A repository's paths → indexes of them, each built once and only when it is asked for: a tree may have 100,000 paths.

export interface TreeLookup {
  has(path: string): boolean;
  /** By `price.ts`. */
  named(name: string): readonly string[];
  /** By `price.ts`, however it is capitalised. */
  namedAlike(name: string): readonly string[];
  /** By `price`, without any extension. */
  withStem(stem: string): readonly string[];
  /** By what stands before the name's first dot, however it is capitalised. */
  withHead(head: string): readonly string[];
  /** By the module's last word: the stem, or the folder's name for `index.ts`, `__init__.py`, `mod.rs`. */
  ofModule(word: string): readonly string[];
  /** The folders' files by the folder's own name; the root's is empty. */
  folders(name: string): ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<readonly string[], TreeLookup>();

export function treeLookup(treePaths: readonly string[]): TreeLookup {
  const known = indexes.get(treePaths);
  if (known) return known;
  const index = built(treePaths);
  indexes.set(treePaths, index);
  return index;
}

/** One map by name, in which the other questions look: each further map of a large tree costs a tenth of a second. */
function built(paths: readonly string[]): TreeLookup {
  const all = once(() => new Set(paths));
  const byHead = once(() => grouped(paths, (path) => headOf(fileName(path))));
  const withHead = (name: string): readonly string[] => byHead().get(headOf(name)) ?? [];
  const byFolder = once(() => foldersByName(paths));
  // Their module is called like the folder, not like the file.
  const entries = once(() =>
    grouped(
      ['index', '__init__', 'mod', 'lib', 'main'].flatMap(withHead).filter((path) => isEntry.test(path)),
      (path) => fileName(moduleOf(path)),
    ),
  );
  return {
    has: (path) => all().has(path),
    named: remembered((name) => withHead(name).filter((path) => fileName(path) === name)),
    namedAlike: (name) => withHead(name).filter((path) => fileName(path).toLowerCase() === name.toLowerCase()),
    withStem: (stem) => withHead(stem).filter((path) => stemOf(fileName(path)) === stem),
    withHead,
    ofModule: remembered((word) => [
      ...withHead(word).filter((path) => fileName(moduleOf(path)) === word),
      ...(entries().get(word) ?? []).filter((path) => headOf(fileName(path)) !== headOf(word)),
    ]),
    folders: (name) => byFolder().get(name) ?? new Map(),
  };
}

/** What stands before the first dot of `price.test.ts`; `.npmrc` begins with its own. */
function headOf(name: string): string {
  const dot = name.indexOf('.', 1);
  return (dot < 0 ? name : name.slice(0, dot)).toLowerCase();
}

/** Thousands of files may be called `index.ts`. */
function remembered(look: (name: string) => readonly string[]): (name: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const found = known.get(name) ?? look(name);
    if (found.length > 0) known.set(name, found);
    return found;
  };
}

function foldersByName(paths: readonly string[]): Map<string, Map<string, string[]>> {
  const names = new Map<string, Map<string, string[]>>();
  for (const [folder, files] of grouped(paths, folderOf)) {
    const name = fileName(folder);
    const known = names.get(name) ?? new Map<string, string[]>();
    names.set(name, known.set(folder, files));
  }
  return names;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
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

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const extensionOf = (path: string): string => /\.(\w{1,10})$/.exec(path)?.[1] ?? '';
const stemOf = (name: string): string => name.replace(/(?:\.d)?\.\w{1,10}$/, '');

/** `src/shop/price.py` is `src/shop/price`; `src/shop/__init__.py` is `src/shop`. */
export function moduleOf(path: string): string {
  const stem = path.replace(/\.\w{1,10}$/, '');
  const folder = folderOf(stem);
  return folder !== '' && isEntry.test(path) ? folder : stem;
}

const isEntry = /\/(?:index\.\w{1,10}|__init__\.pyi?|(?:mod|lib|main)\.rs)$/;

/** How many whole segments the ends of two paths share. */
export function commonSegments(a: string, b: string): number {
  let count = 0;
  for (let [left, right] = [a.length - 1, b.length - 1]; ; left -= 1, right -= 1) {
    const one = left < 0 ? '/' : a[left];
    const other = right < 0 ? '/' : b[right];
    if (one !== other) return count;
    if (one === '/') count += 1;
    if (left < 0 || right < 0) return count;
  }
}

/** `b/c.ts` ends `a/b/c.ts`, and itself. */
export const isEndOf = (end: string, path: string): boolean =>
  path.endsWith(end) && (path.length === end.length || path[path.length - end.length - 1] === '/');
