// Suspects → the files that are read for the model: the likeliest first, with their tests, within a budget.
import type { SourceFile, Suspect } from '../../incident/case-file.ts';
import { looksLikeTest, pairs } from './pairing.ts';

export const sourceLimits = { files: 10, bytesPerFile: 48_000, bytesInAll: 96_000 } as const;

/** Source maps are larger than what they map, and shown to nobody. */
const mapBytes = 2_000_000;

export const bytesPerFile = (paths: readonly string[]): number =>
  paths.some((path) => path.endsWith('.map')) ? mapBytes : sourceLimits.bytesPerFile;

/** What came along because a map was asked for in the same request is too large all the same. */
export const withinBounds = (texts: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...texts].filter(([path, text]) => path.endsWith('.map') || text.length <= sourceLimits.bytesPerFile));

/** Text that no model should be asked to mend, and that would fill its context. */
const unreadable =
  /(^|\/)(package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|Cargo\.lock|go\.sum)$|\.(min\.js|map|snap|svg|png|jpg|gif|pdf|zip|gz|woff2?)$/;

/** Paths to fetch. A source without its test next to it brings one along, so that a new test copies the place and style. */
export function wantedPaths(suspects: readonly Suspect[], treePaths: readonly string[]): string[] {
  const wanted: string[] = [];
  const add = (path: string): void => {
    if (!wanted.includes(path) && wanted.length < sourceLimits.files && !unreadable.test(path)) wanted.push(path);
  };
  for (const { path } of suspects.slice(0, 6)) {
    add(path);
    for (const pair of pairs(path, treePaths).slice(0, 2)) add(pair);
  }
  if (!wanted.some(looksLikeTest)) nearestTests(wanted[0], treePaths).forEach(add);
  return wanted;
}

function nearestTests(path: string | undefined, treePaths: readonly string[]): string[] {
  if (!path) return [];
  const extension = path.slice(path.lastIndexOf('.'));
  const tests = treePaths.filter((other) => looksLikeTest(other) && other.endsWith(extension));
  return tests.sort((a, b) => sharedFolders(b, path) - sharedFolders(a, path)).slice(0, 1);
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (shared < left.length - 1 && left[shared] === right[shared]) shared += 1;
  return shared;
}

/** In the order wanted, as many as the budget holds. */
export function sourcesWithin(
  wanted: readonly string[],
  texts: ReadonlyMap<string, string>,
  modes: ReadonlyMap<string, string>,
): SourceFile[] {
  const sources: SourceFile[] = [];
  let bytes = 0;
  for (const path of wanted) {
    const text = texts.get(path);
    if (text === undefined || bytes + text.length > sourceLimits.bytesInAll) continue;
    bytes += text.length;
    sources.push({ path, mode: modes.get(path) === '100755' ? '100755' : '100644', text });
  }
  return sources;
}
