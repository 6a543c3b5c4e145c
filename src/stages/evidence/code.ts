// Clues and a repository's files → the suspects, their text, and the excerpt of the sources that the model sees.
import type { TextOf } from '../../failures/paths/place-in-tree.ts';
import type { Suspect } from '../../incident/evidence.ts';
import { outlineOf } from '../../syntax/outline.ts';
import { codeowners, codeownersPaths } from './codeowners.ts';
import { type FailurePlaces, failurePlaces, sourceMapsFor } from './failure-places.ts';
import { looksLikeTest } from './pairing.ts';
import { type ExcerptFile, type SourceExcerpt, sourceExcerpt } from './source-excerpt.ts';
import { wantedPaths } from './sources.ts';
import { type Clues, suspects } from './suspects.ts';
import { withSymbols } from './symbols.ts';

/** A repository's files at one commit. */
export interface Library {
  paths: readonly string[];
  /** Missing, binary and too large ones are left out. One request. */
  read(paths: readonly string[]): Promise<Map<string, string>>;
}

export interface Code {
  suspects: Suspect[];
  /** In the order in which they are wanted, then what was only read along. */
  texts: Map<string, string>;
  excerpt: SourceExcerpt;
}

/** Of 16,000 tokens for a whole incident: what the question for the cause may take of sources. */
export const codeTokens = 4_500;

const mostLinesOfInterest = 12;
const mostWanted = 8;
/** A suspect further down the list is not worth a second request. */
const readForSure = 5;

/** `also`: files to read in the same request. `wanted`: what the model asked to see, `path` or `path:from-to`. */
export async function code(
  clues: Omit<Clues, 'treePaths' | 'importsOf' | 'ownersOf' | 'textOf'>,
  library: Library,
  { also = [], wanted = [] }: { also?: readonly string[]; wanted?: readonly string[] } = {},
): Promise<Code> {
  const known = new Set(library.paths);
  const treePaths = library.paths;
  const asked = wanted
    .slice(0, mostWanted)
    .map(askedFor)
    .filter(({ path }) => known.has(path));
  const owners = codeownersPaths.filter((path) => known.has(path)).slice(0, 1);
  const maps = sourceMapsFor(clues.failures, treePaths);
  const first = wantedWith(asked, suspects({ ...clues, treePaths }), treePaths);
  const texts = await library.read([...new Set([...first, ...owners, ...also, ...maps])]);
  const textOf: TextOf = (path) => texts.get(path);
  const ownersOf = codeowners(texts.get(owners[0] ?? '') ?? '');
  const importsOf = await importsIn(texts);
  const ranked = suspects({ ...clues, treePaths, textOf, ownersOf, importsOf });
  const paths = wantedWith(asked, ranked, treePaths);
  const read = new Map([...texts, ...(await unreadOf(paths, ranked, first, library))]);
  const places = failurePlaces(clues.failures, treePaths, textOf);
  const files = paths.flatMap((path): ExcerptFile[] => {
    const text = read.get(path);
    return text === undefined ? [] : [{ path, text, lines: linesOfInterest(path, ranked, places, asked) }];
  });
  const tests = clues.failures.flatMap(({ test }) => test ?? []);
  const ordered = [...new Set([...paths, ...read.keys()])].filter((path) => !maps.includes(path));
  return {
    suspects: await withSymbols(ranked, read, clues.failures),
    texts: new Map(ordered.flatMap((path) => entryOf(path, read))),
    excerpt: await sourceExcerpt(files, tests, codeTokens),
  };
}

const wantedWith = (asked: readonly Asked[], ranked: readonly Suspect[], treePaths: readonly string[]): string[] => [
  ...new Set([...asked.map(({ path }) => path), ...wantedPaths(ranked, treePaths)]),
];

/** What a failing test imports, or a source map leads to, may be a suspect that nothing else named. */
async function unreadOf(
  paths: readonly string[],
  ranked: readonly Suspect[],
  first: readonly string[],
  library: Library,
): Promise<Map<string, string>> {
  const unread = paths.filter((path) => !first.includes(path));
  const isMissed = ranked.slice(0, readForSure).some(({ path }) => unread.includes(path));
  return isMissed ? library.read(unread) : new Map();
}

const entryOf = (path: string, texts: ReadonlyMap<string, string>): [string, string][] => {
  const text = texts.get(path);
  return text === undefined ? [] : [[path, text]];
};

interface Asked {
  path: string;
  from?: number;
}

function askedFor(wanted: string): Asked {
  const [, path = wanted, from] = /^(.{1,500}?):(\d{1,7})(?:-\d{1,7})?$/.exec(wanted) ?? [];
  return { path, ...(Number(from) > 0 ? { from: Number(from) } : {}) };
}

/** Only of tests: what other files import says little. */
async function importsIn(texts: ReadonlyMap<string, string>): Promise<(path: string) => readonly string[]> {
  const imports = new Map<string, string[]>();
  for (const [path, text] of texts) {
    const outline = looksLikeTest(path) ? await outlineOf(path, text) : undefined;
    if (outline)
      imports.set(
        path,
        outline.imports.flatMap(({ modules }) => modules),
      );
  }
  return (path) => imports.get(path) ?? [];
}

function linesOfInterest(
  path: string,
  ranked: readonly Suspect[],
  places: readonly FailurePlaces[],
  asked: readonly Asked[],
): ExcerptFile['lines'] {
  const lines = new Map<number, string>();
  const add = (line: number | undefined, reason: string): void => {
    if (line !== undefined && line > 0 && !lines.has(line) && lines.size < mostLinesOfInterest) lines.set(line, reason);
  };
  for (const one of asked) if (one.path === path) add(one.from, 'is what you asked for');
  for (const { named, frames } of places) {
    if (named?.path === path) add(named.line, 'is where it failed');
    for (const frame of frames) if (frame.path === path) add(frame.line, 'is in the stack trace');
  }
  for (const line of ranked.find((one) => one.path === path)?.lines ?? []) add(line, 'was changed');
  return [...lines].map(([line, reason]) => ({ line, reason }));
}
