// The name of a module, package, class or test → the files of the repository that hold it.
import {
  commonSegments,
  extensionOf,
  fileName,
  folderOf,
  isEndOf,
  moduleOf,
  type TreeLookup,
  treeLookup,
} from './tree-lookup.ts';
import { workspaceFiles } from './workspace-files.ts';

/** How one language's names become paths. */
interface Naming {
  extensions: readonly string[];
  separator: string;
  /** One word of the name as a file's or folder's name. */
  word: (word: string) => string;
  /** May the name begin with words that no folder has: a crate, a namespace that a manifest ties to a folder? */
  hasRootName: boolean;
}

const asIs = (word: string): string => word;
const snake = (word: string): string =>
  word.replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase();

const namings: readonly Naming[] = [
  { extensions: ['py', 'pyi'], separator: '.', word: asIs, hasRootName: false },
  { extensions: ['java', 'scala', 'groovy'], separator: '.', word: asIs, hasRootName: false },
  // Kotlin's and C#'s folders may leave out what all packages begin with.
  { extensions: ['kt', 'kts', 'cs', 'fs', 'vb', 'swift'], separator: '.', word: asIs, hasRootName: true },
  { extensions: ['ex', 'exs'], separator: '.', word: snake, hasRootName: false },
  { extensions: ['rs'], separator: '::', word: asIs, hasRootName: true },
  { extensions: ['rb'], separator: '::', word: snake, hasRootName: false },
  { extensions: ['pm', 'pl', 't'], separator: '::', word: asIs, hasRootName: false },
  { extensions: ['php'], separator: '\\', word: asIs, hasRootName: true },
];

/** Folders that hold modules and are no part of their names. */
const sourceRoot =
  /^(?:.*\/)?(?:src|lib|app|source|Sources|Tests|tests?|spec|python|src\/[\w-]{1,40}\/(?:java|kotlin|scala|groovy)|(?:app|spec)\/\w{1,40}|[^/]*\.[^/]*)$/;

const javaScript = /^(?:[cm]?[jt]sx?|vue|svelte)$/;
const mostWords = 20;
/** A class, a method and their like behind the module's name. */
const mostNamesInside = 4;
const mostFiles = 10;

/**
 * One file, or none where two fit equally; of a Go package its files, those that are no tests first. `from` is the file
 * in which the name is written: only its language counts then.
 */
export function moduleToTree(name: string, treePaths: readonly string[], from?: string): string[] {
  const index = treeLookup(treePaths);
  const plain = plainOf(name.slice(0, 500));
  const extension = from === undefined ? undefined : extensionOf(from);
  const isFor = (languages: RegExp): boolean => extension === undefined || languages.test(extension);
  if (plain.includes('/') || (extension !== undefined && javaScript.test(extension))) {
    const goFiles = isFor(/^go$/) ? goPackage(plain, index) : [];
    return goFiles.length === 0 && isFor(javaScript) ? workspaceFiles(plain, index) : goFiles;
  }
  const finds = namings
    .filter((one) => extension === undefined || one.extensions.includes(extension))
    .flatMap((naming) => find(plain, naming, index));
  const longest = Math.max(0, ...finds.map(({ length }) => length));
  const best = [...new Set(finds.filter(({ length }) => length === longest).map(({ path }) => path))];
  if (best.length === 1) return best;
  return best.length === 0 && extension === undefined && /^[\w-]+$/.test(plain) ? workspaceFiles(plain, index) : [];
}

