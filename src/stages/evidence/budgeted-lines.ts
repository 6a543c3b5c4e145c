// Lines that somebody wants shown → those that a budget of tokens holds, and the text that shows them.

import type { Lines } from '../../syntax/lines.ts';
import { fileLines, gapMark, shownLine, shownLines } from '../../text/shown-lines.ts';
import { estimatedTokens } from '../../text/tokens.ts';
import { withoutInvisible } from '../../text/untrusted.ts';

interface Sheet {
  path: string;
  lines: string[];
  shown: Uint8Array;
  isOpen: boolean;
  note: string;
  markCost: number;
}

export interface BudgetedLines {
  /** All of them, or nothing and false. */
  show(file: number, wanted: readonly Lines[], note?: string): boolean;
  isShown(file: number, lines: Lines): boolean;
  isOpen(file: number): boolean;
  shown(file: number): Lines[];
  /** Single blank lines that are all that is missing between two shown ones. */
  blankGaps(file: number): number[];
  text(): string;
}

export function budgetedLines(files: readonly { path: string; text: string }[], budgetTokens: number): BudgetedLines {
  const sheets = files.map(({ path, text }) => sheet(path, text));
  let left = budgetTokens;
  return {
    show(file, wanted, note = '') {
      const at = sheets[file];
      if (!at) return false;
      const missing = missingRuns(at, wanted);
      if (missing.length === 0) return true;
      const cost = costOf(at, missing, note);
      if (cost > left) return false;
      left -= cost;
      for (const { from, to } of missing) at.shown.fill(1, from, to + 1);
      at.isOpen = true;
      at.note ||= note;
      return true;
    },
    isShown: (file, { from, to }) => sheets[file]?.shown.subarray(from, to + 1).every((one) => one === 1) ?? false,
    isOpen: (file) => sheets[file]?.isOpen ?? false,
    shown: (file) => runsOf(sheets[file]),
    blankGaps: (file) => blankGaps(sheets[file]),
    text: () =>
      sheets
        .filter(({ isOpen }) => isOpen)
        .map((one) => `${heading(one, one.note)}\n${shownLines(one.lines, runsOf(one), 'numbered')}\n`)
        .join('\n'),
  };
}

function sheet(path: string, text: string): Sheet {
  const lines = fileLines(text);
  const last = lines.length;
  // Both neighbours of the file count as shown: a gap ends there.
  const shown = new Uint8Array(last + 2);
  shown[0] = 1;
  shown[last + 1] = 1;
  return {
    path,
    lines,
    shown,
    isOpen: false,
    note: '',
    markCost: estimatedTokens(`${gapMark(last, last, 'numbered')}\n`),
  };
}

/** No line of a file can look like one: those start with a number. */
function heading({ path, lines }: Sheet, note: string): string {
  const name = withoutInvisible(path).replaceAll('\n', ' ');
  return `### ${name} (${lines.length} lines)${note === '' ? '' : `: ${note}`}`;
}

/** The estimate of a whole is never above the sum of its lines' estimates, so that the sum keeps the budget. */
function costOf(at: Sheet, missing: readonly Lines[], note: string): number {
  let cost = at.isOpen ? 0 : estimatedTokens(`${heading(at, note)}\n\n`) + at.markCost;
  for (const { from, to } of missing) {
    const text: string[] = [];
    for (let line = from; line <= to; line++) text.push(shownLine(at.lines, line, 'numbered'));
    cost += estimatedTokens(`${text.join('\n')}\n`);
    // A run in the middle of a gap makes two of it, one that fills it makes none.
    cost += at.markCost * (1 - (at.shown[from - 1] ?? 1) - (at.shown[to + 1] ?? 1));
  }
  return cost;
}

/** The wanted lines that are not shown yet, as runs apart from each other. */
function missingRuns({ shown }: Sheet, wanted: readonly Lines[]): Lines[] {
  const last = shown.length - 2;
  const runs: Lines[] = [];
  let done = 0;
  for (const { from, to } of wanted.toSorted((a, b) => a.from - b.from)) {
    for (let line = Math.max(from, 1, done + 1); line <= Math.min(to, last); line++) {
      const run = runs.at(-1);
      if (shown[line] === 1) continue;
      if (run?.to === line - 1) run.to = line;
      else runs.push({ from: line, to: line });
    }
    done = Math.max(done, to);
  }
  return runs;
}

function blankGaps(at: Sheet | undefined): number[] {
  if (!at?.isOpen) return [];
  return at.lines.flatMap((text, i) => {
    const line = i + 1;
    const isAlone = at.shown[line] === 0 && at.shown[line - 1] === 1 && at.shown[line + 1] === 1;
    return isAlone && text.trim() === '' ? [line] : [];
  });
}

function runsOf(at: Sheet | undefined): Lines[] {
  const runs: Lines[] = [];
  for (let line = 1; at && line < at.shown.length - 1; line++) {
    const run = runs.at(-1);
    if (at.shown[line] === 0) continue;
    if (run?.to === line - 1) run.to = line;
    else runs.push({ from: line, to: line });
  }
  return runs;
}
