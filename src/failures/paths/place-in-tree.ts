// A printed place (file, line, column) → the place in the repository's file, through source maps that lie in the repository.
import type { TraceMap } from '@jridgewell/trace-mapping';
import { mapToTree } from '../source-paths.ts';
import { readPath } from './printed-path.ts';
import { originalPosition, readSourceMap } from './source-map.ts';
import { extensionOf, fileName, folderOf, treeLookup } from './tree-lookup.ts';

export interface Place {
  file: string;
  line?: number | undefined;
  column?: number | undefined;
}

export interface PlaceInTree {
  path: string;
  /** Missing where the file was built from the path and no map tells which line it was. */
  line?: number;
  column?: number;
}

/** A file of the repository; undefined where it is not at hand. */
export type TextOf = (path: string) => string | undefined;

export function placeInTree(place: Place, treePaths: readonly string[], textOf?: TextOf): PlaceInTree | undefined {
  const path = mapToTree(place.file, treePaths);
  const mapped = textOf && throughMap(place, path, treePaths, textOf);
  if (mapped) return mapped;
  if (path === undefined) return undefined;
  const { line, column } = place;
  if (line === undefined || !isAsWritten(place.file, path)) return { path };
  return { path, line, ...(column === undefined ? {} : { column }) };
}

/** Compilers, bundlers and development servers move lines; what is only copied keeps them. */
function isAsWritten(printed: string, path: string): boolean {
  if (/^(?:webpack-internal|https?):/.test(printed)) return false;
  const [from, to] = [readPath(printed).path.toLowerCase(), path.toLowerCase()];
  if (fileName(from) !== fileName(to)) return /^(?:pyc|class)$/.test(extensionOf(from));
  const isCompiled = /^(?:[cm]?jsx?|css)$/.test(extensionOf(to));
  return (
    !isCompiled || folderOf(from) === '' || fileName(folderOf(from)) === fileName(folderOf(to)) || folderOf(to) === ''
  );
}

/** The map lies beside what was built: `dist/price.js.map`. */
export function sourceMapOf(
  printed: string,
  treePaths: readonly string[],
  path = mapToTree(printed, treePaths),
): string | undefined {
  if (!/\.(?:[cm]?js|css)(?![\w/\\])/.test(printed)) return undefined;
  const beside = path === undefined ? undefined : `${path}.map`;
  if (beside !== undefined && treeLookup(treePaths).has(beside)) return beside;
  const found = mapToTree(`${printed.replace(/[?#].*$/, '')}.map`, treePaths);
  return found?.endsWith('.map') ? found : undefined;
}

function throughMap(
  { file, line, column }: Place,
  path: string | undefined,
  treePaths: readonly string[],
  textOf: TextOf,
): PlaceInTree | undefined {
  const mapPath = line === undefined ? undefined : sourceMapOf(file, treePaths, path);
  const map = mapPath === undefined ? undefined : readOnce(mapPath, textOf);
  const position = map && line !== undefined ? originalPosition(map, line, column) : undefined;
  if (!position || mapPath === undefined) return undefined;
  const source = sourceInTree(position.source, mapPath, treePaths);
  return source === undefined ? undefined : { path: source, line: position.line, column: position.column };
}

/** `../src/price.ts` from `dist/price.js.map`, or `webpack://shop/./src/price.ts`. */
function sourceInTree(source: string, mapPath: string, treePaths: readonly string[]): string | undefined {
  if (/^[a-z][a-z\d+.-]{0,30}:|^\//i.test(source)) return mapToTree(source, treePaths);
  const folder = folderOf(mapPath);
  return mapToTree(folder === '' ? source : `${folder}/${source}`, treePaths);
}

const maps = new WeakMap<TextOf, Map<string, TraceMap | undefined>>();

/** A trace has dozens of frames in one bundle. */
function readOnce(path: string, textOf: TextOf): TraceMap | undefined {
  const known = maps.get(textOf) ?? new Map<string, TraceMap | undefined>();
  maps.set(textOf, known);
  if (!known.has(path)) {
    const text = textOf(path);
    known.set(path, text === undefined ? undefined : readSourceMap(text));
  }
  return known.get(path);
}
