// The lines of a place in a file, and an edit of them → the edited lines: what the edit leaves alone stays the file's own, byte for byte.
import { diffArrays } from 'diff';
import { addedLines } from './added-lines.ts';
import type { Reindent } from './indentation.ts';
import type { FormedLine } from './normal-form.ts';
import type { Line } from './text-lines.ts';

export type FileLine = FormedLine & Line;

/** A searched line with the file's own in its place, if it has one. */
export interface Paired {
  search: FormedLine;
  own: FileLine | undefined;
}

export interface Place {
  lines: readonly FileLine[];
  /** For each searched line, the line of the place that it stands for, if there is one. */
  pairs: readonly (number | undefined)[];
  reindent: Reindent;
  /** Of a language that a grammar knows. */
  isCode: boolean;
}

/** A run of searched lines that is taken out, and what is put in for it. */
export interface Change {
  /** The index of the first searched line that is taken out, or before which lines are put in. */
  at: number;
  removed: number;
  added: readonly FormedLine[];
}

export type LaidOver =
  | { ok: true; lines: Line[]; head: readonly string[]; tail: readonly string[] }
  | { ok: false; why: 'differs' | 'indentation' | 'characters'; reason: string };

/** Beyond this finding the lines that stay costs too much time, and all of them are taken as new. */
const maxEdits = 1_000;

export function laidOver(
  place: Place,
  search: readonly FormedLine[],
  replace: readonly FormedLine[],
  end: string,
): LaidOver {
  const paired = search.map((line, i): Paired => {
    const at = place.pairs[i];
    return { search: line, own: at === undefined ? undefined : place.lines[at] };
  });
  const changes = changesBetween(paired, replace);
  const lost = changes.flatMap((change) => unknownLine(change, paired, place.pairs)).at(0);
  if (lost) return { ok: false, why: 'differs', reason: lost };
  const result: Line[] = [];
  const added: string[][] = [];
  let from = 0;
  for (const change of changes) {
    const to = change.at === search.length ? place.lines.length : (place.pairs[change.at] ?? from);
    const texts = addedLines(change, paired, place);
    if (!texts.ok) return texts;
    result.push(...place.lines.slice(from, to), ...texts.lines.map((text) => ({ text, end })));
    added.push(texts.lines);
    from = to + change.removed;
  }
  const isAtHead = changes[0]?.at === 0;
  const lastChange = changes.at(-1);
  const isAtTail = lastChange && lastChange.at + lastChange.removed === search.length;
  return {
    ok: true,
    lines: [...result, ...place.lines.slice(from)],
    head: isAtHead ? (added[0] ?? []) : [],
    tail: isAtTail ? (added.at(-1) ?? []) : [],
  };
}

function changesBetween(paired: readonly Paired[], replace: readonly FormedLine[]): Change[] {
  const mine = paired.map(({ search, own }) => ({ line: search, isTrue: search.text === own?.text }));
  const theirs = replace.map((line) => ({ line, isTrue: true }));
  const parts = diffArrays(mine, theirs, {
    maxEditLength: maxEdits,
    // A line that was quoted as it is and comes back in another form was changed on purpose.
    comparator: (a, b) =>
      a.line.text === b.line.text ||
      (!(a.isTrue && b.isTrue) && a.line.indent === b.line.indent && a.line.form === b.line.form),
  });
  if (!parts) return [{ at: 0, removed: paired.length, added: replace }];
  const changes: Change[] = [];
  let [my, their] = [0, 0];
  for (let i = 0; i < parts.length; i++) {
    const run = { removed: 0, added: 0 };
    for (; parts[i]?.removed || parts[i]?.added; i++)
      run[parts[i]?.removed ? 'removed' : 'added'] += parts[i]?.count ?? 0;
    const added = replace.slice(their, their + run.added);
    if (run.removed + run.added > 0) changes.push({ at: my, removed: run.removed, added });
    my += run.removed + (parts[i]?.count ?? 0);
    their += run.added + (parts[i]?.count ?? 0);
  }
  return changes;
}

/** What is taken out must have been known, and so must the lines on both sides of where something is put in. */
function unknownLine(
  { at, removed }: Change,
  paired: readonly Paired[],
  pairs: readonly (number | undefined)[],
): string[] {
  for (let i = at; i < at + removed; i++) {
    const { search, own } = paired[i] ?? {};
    if (!search || !own) return [`the file has no line \`${search?.text.trim()}\`, which the edit replaces`];
    if (search.form !== own.form)
      return [`the edit replaces \`${search.text.trim()}\`, but the file has \`${own.text.trim()}\``];
  }
  for (let i = Math.max(1, at); i <= Math.min(at + removed, paired.length - 1); i++) {
    const [before, after] = [pairs[i - 1], pairs[i]];
    if (before === undefined || after === undefined || after !== before + 1)
      return [`next to \`${paired[i - 1]?.search.text.trim()}\` the file has other lines than SEARCH`];
  }
  return [];
}
