// A path below a build's output folder → the source it was made from, by the conventions of compilers and bundlers.
import type { PrintedPath } from './printed-path.ts';
import { extensionOf, fileName, folderOf, isEndOf, type TreeLookup } from './tree-lookup.ts';

/** The output's path, cut at the output folder, and what the source may be called. */
interface Output {
  base: string;
  folder: string;
  names: readonly string[];
  /** Folders that sources lie in; the first one that has it wins. */
  roots: readonly string[];
}

export function sourceOf(printed: PrintedPath, index: TreeLookup): string | undefined {
  for (const output of [...ofJvm(printed.path), ...ofJavaScript(printed.path)]) {
    const source = below(output, printed.start, index);
    if (source !== undefined) return source;
  }
  return hashed(printed.path, index);
}

/** Below the folder that holds the output folder, or one nearer to the root; if that is not printed, the only one. */
function below(output: Output, start: PrintedPath['start'], index: TreeLookup): string | undefined {
  const base = output.base === '' ? [] : output.base.split('/');
  const ends = output.roots.flatMap((root) => output.names.map((name) => joined(root, output.folder, name)));
  for (let from = 0; from <= base.length; from += 1) {
    const folder = base.slice(from).join('/');
    const found = ends.find((end) => index.has(joined(folder, end)));
    if (found !== undefined) return joined(folder, found);
    // What is built in a folder of the repository has its sources there.
    if (folder !== '' && index.folders(fileName(folder)).has(folder)) return undefined;
  }
  return theOnly(output, ends, start, index);
}

/** In a container one project of the repository may lie at the root: then its folders are not printed. */
function theOnly(
  output: Output,
  ends: readonly string[],
  start: PrintedPath['start'],
  index: TreeLookup,
): string | undefined {
  for (const end of ends) {
    const isLong = end.split('/').length > (start === 'absolute' ? 2 : 1);
    const tail = start === 'absolute' ? end : joined(output.base, end);
    const found = isLong ? index.named(fileName(end)).filter((path) => isEndOf(tail, path)) : [];
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/');

const jvmOutput =
  /^(|.*\/)(?:target\/(test-)?classes|build\/(?:classes\/[^/]+|resources)\/(\w+)|(?:bin|out\/production|out\/(test))\/\w+|(?:BOOT-INF|WEB-INF)\/classes)\/(.+)$/;
const jvmLanguages = ['java', 'kotlin', 'scala', 'groovy'] as const;
const jvmExtensions = ['java', 'kt', 'scala', 'groovy'] as const;

function ofJvm(path: string): Output[] {
  const cut = jvmOutput.exec(path);
  const isClass = path.endsWith('.class');
  if (!cut && !isClass) return [];
  const [base, inside] = cut ? [cut[1] ?? '', cut[5] ?? ''] : ['', path];
  const set = cut?.[2] ?? cut?.[3] ?? cut?.[4] ?? 'main';
  const sets = set.startsWith('test') ? ['src/test'] : set === 'main' ? ['src/main'] : [`src/${set}`, 'src/main'];
  const roots = isClass
    ? sets.flatMap((one) => jvmLanguages.map((language) => `${one}/${language}`))
    : sets.map((one) => `${one}/resources`);
  const name = isClass ? fileName(inside).replace(/\.class$/, '') : fileName(inside);
  // `Price$Item` lies in Price.java, Kotlin's `PriceKt` in Price.kt.
  const [outer = name] = name.split('$');
  const names = isClass ? [...jvmExtensions.map((one) => `${outer}.${one}`), `${outer.replace(/Kt$/, '')}.kt`] : [name];
  return [{ base: base.replace(/\/$/, ''), folder: folderOf(inside), names, roots: [...roots, 'src', 'app', ''] }];
}

const outputFolder =
  /^(?:lib|es|esm|cjs|umd|public|output|compiled|bundle|www|\.next|\.nuxt|\.output|\.svelte-kit|\.webpack|(?:dist|build|out)(?:[-_]\w{1,20})?)$/;
/** What bundlers put between the output folder and the source's own folders. */
const formatFolder =
  /^(?:es\d{0,4}|esm|cjs|umd|commonjs|module|node|browser|server|client|static|chunks|assets|js|css|app|standalone)$/;

function ofJavaScript(path: string): Output[] {
  const names = sourceNames(fileName(path));
  if (names.length === 0) return [];
  const folders = path.split('/').slice(0, -1);
  const outputs: Output[] = [];
  for (const [at, folder] of folders.entries()) {
    if (!outputFolder.test(folder)) continue;
    const base = folders.slice(0, at).join('/');
    for (let from = at + 1; from <= Math.min(folders.length, at + 4); from += 1) {
      outputs.push({ base, folder: folders.slice(from).join('/'), names, roots: ['src', '', 'lib', 'app', 'source'] });
      if (!formatFolder.test(folders[from] ?? '')) break;
    }
  }
  return outputs;
}

/** In the order of likelihood: what is compiled comes before what is copied. */
const madeFrom: Readonly<Record<string, readonly string[]>> = {
  js: ['ts', 'tsx', 'mts', 'jsx', 'js', 'mjs', 'coffee'],
  mjs: ['mts', 'ts', 'mjs', 'js'],
  cjs: ['cts', 'ts', 'cjs', 'js'],
  jsx: ['tsx', 'jsx'],
  ts: ['ts', 'tsx', 'mts', 'cts'],
  mts: ['mts', 'ts'],
  cts: ['cts', 'ts'],
  css: ['scss', 'sass', 'less', 'css'],
};

/** `price.js`, `price.min.js`, `price.d.ts`, `price.js.map` → `price.ts`, `price.tsx`… */
export function sourceNames(name: string): string[] {
  const plain = name.replace(/\.map$/, '');
  const isDeclaration = /\.d\.[cm]?ts$/.test(plain);
  const extension = extensionOf(plain);
  if (!isDeclaration && /^[cm]?ts$/.test(extension)) return [];
  const stem = plain.slice(0, plain.length - extension.length - 1).replace(/\.(?:d|min|bundle|prod|development)$/, '');
  const names = (madeFrom[extension] ?? []).map((one) => `${stem}.${one}`);
  return /\.(?:vue|svelte)$/.test(stem) ? [...names, stem] : names;
}

/** `assets/app-3f2a1b.js`: bundlers leave no folders, so that only the sole file of that name can be meant. */
function hashed(path: string, index: TreeLookup): string | undefined {
  const folders = path.split('/').slice(0, -1);
  if (!folders.some((folder) => outputFolder.test(folder) || folder === 'assets')) return undefined;
  const [, stem, extension] =
    /^(\w[\w.-]{0,80}?)[.-](?=[A-Za-z_-]{0,20}\d)[\w-]{6,20}(?:\.chunk)?\.(js|mjs|css)$/.exec(fileName(path)) ?? [];
  if (stem === undefined || extension === undefined) return undefined;
  const names = new Set(sourceNames(`${stem}.${extension}`));
  const found = index.withStem(stem).filter((one) => names.has(fileName(one)));
  return found.length === 1 ? found[0] : undefined;
}