/** `test_zero (tests.test_price.TestPrice)`, `PriceTest#zero`, `Price$Item`, `Price.zero(int)[1]`, `Shop::Price.total`. */
function plainOf(name: string): string {
  const inBrackets = /^\w{1,200} \(([\w.]{1,300})\)/.exec(name)?.[1];
  const plain = (inBrackets ?? name).replace(/^\\|^Elixir\.|[([#+$].*$/g, '').trim();
  if (plain.includes('\\')) return plain.replace(/::.*$/, '');
  return plain.includes('::') ? plain.replace(/\.\w{1,200}[?!]?$/, '') : plain;
}

interface Find {
  path: string;
  length: number;
}

function find(name: string, naming: Naming, index: TreeLookup): readonly Find[] {
  if (!name.includes(naming.separator) && !/^\w{1,200}$/.test(name)) return [];
  if (/^(?:std|core|alloc)::/.test(name)) return [];
  const words = name.split(naming.separator).filter((word) => !/^(?:crate|self|super|)$/.test(word));
  if (words.length > mostWords || words.some((word) => !/^[\w-]+$/.test(word))) return [];
  const inPath = words.map(naming.word);
  for (let length = words.length; length >= Math.max(1, words.length - mostNamesInside); length -= 1) {
    const found = ofWords(inPath.slice(0, length), words.length, naming, index);
    if (found.length > 0) return nearRoot(found, inPath[0] ?? '');
  }
  return [];
}

function ofWords(words: readonly string[], printed: number, naming: Naming, index: TreeLookup): Find[] {
  const last = words.at(-1) ?? '';
  const name = words.join('/');
  const finds: Find[] = [];
  for (const path of index.ofModule(last)) {
    if (!naming.extensions.includes(extensionOf(path))) continue;
    const module = moduleOf(path);
    const length = commonSegments(module, name);
    const outside = module.split('/').slice(0, -length).join('/');
    const isBelowRoot = outside === '' || sourceRoot.test(outside);
    // `PriceTest.zero` is said of a class without its package; no other word of two is so telling.
    const isTelling = printed <= 2 && /^[A-Z]\w{0,100}[a-z\d][A-Z]/.test(last);
    const isComplete = length === words.length && (length > 1 || isBelowRoot || isTelling);
    const isWholeInCrate = naming.separator === '::' && words.length - length <= 1;
    const isRooted = naming.hasRootName && isBelowRoot && (isWholeInCrate || /^[A-Z]/.test(last));
    if (isComplete || isRooted) finds.push({ path, length });
  }
  return finds;
}

/** Where several crates or projects have it, the one whose folder is called like the name's first word. */
function nearRoot(finds: readonly Find[], root: string): readonly Find[] {
  if (finds.length === 1) return finds;
  const below = finds.filter(({ path }) => path.replaceAll('-', '_').split('/').slice(0, -1).includes(root));
  return below.length === 1 ? below : finds;
}

/** `example.com/shop/price`, `example.com/shop/price.TestZero` → the folder that ends like it. */
function goPackage(name: string, index: TreeLookup): string[] {
  // What no repository but Go's own holds.
  if (/^(?:golang\.org\/x|google\.golang\.org|gopkg\.in|k8s\.io)\//.test(name)) return [];
  const withoutNames = `${folderOf(name)}/${fileName(name).replace(/\..*$/, '')}`;
  for (const path of new Set([name, withoutNames])) {
    const words = path.split('/').filter(Boolean).slice(-mostWords);
    const folders = index.folders(words.at(-1) ?? '');
    for (let from = 0; from < words.length; from += 1) {
      const end = words.slice(from).join('/');
      // A module may lie in a folder; a single word is the folder of many.
      const below = end.includes('/') ? [...folders.keys()].filter((folder) => isEndOf(end, folder)) : [];
      const folder = folders.has(end) || below.length !== 1 ? end : (below[0] ?? end);
      const files = folders.get(folder)?.filter((file) => file.endsWith('.go')) ?? [];
      if (files.length > 0) return sourcesFirst(files);
    }
  }
  return [];
}

function sourcesFirst(files: readonly string[]): string[] {
  const isTest = (file: string): boolean => file.endsWith('_test.go');
  return [...files.filter((file) => !isTest(file)), ...files.filter(isTest)].slice(0, mostFiles);
}
