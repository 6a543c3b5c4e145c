// Failures, text and changes → the files most likely to need the change, each with its reasons in words.

import { mapToTree, pathsIn } from '../../failures/source-paths.ts';
import type { Change, Suspect } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';

export interface Clues {
  failures: readonly Failure[];
  /** The excerpt or the text. */
  text: string;
  changes: readonly Change[];
  treePaths: readonly string[];
}

/** Weights are an order, not a measure: a frame beats a changed file, which beats a mention. */
const weights = { innermost: 10, frame: 5, named: 8, changed: 4, mentioned: 2, pair: 3 } as const;

export function suspects(clues: Clues): Suspect[] {
  const found = new Map<string, Suspect>();
  const accuse = (path: string | undefined, score: number, reason: string): void => {
    if (!path) return;
    const suspect = found.get(path) ?? { path, score: 0, reasons: [] };
    if (suspect.reasons.includes(reason)) return;
    found.set(path, { path, score: suspect.score + score, reasons: [...suspect.reasons, reason].slice(0, 8) });
  };
  const here = (printed: string): string | undefined => mapToTree(printed, clues.treePaths);

  for (const failure of clues.failures) {
    if (failure.file) accuse(here(failure.file), weights.named, `${failure.tool} names it`);
    failure.frames.forEach((frame, depth) => {
      const at = frame.line ? ` at line ${frame.line}` : '';
      accuse(here(frame.file), depth === 0 ? weights.innermost : weights.frame, `in the stack trace${at}`);
    });
  }
  for (const change of clues.changes) {
    if (clues.treePaths.includes(change.path))
      accuse(change.path, weights.changed, `${change.status} by the failing commit`);
  }
  for (const printed of pathsIn(clues.text)) accuse(here(printed), weights.mentioned, 'mentioned in the text');
  for (const { path, score } of [...found.values()]) {
    for (const pair of pairs(path, clues.treePaths))
      accuse(pair, Math.min(score, weights.pair), `goes with ${path} by name`);
  }
  return [...found.values()].sort((a, b) => b.score - a.score || a.path.localeCompare(b.path));
}

/** `src/price.py` ↔ `tests/test_price.py`, `lib/cart.js` ↔ `test/cart.test.js`: equal stems, one of them a test. */
export function pairs(path: string, treePaths: readonly string[]): string[] {
  const stem = stemOf(path);
  if (stem.length < 3) return [];
  return treePaths.filter(
    (other) =>
      other !== path &&
      stemOf(other) === stem &&
      extension(other) === extension(path) &&
      looksLikeTest(other) !== looksLikeTest(path),
  );
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const extension = (path: string): string => fileName(path).split('.').at(-1) ?? '';

export function stemOf(path: string): string {
  return fileName(path)
    .replace(/\.(test|spec)\.[a-z]+$|\.[a-z]+$/i, '')
    .replace(/^test_|_(test|spec)$|Tests?$/g, '')
    .toLowerCase();
}

export function looksLikeTest(path: string): boolean {
  return (
    /(^|\/)(tests?|__tests__|specs?)\//i.test(path) ||
    /(^|\/)test_[^/]+$|[._](test|spec)\.[a-z]+$|_test\.[a-z]+$|Tests?\.[a-z]+$/.test(path)
  );
}
