// A SEARCH text that is not in its file → the lines that are really there, and the files it does fit, written for the model.
import { isLeftOut } from './edit-faults.ts';
import { formedLine } from './normal-form.ts';

const maxShownLines = 40;
const maxNamedLines = 3;
const margin = 2;

interface Window {
  /** 0-based: the first line shown, and the one that stands for the first line searched. */
  from: number;
  start: number;
  lines: string[];
}

/** The part of the file that is most like the searched lines; undefined when nothing is. */
function mostSimilar(fileText: string, wanted: readonly string[]): Window | undefined {
  const file = fileText.replace(/\r?\n$/, '').split(/\r?\n/);
  const size = Math.min(wanted.length, file.length);
  const alike = wanted.map((line) => (line === '' ? undefined : wordsOf(line)));
  const forms = file.map((line) => formedLine(line).form);
  const fileWords = forms.map(wordsOf);
  let best = { start: 0, score: 0 };
  for (let start = 0; start + size <= file.length; start++) {
    let score = 0;
    for (let i = 0; i < size; i++) {
      const words = alike[i];
      const theirs = fileWords[start + i];
      if (words && theirs) score += forms[start + i] === wanted[i] ? 1.5 : overlap(words, theirs);
    }
    if (score > best.score) best = { start, score };
  }
  if (best.score < 0.3 * alike.filter(Boolean).length) return undefined;
  const from = Math.max(0, best.start - margin);
  return { from, start: best.start, lines: file.slice(from, best.start + size + margin) };
}

export interface Mismatch {
  path: string;
  fileText: string;
  search: string;
  /** Other shown files in which SEARCH fits. */
  fitsIn: readonly string[];
}

export function mismatchFeedback({ path, fileText, search, fitsIn }: Mismatch): string {
  const asked = search.trimEnd().split('\n');
  const hints = [
    asked.some((line) => isLeftOut(line, '')) ? 'A line of dots stands for nothing here: write every line out.' : '',
    /\[redacted:/.test(search) ? '`[redacted:…]` stands for text that was hidden from you: quote other lines.' : '',
    fitsInText(fitsIn),
  ];
  const hint = hints.filter(Boolean).map((text) => ` ${text}`);
  const wanted = asked.slice(0, maxShownLines).map((line) => formedLine(line).form);
  const window = mostSimilar(fileText, wanted);
  if (!window)
    return `${path}: these SEARCH lines are not in the file, nor anything like them: \`${(asked[0] ?? '').trim().slice(0, 120)}\`… Copy the lines from the file as shown.${hint.join('')}`;
  const to = window.from + window.lines.length;
  const differing = differences(window, wanted, asked);
  return `${path}: these SEARCH lines are not in the file.${hint.join('')}${differing} These are the lines that are really there (${window.from + 1} to ${to}); copy from them, character for character:\n${window.lines.join('\n')}`;
}

/** Words for a block that fits elsewhere; it is not applied there. */
export const fitsInText = (paths: readonly string[]): string =>
  paths.length === 0
    ? ''
    : `The SEARCH lines stand in ${paths.join(' and in ')}: if that is the file you mean, write its path above the block.`;

function differences({ from, start, lines }: Window, wanted: readonly string[], asked: readonly string[]): string {
  const differing = wanted.flatMap((form, i) => {
    const theirs = lines[start - from + i];
    return theirs === undefined || formedLine(theirs).form === form ? [] : [{ i, theirs }];
  });
  if (differing.length === 0 || differing.length > maxNamedLines) return '';
  const told = differing.map(
    ({ i, theirs }) => `line ${start + i + 1} is \`${shortened(theirs)}\`, not \`${shortened(asked[i] ?? '')}\``,
  );
  return ` In the file ${told.join('; ')}.`;
}

const shortened = (line: string): string => line.trim().slice(0, 120);

const wordsOf = (line: string): Set<string> =>
  new Set(line.slice(0, 400).match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []);

/** Dice's coefficient. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const word of a) if (b.has(word)) common++;
  return (2 * common) / (a.size + b.size);
}
