// A file's text and one edit → the edited text, by the first rung of a ladder that finds exactly one place; or a refusal with its reason.
import { grammarOf } from '../../syntax/grammars.ts';
import { addedFault } from './added-faults.ts';
import { anchoredMatches } from './anchored-match.ts';
import { isLeftOut } from './edit-faults.ts';
import { type EditText, readings, withoutOuterBlanks, withoutPlusSigns } from './edit-readings.ts';
import { type FileLine, laidOver, type Place } from './laid-over.ts';
import { lineMatches, type WholeLineRung } from './line-matches.ts';
import { type FormedLine, formedLine } from './normal-form.ts';
import { type Line, linesOf, textOf, usualEnd } from './text-lines.ts';

export type Rung = WholeLineRung | 'anchored';

export type Application = { ok: true; text: string; rung: Rung } | Refused;

export interface Refused {
  ok: false;
  why: Refusal;
  reason: string;
}

type Refusal =
  | 'not-found'
  | 'ambiguous'
  | 'changes-nothing'
  | 'no-search'
  | 'indentation'
  | 'differs'
  | 'characters'
  | 'repeats';

/** `path` and `at` as in an edit that was read from a reply. */
export interface FileEdit extends EditText {
  path?: string;
  at?: number;
}

interface Found {
  rung: Rung;
  reading: EditText;
  search: readonly FormedLine[];
  places: (Omit<Place, 'lines' | 'isCode'> & { start: number; length: number })[];
}

const byteOrderMark = '\uFEFF';

export function applyEdit(text: string, edit: FileEdit): Application {
  const fit = fitEdit(text, edit);
  return fit.ok ? { ok: true, text: fit.text, rung: fit.rung } : fit;
}

export interface Fit {
  ok: true;
  text: string;
  rung: Rung;
  /** 0-based line of the place. */
  start: number;
  /** For each line of the result, the line of the text that it was, if it was there. */
  origins: (number | undefined)[];
}

export function fitEdit(text: string, edit: FileEdit): Fit | Refused {
  if (edit.search === edit.replace) return refusal('changes-nothing', 'SEARCH and REPLACE are the same');
  if (edit.search === '' && text === '') return { ok: true, text: edit.replace, rung: 'exact', start: 0, origins: [] };
  if (edit.search === '')
    return refusal(
      'no-search',
      'SEARCH is empty, which creates a file, but the file exists: quote the lines to replace',
    );
  const { mark, file } = fileOf(text);
  const found = firstFound(file, { ...edit, replace: withoutPlusSigns(edit, text) });
  if (!found) return refusal('not-found', 'SEARCH is not in the file');
  const { places, rung } = found;
  // A diff says where it stands; that decides between places that fit exactly.
  const stated = rung === 'exact' ? places.find(({ start }) => start + 1 === edit.at) : undefined;
  const place = places.length === 1 ? places[0] : stated;
  if (!place) return ambiguous(places.map(({ start }) => start));
  const edited = editedLines(file, found, place, edit.path ?? '');
  if (!edited.ok) return edited;
  const after = mark + edited.text;
  return after === text
    ? refusal('changes-nothing', 'the edit changes nothing in the file')
    : { ...edited, text: after, rung, start: place.start };
}

/** 0-based lines at which the edit's first rung has a place. */
export const placesIn = (text: string, edit: FileEdit): number[] =>
  firstFound(fileOf(text).file, edit)?.places.map(({ start }) => start) ?? [];

function fileOf(text: string): { mark: string; file: FileLine[] } {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const lines = linesOf(text.slice(mark.length));
  return { mark, file: lines.map((line) => ({ ...formedLine(line.text), end: line.end })) };
}

const refusal = (why: Refusal, reason: string): Refused => ({ ok: false, why, reason });

export function ambiguous(starts: readonly number[]): Refused {
  const shown = starts.slice(0, 5).map((start) => start + 1);
  const places = `line ${shown.join(', line ')}${starts.length > 5 ? ` and ${starts.length - 5} more` : ''}`;
  return refusal('ambiguous', `SEARCH fits in more than one place: ${places}`);
}

const formed = (text: string): FormedLine[] => linesOf(text).map((line) => formedLine(line.text));

function firstFound(file: readonly FileLine[], edit: FileEdit): Found | undefined {
  for (const reading of readings(edit)) {
    const search = formed(reading.search);
    const matches = search.length > 0 ? lineMatches(file, search) : undefined;
    if (!matches) continue;
    const pairs = search.map((_, i) => i);
    const places = matches.places.map((place) => ({ ...place, length: search.length, pairs }));
    return { rung: matches.rung, reading, search, places };
  }
  const reading = withoutOuterBlanks(edit) ?? edit;
  const search = formed(reading.search);
  const own = new Set(file.map(({ form }) => form));
  if (search.some(({ text, form }) => isLeftOut(text, edit.path ?? '') && !own.has(form))) return undefined;
  const places = anchoredMatches(file, search).map((place) => ({ ...place, reindent: (indent: string) => indent }));
  return places.length > 0 ? { rung: 'anchored', reading, search, places } : undefined;
}

type Edited = Pick<Fit, 'ok' | 'text' | 'origins'> | Refused;

function editedLines(
  file: readonly FileLine[],
  { reading, search }: Found,
  place: Found['places'][number],
  path: string,
): Edited {
  const lines = file.slice(place.start, place.start + place.length);
  const end = usualEnd(lines) ?? usualEnd(file) ?? '\n';
  const laid = laidOver(
    { ...place, lines, isCode: grammarOf(path) !== undefined },
    search,
    formed(reading.replace),
    end,
  );
  if (!laid.ok) return refusal(laid.why, laid.reason);
  const above = file.slice(0, place.start);
  const below = file.slice(place.start + place.length);
  const known = new Map<Line, number>(file.map((line, at) => [line, at]));
  const added = laid.lines.filter((line) => !known.has(line)).map((line) => line.text);
  const fault = addedFault({ ...laid, added, above, below, file, reading, path });
  if (fault) return refusal(fault.why, fault.reason);
  const result = [...above, ...laid.lines, ...below];
  const origins = result.map((line) => known.get(line));
  return { ok: true, text: textOf(result, end, file.at(-1)?.end !== ''), origins };
}
