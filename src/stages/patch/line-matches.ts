// A file's lines and the lines searched → the places where they stand, on the first rung of the ladder that has any.
import { type IndentFit, indentFit } from './indentation.ts';
import type { FormedLine } from './normal-form.ts';

export const wholeLineRungs = ['exact', 'line-ends', 'characters', 'indentation'] as const;
export type WholeLineRung = (typeof wholeLineRungs)[number];

export interface Place {
  /** 0-based. */
  start: number;
  reindent: IndentFit['reindent'];
}

export interface Matches {
  rung: WholeLineRung;
  places: Place[];
}

/** Lines compared one by one. Beyond this a hostile file takes the product of the lengths, and counts as ambiguous. */
const maxCompared = 2_000_000;

const asItIs: IndentFit['reindent'] = (indent) => indent;

/** Undefined where no rung has a place. */
export function lineMatches(file: readonly FormedLine[], search: readonly FormedLine[]): Matches | undefined {
  const exact = occurrences(file.map(whole), search.map(whole));
  if (exact.length > 0) return { rung: 'exact', places: exact.map(unshifted) };
  const lineEnds = occurrences(file.map(unended), search.map(unended));
  if (lineEnds.length > 0) return { rung: 'line-ends', places: lineEnds.map(unshifted) };
  const starts = occurrences(file.map(bare), search.map(bare));
  if (starts.length > 1 && starts.length * search.length > maxCompared)
    return { rung: 'characters', places: starts.map(unshifted) };
  const fitting = starts.flatMap((start) => {
    const fit = indentFit(indentPairs(file, search, start));
    return fit ? [{ start, ...fit }] : [];
  });
  const level = fitting.filter(({ isShifted }) => !isShifted);
  if (level.length > 0) return { rung: 'characters', places: level };
  return fitting.length > 0 ? { rung: 'indentation', places: fitting } : undefined;
}

const unshifted = (start: number): Place => ({ start, reindent: asItIs });

const whole = (line: FormedLine): string => line.text;
const unended = (line: FormedLine): string => line.text.trimEnd();
const bare = (line: FormedLine): string => line.form;

const indentPairs = (file: readonly FormedLine[], search: readonly FormedLine[], start: number) =>
  search.flatMap(({ form, indent }, i) =>
    form === '' ? [] : [{ mine: indent, theirs: file[start + i]?.indent ?? '' }],
  );

/** Knuth, Morris and Pratt: a file of equal lines must not take the product of the lengths. */
function occurrences(lines: readonly string[], wanted: readonly string[]): number[] {
  const fallback = [0];
  for (let at = 1, length = 0; at < wanted.length; at++) {
    while (length > 0 && wanted[at] !== wanted[length]) length = fallback[length - 1] ?? 0;
    if (wanted[at] === wanted[length]) length++;
    fallback.push(length);
  }
  const found: number[] = [];
  for (let at = 0, length = 0; at < lines.length; at++) {
    while (length > 0 && lines[at] !== wanted[length]) length = fallback[length - 1] ?? 0;
    if (lines[at] === wanted[length]) length++;
    if (length < wanted.length) continue;
    found.push(at - length + 1);
    length = fallback[length - 1] ?? 0;
  }
  return found;
}
