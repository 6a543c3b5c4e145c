// A file's text and one edit → the edited text, by the first matcher of a ladder that finds exactly one place; or a refusal with its reason.
import { diffArrays } from 'diff';

const rungs = ['exact', 'line-ends', 'indentation'] as const;
export type Rung = (typeof rungs)[number];

export type Application =
  | { ok: true; text: string; rung: Rung }
  | { ok: false; why: 'not-found' | 'ambiguous' | 'changes-nothing' | 'no-search' | 'indentation'; reason: string };

interface Line {
  text: string;
  /** `\n`, `\r\n`, or nothing for a last line that has no end. */
  end: string;
}

interface Place {
  start: number;
  /** What has to be put before (`+`) or taken from (`-`) the edit's lines to fit the file's. */
  shift: { by: '+' | '-'; indent: string };
}

const noShift: Place['shift'] = { by: '+', indent: '' };
/** Beyond this finding the lines that stay costs too much time, and all of them are taken as new. */
const maxEdits = 1_000;
const byteOrderMark = '\uFEFF';

export function applyEdit(text: string, edit: { search: string; replace: string }): Application {
  const search = linesOf(edit.search);
  const replace = linesOf(edit.replace);
  if (edit.search === edit.replace) return refusal('changes-nothing', 'SEARCH and REPLACE are the same');
  if (search.length === 0 && text === '') return { ok: true, text: edit.replace, rung: 'exact' };
  if (search.length === 0)
    return refusal(
      'no-search',
      'SEARCH is empty, which creates a file, but the file exists: quote the lines to replace',
    );
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const file = linesOf(text.slice(mark.length));
  for (const rung of rungs) {
    const places = matchers[rung](file, search);
    const place = places[0];
    if (!place) continue;
    if (places.length > 1) return refusal('ambiguous', `SEARCH fits in more than one place: ${placesText(places)}`);
    const added = reindented(replace, place.shift);
    if (!added)
      return refusal(
        'indentation',
        'REPLACE is indented less than SEARCH, and SEARCH is indented deeper than the file',
      );
    const edited = mark + spliced(file, place.start, search, replace, added);
    return edited === text
      ? refusal('changes-nothing', 'the edit changes nothing in the file')
      : { ok: true, text: edited, rung };
  }
  return refusal('not-found', 'SEARCH is not in the file');
}

const refusal = (why: Extract<Application, { ok: false }>['why'], reason: string): Application => ({
  ok: false,
  why,
  reason,
});

const placesText = (places: readonly Place[]): string => {
  const shown = places.slice(0, 5).map(({ start }) => start + 1);
  return `line ${shown.join(', line ')}${places.length > 5 ? ` and ${places.length - 5} more` : ''}`;
};

/** Only line feeds end a line here, as in git; a carriage return before one belongs to the end. */
function linesOf(text: string): Line[] {
  if (text === '') return [];
  return text.split(/(?<=\n)/).map((line): Line => {
    const end = line.endsWith('\r\n') ? '\r\n' : line.endsWith('\n') ? '\n' : '';
    return { text: line.slice(0, line.length - end.length), end };
  });
}

type Matcher = (file: readonly Line[], search: readonly Line[]) => Place[];

const sameLines =
  (form: (text: string) => string): Matcher =>
  (file, search) =>
    occurrences(
      file.map((line) => form(line.text)),
      search.map((line) => form(line.text)),
    ).map((start) => ({ start, shift: noShift }));

const matchers: Record<Rung, Matcher> = {
  exact: sameLines((text) => text),
  'line-ends': sameLines((text) => text.trimEnd()),
  indentation: (file, search) => {
    const mine = search.map((line) => line.text.trimEnd());
    const theirs = file.map((line) => line.text.trimEnd());
    const trimmed = (lines: readonly string[]) => lines.map((line) => line.trimStart());
    return occurrences(trimmed(theirs), trimmed(mine)).flatMap((start) => {
      const shift = uniformShift(mine, theirs, start);
      return shift ? [{ start, shift }] : [];
    });
  },
};

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

function uniformShift(mine: readonly string[], theirs: readonly string[], start: number): Place['shift'] | undefined {
  let shift: Place['shift'] | undefined;
  for (const [i, line] of mine.entries()) {
    if (line === '') continue;
    const needed = shiftBetween(line, theirs[start + i] ?? '');
    if (!needed || (shift && (shift.by !== needed.by || shift.indent !== needed.indent))) return undefined;
    shift = needed;
  }
  return shift;
}

function shiftBetween(mine: string, theirs: string): Place['shift'] | undefined {
  const difference = theirs.length - mine.length;
  const [longer, shorter] = difference >= 0 ? [theirs, mine] : [mine, theirs];
  const indent = longer.slice(0, Math.abs(difference));
  if (shorter === '' || !longer.endsWith(shorter) || /[^ \t]/.test(indent)) return undefined;
  return { by: difference >= 0 ? '+' : '-', indent };
}

function reindented(lines: readonly Line[], { by, indent }: Place['shift']): string[] | undefined {
  const shifted: string[] = [];
  for (const { text } of lines) {
    if (text.trim() === '' || indent === '') shifted.push(text);
    else if (by === '+') shifted.push(indent + text);
    else if (text.startsWith(indent)) shifted.push(text.slice(indent.length));
    else return undefined;
  }
  return shifted;
}

/** Lines that the edit leaves alone stay the file's own, byte for byte; new ones end as their neighbours do. */
function spliced(
  file: readonly Line[],
  start: number,
  search: readonly Line[],
  replace: readonly Line[],
  added: readonly string[],
): string {
  const region = file.slice(start, start + search.length);
  const end = usualEnd(region) ?? usualEnd(file) ?? '\n';
  const result: Line[] = [];
  let fromFile = 0;
  let fromEdit = 0;
  const bare = (lines: readonly Line[]) => lines.map((line) => line.text);
  const wholesale = [
    { removed: true, added: false, value: bare(search) },
    { removed: false, added: true, value: bare(replace) },
  ];
  for (const part of diffArrays(bare(search), bare(replace), { maxEditLength: maxEdits }) ?? wholesale) {
    for (let i = 0; i < part.value.length; i++) {
      if (part.added) result.push({ text: added[fromEdit++] ?? '', end });
      else {
        const own = region[fromFile++];
        if (!part.removed && own) {
          result.push(own);
          fromEdit++;
        }
      }
    }
  }
  const edited = [...file.slice(0, start), ...result, ...file.slice(start + search.length)];
  const lastEnd = file.at(-1)?.end ?? end;
  return edited
    .map((line, i) => line.text + (i === edited.length - 1 ? (lastEnd === '' ? '' : line.end || end) : line.end || end))
    .join('');
}

const usualEnd = (lines: readonly Line[]): string | undefined => {
  const windowsEnds = lines.filter((line) => line.end === '\r\n').length;
  const ended = lines.filter((line) => line.end !== '').length;
  return ended === 0 ? undefined : windowsEnds * 2 > ended ? '\r\n' : '\n';
};
