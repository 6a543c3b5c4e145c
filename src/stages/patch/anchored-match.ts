// A file's lines and the lines searched → the one place where the first and the last of them stand and nearly all between.
import { diffArrays } from 'diff';
import type { FormedLine } from './normal-form.ts';

export interface Anchored {
  /** 0-based. */
  start: number;
  length: number;
  /** For each line searched, the line of the place that it stands for, if there is one. */
  pairs: (number | undefined)[];
}

interface Candidate extends Anchored {
  distance: number;
}

const leastLines = 3;
const mostLines = 400;
/** On either side. */
const mostDifferingLines = 2;
const mostDifferingPart = 0.1;
/** Of a hostile file; a SEARCH that means one place meets a handful. */
const mostCandidates = 200;
const longestLine = 500;

/** One place, or two where it is ambiguous; none where nothing is near enough. */
export function anchoredMatches(file: readonly FormedLine[], search: readonly FormedLine[]): Anchored[] {
  const [first, last] = [search[0], search.at(-1)];
  if (!first?.form || !last?.form || search.length < leastLines || search.length > mostLines) return [];
  const windows = file.flatMap((line, start) => (isSame(line, first) ? windowsFrom(file, start, search) : []));
  if (windows.length > mostCandidates) return [];
  const candidates = windows.flatMap(({ start, length }) => {
    const aligned = alignment(file.slice(start, start + length), search);
    return aligned ? [{ start, length, ...aligned }] : [];
  });
  const [best, ...others] = candidates.toSorted((a, b) => a.distance - b.distance);
  if (!best) return [];
  const rival = others.find((other) => other.distance === best.distance || !overlap(other, best));
  return rival ? [best, rival] : [best];
}

const isSame = (a: FormedLine, b: FormedLine): boolean => keyOf(a) === keyOf(b);
const keyOf = ({ indent, form }: FormedLine): string => (form === '' ? '' : indent + form);

function windowsFrom(file: readonly FormedLine[], start: number, search: readonly FormedLine[]) {
  const last = search.at(-1);
  const lengths = Array.from({ length: 2 * mostDifferingLines + 1 }, (_, i) => search.length - mostDifferingLines + i);
  return lengths.flatMap((length) => {
    const end = file[start + length - 1];
    return length > 1 && last && end && isSame(end, last) ? [{ start, length }] : [];
  });
}

const overlap = (a: Anchored, b: Anchored): boolean => a.start < b.start + b.length && b.start < a.start + a.length;

function alignment(
  lines: readonly FormedLine[],
  search: readonly FormedLine[],
): Pick<Candidate, 'pairs' | 'distance'> | undefined {
  const parts = diffArrays(lines.map(keyOf), search.map(keyOf), { maxEditLength: 2 * mostDifferingLines });
  if (!parts) return undefined;
  const differing = { theirs: 0, mine: 0, distance: 0 };
  const pairs: (number | undefined)[] = search.map(() => undefined);
  let [their, my] = [0, 0];
  for (let i = 0; i < parts.length; i++) {
    const run = { theirs: 0, mine: 0 };
    for (; parts[i]?.removed || parts[i]?.added; i++)
      run[parts[i]?.removed ? 'theirs' : 'mine'] += parts[i]?.count ?? 0;
    const [theirRun, myRun] = [lines.slice(their, their + run.theirs), search.slice(my, my + run.mine)];
    if (run.theirs === run.mine) for (let j = 0; j < run.mine; j++) pairs[my + j] = their + j;
    // Where a line is indented otherwise, nobody knows how those that are put in should be.
    if (run.theirs === run.mine && theirRun.some(({ indent }, j) => indent !== myRun[j]?.indent)) return undefined;
    differing.distance += runDistance(theirRun, myRun);
    differing.theirs += run.theirs;
    differing.mine += run.mine;
    their += run.theirs;
    my += run.mine;
    for (let j = parts[i]?.count ?? 0; j > 0; j--) pairs[my++] = their++;
  }
  if (Math.max(differing.theirs, differing.mine) > mostDifferingLines) return undefined;
  const total = search.reduce((sum, { form }) => sum + form.length, 0);
  return differing.distance <= total * mostDifferingPart ? { pairs, distance: differing.distance } : undefined;
}

function runDistance(theirs: readonly FormedLine[], mine: readonly FormedLine[]): number {
  if (theirs.length !== mine.length) return [...theirs, ...mine].reduce((sum, { form }) => sum + form.length + 1, 0);
  return theirs.reduce((sum, line, i) => sum + levenshtein(keyOf(line), mine[i] ? keyOf(mine[i]) : ''), 0);
}

function levenshtein(a: string, b: string): number {
  if (a === b) return 0;
  if (Math.max(a.length, b.length) > longestLine) return Math.max(a.length, b.length);
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
