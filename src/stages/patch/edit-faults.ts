// One edit → what is wrong with it whatever file it meets: left-out lines, redaction marks, conflict markers, numbers.
import { numberedLines } from './edit-readings.ts';

interface Written {
  path: string;
  search: string;
  replace: string;
}

const comment = /^(?:\/\/|#|--|;|%|\/\*|<!--|\{\/\*|""")\s*/;
const leftOut = /^(?:\.{3}|…)(?:\s*\(?[\w' ]{0,60}\)?\s*(?:\.{3}|…)?)?\s*(?:\*\/\}?|-->)?$/;
const bareLeftOut = /^(?:\.{3}|…)(?:\s+[\w' ]{1,60}\s+(?:\.{3}|…))?$/;
const leftOutInWords =
  /^(?:\.{3}|…)?\s*(?:the )?(?:rest|remainder|remaining|existing|other|previous|unchanged)\b[\w' ]{0,40}\b(?:code|file|function|functions|implementation|unchanged|here|same|class|methods|tests|lines)\b[\w' ]{0,40}(?:\.{3}|…)?\s*(?:\*\/\}?|-->)?$/i;
const conflict = /^(?:<{7}|>{7}|\|{7})(?: |$)/;

/** What the model is told, or undefined for an edit that may be tried. */
export function editFault(edit: Written): string | undefined {
  const { path, search, replace } = edit;
  const searched = new Set(search.split('\n').map((line) => line.trim()));
  const added = replace.split('\n').filter((line) => !searched.has(line.trim()));
  const skipped = added.find((line) => isLeftOut(line, path));
  if (skipped !== undefined)
    return `${path}: REPLACE leaves lines out (\`${skipped.trim().slice(0, 80)}\`): write every line of the replacement`;
  if (/\[redacted:/.test(replace))
    return `${path}: REPLACE holds \`[redacted:…]\`, which stands for text that was hidden from you: leave such lines out of the edit`;
  if (added.some((line) => conflict.test(line)))
    return `${path}: REPLACE holds conflict markers: write the lines as they are to be in the end`;
  if (isNumbered(replace) && !numberedLines(search))
    return `${path}: the lines of REPLACE begin with their numbers: write the lines themselves`;
  return undefined;
}

/** A line that stands for others. */
export function isLeftOut(line: string, path: string): boolean {
  const text = line.trim();
  // In Python a line of three dots is a statement of its own.
  if (text === '...' && /\.pyi?$/.test(path)) return false;
  const body = text.replace(comment, '');
  return body === text ? bareLeftOut.test(text) : leftOut.test(body) || leftOutInWords.test(body);
}

function isNumbered(text: string): boolean {
  const isListing = text.split('\n').every((line) => line.trim() === '' || /^[ \t]*\d{1,6} ?[|│→]/.test(line));
  const numbers = isListing ? (numberedLines(text)?.numbers ?? []) : [];
  return numbers.length > 1 && numbers.every((number, i) => number === (numbers[0] ?? 0) + i);
}
