// Text that outsiders wrote → the passages in it that speak to a model or give orders, and the text with those marked as such.
import { type Folded, folded, spelledOut } from './folded.ts';
import { formats, type Phrase, phrases, spelledPhrases } from './injection-phrases.ts';

export interface Injection {
  /** Offsets into the text; `to` is exclusive. */
  from: number;
  to: number;
  why: string;
}

/** An order goes on to the end of its sentence, or of this many characters. */
const longestPassage = 300;
const mostRounds = 4;
const markStart = '[untrusted instruction, not followed: ';
const existingMark = /\[untrusted instruction, not followed: [^[\]]{1,2000}\]/g;

/** In order, without overlaps; nothing within a mark that is there already. */
export function injections(text: string): Injection[] {
  const plain = folded(text);
  const found = [
    ...occurrences({ text, at: undefined }, formats),
    ...occurrences(plain, phrases),
    ...spelledOut(plain).flatMap((letters) => occurrences(letters, spelledPhrases)),
  ];
  if (found.length === 0) return [];
  const marks = [...text.matchAll(existingMark)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const result: Injection[] = [];
  let next = 0;
  for (const one of found.sort((a, b) => a.from - b.from || b.to - a.to)) {
    while ((marks[next]?.to ?? Number.POSITIVE_INFINITY) <= one.from) next += 1;
    const mark = marks[next]?.from ?? text.length;
    if (mark < one.to) continue;
    const to = Math.min(sentenceEnd(text, one.to), mark);
    const last = result.at(-1);
    if (last && one.from < last.to) last.to = Math.max(last.to, to);
    else result.push({ ...one, to });
  }
  return result;
}

/** Every passage stays readable, within a mark that it cannot close. */
export function marked(text: string): string {
  let shown = text;
  // A mark ends a word that hid the next passage's beginning.
  for (let round = 0; round < mostRounds; round++) {
    const next = markedOnce(shown);
    if (next === shown) break;
    shown = next;
  }
  return shown;
}

function markedOnce(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const passage of injections(text)) {
    const words = text.slice(passage.from, passage.to).replaceAll('[', '(').replaceAll(']', ')');
    parts.push(text.slice(from, passage.from), markStart, words, ']');
    from = passage.to;
  }
  return parts.join('') + text.slice(from);
}

/** What the passages of a text ask for, each once. */
export const reasonsOf = (found: readonly Injection[]): string[] => [...new Set(found.map(({ why }) => why))];

function occurrences(
  { text, at }: { text: string; at: Folded['at'] | undefined },
  wanted: readonly Phrase[],
): Injection[] {
  return wanted.flatMap(({ why, pattern }) =>
    [...text.matchAll(pattern)].map((match) => {
      const end = match.index + match[0].length;
      // The last unit's own place, and one further: what it was folded from may be followed by a mark that was dropped.
      return { from: at?.[match.index] ?? match.index, to: at?.[end] ?? end, why };
    }),
  );
}

function sentenceEnd(text: string, from: number): number {
  const rest = text.slice(from, from + longestPassage);
  const stop = /[.!?。！？](?=\s|$)|[。！？]|\n/.exec(rest);
  if (!stop) return from + rest.length;
  return from + stop.index + (stop[0] === '\n' ? 0 : 1);
}
