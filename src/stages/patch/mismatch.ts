// A SEARCH text that is not in its file → the lines that are really there, written for the model.

const maxShownLines = 40;
const margin = 2;

interface Window {
  /** 1-based. */
  from: number;
  text: string;
}

/** The part of the file that is most like the searched lines; undefined when nothing is. */
function mostSimilar(fileText: string, search: string): Window | undefined {
  const file = fileText.split(/\r?\n/);
  const wanted = search
    .trimEnd()
    .split(/\r?\n/)
    .slice(0, maxShownLines)
    .map((line) => line.trim());
  const size = Math.min(wanted.length, file.length);
  const alike = wanted.map((line) => (line === '' ? undefined : wordsOf(line)));
  const fileWords = file.map((line) => wordsOf(line.trim()));
  let best = { start: 0, score: 0 };
  for (let start = 0; start + size <= file.length; start++) {
    let score = 0;
    for (let i = 0; i < size; i++) {
      const words = alike[i];
      const theirs = fileWords[start + i];
      if (words && theirs) score += file[start + i]?.trim() === wanted[i] ? 1.5 : overlap(words, theirs);
    }
    if (score > best.score) best = { start, score };
  }
  if (best.score < 0.3 * alike.filter(Boolean).length) return undefined;
  const from = Math.max(0, best.start - margin);
  return { from: from + 1, text: file.slice(from, best.start + size + margin).join('\n') };
}

export function mismatchFeedback(path: string, fileText: string, search: string): string {
  const asked = search.trimEnd().split('\n');
  const elided = asked.some((line) => /^\s*(?:\.{3}|…)\s*$/.test(line))
    ? ' A line of dots stands for nothing here: write every line out.'
    : '';
  const window = mostSimilar(fileText, search);
  if (!window)
    return `${path}: these SEARCH lines are not in the file, nor anything like them: \`${(asked[0] ?? '').trim().slice(0, 120)}\`… Copy the lines from the file as shown.${elided}`;
  const to = window.from + window.text.split('\n').length - 1;
  return `${path}: these SEARCH lines are not in the file.${elided} These are the lines that are really there (${window.from} to ${to}); copy from them, character for character:\n${window.text}`;
}

const wordsOf = (line: string): Set<string> =>
  new Set(line.slice(0, 400).match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []);

/** Dice's coefficient. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const word of a) if (b.has(word)) common++;
  return (2 * common) / (a.size + b.size);
}
