// The lines that an edit puts in, and the file's lines they take the place of → the same in the file's own characters and indentation.
import type { Change, FileLine, LaidOver, Paired, Place } from './laid-over.ts';
import { type FormedLine, lookAlikes, normalForm, visible } from './normal-form.ts';

type Added = { ok: true; lines: string[] } | Extract<LaidOver, { ok: false }>;
type Known = Paired & { own: FileLine };

export function addedLines(
  change: Change,
  paired: readonly Paired[],
  { reindent, isCode }: Pick<Place, 'reindent' | 'isCode'>,
): Added {
  const removed = knownOf(paired.slice(change.at, change.at + change.removed));
  const settle = settled(knownOf(paired), isCode);
  const lines: string[] = [];
  const used = new Set<Known>();
  for (const [i, line] of change.added.entries()) {
    const indent = line.form === '' ? '' : reindent(line.indent);
    if (indent === undefined) return misindented(line);
    const meant = removed.find(({ search }) => search.form === line.form);
    if (meant && isTrueAlready(line, meant)) return misindented(line);
    const counterpart = meant ?? (removed.length === change.added.length ? removed[i] : undefined);
    if (counterpart) used.add(counterpart);
    const text = settle(visible(line.text));
    lines.push(line.form === '' ? text : indent + body(text.trimStart(), counterpart));
  }
  const lost = removed.find((one) => !used.has(one) && hasLost(one));
  return lost && lines.length > 0 ? respelled(lost) : { ok: true, lines };
}

/** REPLACE has the file's indentation, and only SEARCH has not: what is shifted would be wrong. */
const isTrueAlready = ({ indent }: FormedLine, { search, own }: Known): boolean =>
  indent === own.indent && search.indent !== own.indent;

const knownOf = (paired: readonly Paired[]): Known[] =>
  paired.flatMap(({ search, own }) => (own ? [{ search, own }] : []));

const misindented = ({ text }: FormedLine): Added => ({
  ok: false,
  why: 'indentation',
  reason: `SEARCH is indented otherwise than the file, so that the indentation of \`${text.trim()}\` in REPLACE is not known`,
});

const respelled = ({ search, own }: Known): Added => ({
  ok: false,
  why: 'characters',
  reason: `the file has \`${own.text.trim()}\` with other characters than \`${search.text.trim()}\``,
});

function body(text: string, counterpart: Known | undefined): string {
  if (!counterpart || counterpart.own.text === counterpart.search.text) return text;
  return merged(counterpart.own.text.trim(), visible(counterpart.search.text).trim(), text);
}

/** The file's characters where the edit keeps them, the edit's where it changes them. */
function merged(own: string, search: string, replace: string): string {
  const [theirs, before, after] = [normalForm(own), normalForm(search), normalForm(replace)];
  if (theirs.form !== before.form) return replace;
  const most = Math.min(before.form.length, after.form.length);
  const isInside = (at: number, { at: places }: { at: readonly number[] }): boolean =>
    at > 0 && places[at] === places[at - 1];
  let head = 0;
  while (head < most && before.form[head] === after.form[head]) head++;
  while (isInside(head, theirs) || isInside(head, after)) head--;
  let tail = 0;
  const endsAlike = () => before.form.at(-1 - tail) === after.form.at(-1 - tail);
  while (tail < most - head && endsAlike()) tail++;
  const [theirEnd, afterEnd] = [theirs.form.length, after.form.length];
  while (tail > 0 && (isInside(theirEnd - tail, theirs) || isInside(afterEnd - tail, after))) tail--;
  return (
    own.slice(0, theirs.at[head]) +
    replace.slice(after.at[head], after.at[afterEnd - tail]) +
    own.slice(theirs.at[theirEnd - tail])
  );
}

const countOf = (text: string, characters: string): number =>
  [...text].filter((character) => characters.includes(character)).length;

/** Characters that are others in SEARCH than in the file are others in REPLACE too; so are blanks at the ends of lines, which no code needs. */
function settled(known: readonly Known[], isCode: boolean): (text: string) => string {
  const changed = known.filter(({ search, own }) => search.text !== own.text && search.form === own.form);
  const respelt = lookAlikes.filter(({ characters }) =>
    changed.some(({ search, own }) => countOf(search.text, characters) > countOf(own.text, characters)),
  );
  const isTrailed = isCode || changed.some(({ search, own }) => /\s$/.test(search.text) && !/\s$/.test(own.text));
  return (text) => {
    let plain = text;
    for (const { plain: meant, characters } of respelt)
      plain = plain.replace(new RegExp(`[${characters}]`, 'gu'), meant);
    return isTrailed ? plain.trimEnd() : plain;
  };
}

/** The file's characters look like those of SEARCH, and nothing says where they belong in the new lines. */
const hasLost = ({ search, own }: Known): boolean =>
  lookAlikes.some(({ characters }) => countOf(own.text, characters) > countOf(search.text, characters));
