// Clues and a repository's files → the suspects, their text, and the excerpt of the sources that the model sees.
import { mapToTree } from '../../failures/source-paths.ts';
import type { Suspect } from '../../incident/evidence.ts';
import type { Failure } from '../../incident/failure.ts';
import { outlineOf } from '../../syntax/outline.ts';
import { codeowners, codeownersPaths } from './codeowners.ts';
import { looksLikeTest } from './pairing.ts';
import { type ExcerptFile, type SourceExcerpt, sourceExcerpt } from './source-excerpt.ts';
import { wantedPaths } from './sources.ts';
import { type Clues, suspects } from './suspects.ts';

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

/** `also`: files to read in the same request. `wanted`: what the model asked to see, `path` or `path:from-to`. */
export async function code(
  clues: Omit<Clues, 'treePaths' | 'importsOf' | 'ownersOf'>,
  library: Library,
  { also = [], wanted = [] }: { also?: readonly string[]; wanted?: readonly string[] } = {},
): Promise<Code> {
  const known = new Set(library.paths);
  const treePaths = library.paths;
  const asked = wanted
    .slice(0, mostWanted)
    .map(askedFor)
    .filter(({ path }) => known.has(path));
  const first = suspects({ ...clues, treePaths });
  const owners = codeownersPaths.filter((path) => known.has(path)).slice(0, 1);
  const firstPaths = [...new Set([...asked.map(({ path }) => path), ...wantedPaths(first, treePaths)])];
  const texts = await library.read([...new Set([...firstPaths, ...owners, ...also])]);
  const ownersOf = codeowners(texts.get(owners[0] ?? '') ?? '');
  const ranked = suspects({ ...clues, treePaths, ownersOf, importsOf: await importsIn(texts) });
  // What a failing test imports may be a suspect that nothing else named.
  const paths = [...new Set([...asked.map(({ path }) => path), ...wantedPaths(ranked, treePaths)])];
  const unread = paths.filter((path) => known.has(path) && !firstPaths.includes(path));
  const more = unread.length > 0 ? await library.read(unread) : new Map<string, string>();
  const read = new Map([...texts, ...more]);
  const all = new Map([...paths, ...read.keys()].flatMap((path) => textOf(path, read)));
  const files = paths.flatMap((path): ExcerptFile[] => {
    const text = all.get(path);
    return text === undefined
      ? []
      : [{ path, text, lines: linesOfInterest(path, ranked, clues.failures, treePaths, asked) }];
  });
  const tests = clues.failures.flatMap(({ test }) => test ?? []);
  return { suspects: ranked, texts: all, excerpt: await sourceExcerpt(files, tests, codeTokens) };
}

const textOf = (path: string, texts: ReadonlyMap<string, string>): [string, string][] => {
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
  failures: readonly Failure[],
  treePaths: readonly string[],
  asked: readonly Asked[],
): ExcerptFile['lines'] {
  const lines = new Map<number, string>();
  const add = (line: number | undefined, reason: string): void => {
    if (line !== undefined && line > 0 && !lines.has(line) && lines.size < mostLinesOfInterest) lines.set(line, reason);
  };
  for (const one of asked) if (one.path === path) add(one.from, 'is what you asked for');
  for (const { file, line, frames } of failures) {
    if (file !== undefined && mapToTree(file, treePaths) === path) add(line, 'is where it failed');
    for (const frame of frames) if (mapToTree(frame.file, treePaths) === path) add(frame.line, 'is in the stack trace');
  }
  for (const line of ranked.find((one) => one.path === path)?.lines ?? []) add(line, 'was changed');
  return [...lines].map(([line, reason]) => ({ line, reason }));
}
