// A file as it was shown and as earlier edits left it, and one more edit → the file after it; each edit at the place it has in what was shown.
import { ambiguous, type FileEdit, type Fit, fitEdit, placesIn, type Refused } from './replacement.ts';

export interface EditedText {
  shown: string;
  now: string;
  /** For each line of `now`, the line of `shown` that it is, if it was there; before the first edit all of them are. */
  origins?: readonly (number | undefined)[];
}

export function nextEdit(
  text: EditedText,
  edit: FileEdit,
): { ok: true; text: EditedText; rung: Fit['rung'] } | Refused {
  const fit = fitEdit(text.now, edit);
  if (!fit.ok) return fit;
  const { shown, origins } = text;
  const elsewhere = origins && edit.at === undefined ? misplaced(shown, edit, origins[fit.start]) : undefined;
  if (elsewhere) return elsewhere;
  const now = fit.origins.map((at) => (at === undefined || !origins ? at : origins[at]));
  return { ok: true, text: { shown, now: fit.text, origins: now }, rung: fit.rung };
}

/** What the model quotes it has seen in the file; only where it is not there it can be the text of an earlier edit. */
function misplaced(shown: string, edit: FileEdit, origin: number | undefined): Refused | undefined {
  const places = placesIn(shown, edit);
  if (places.length > 1) return ambiguous(places);
  const [place] = places;
  if (place === undefined || place === origin) return undefined;
  const reason = `SEARCH stands at line ${place + 1}, which an earlier edit of the reply changed, and fits another place since: quote lines that no other edit changes`;
  return { ok: false, why: 'ambiguous', reason };
}
