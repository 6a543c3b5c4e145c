// Ranked files, the lines a failure points at and the failing tests' names → what of them the model sees, within a budget of tokens.
import { type Outline, outlineOf } from '../../syntax/outline.ts';
import { estimatedTokens } from '../../text/tokens.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import { type BudgetedLines, budgetedLines } from './budgeted-lines.ts';
import { type Piece, pieces } from './excerpt-pieces.ts';
import { failingTests } from './failing-tests.ts';
import { regionsOf } from './regions.ts';

export interface ExcerptFile {
  path: string;
  text: string;
  /** The most telling one first. */
  lines: readonly { line: number; reason: string }[];
}

export interface LeftOut {
  path: string;
  from: number;
  to: number;
  name?: string;
  why: string;
}

export interface SourceExcerpt {
  text: string;
  tokens: number;
  /** What the model may ask for, the most wanted first. */
  leftOut: LeftOut[];
  shown: { path: string; from: number; to: number }[];
}

const mostLeftOut = 100;

/**
 * Functions are whole or shown by their signature. One exception: the single most important function, if it is larger
 * than the whole budget, is cut around its line, and its file's heading says so.
 */
export async function sourceExcerpt(
  files: readonly ExcerptFile[],
  testNames: readonly string[],
  budgetTokens: number,
): Promise<SourceExcerpt> {
  const outlined: { path: string; outline: Outline | undefined }[] = [];
  // One after the other: trees are large, and parsing takes the thread anyway.
  for (const { path, text } of files) outlined.push({ path, outline: await outlineOf(path, text) });
  const budget = budgetedLines(files, budgetTokens);
  const wanted = pieces(files, outlined, failingTests(testNames, outlined));
  const leftOut = filled(wanted, files, budget);
  for (const [file, { outline }] of outlined.entries()) bridged(file, outline, budget);
  const text = budget.text();
  return {
    text,
    tokens: estimatedTokens(text),
    leftOut: [...leftOut, ...unshown(files, outlined, budget, leftOut)].slice(0, mostLeftOut),
    shown: files.flatMap(({ path }, file) => budget.shown(file).map((lines) => ({ path, ...lines }))),
  };
}

function filled(wanted: readonly Piece[], files: readonly ExcerptFile[], budget: BudgetedLines): LeftOut[] {
  const leftOut: LeftOut[] = [];
  for (const [rank, piece] of wanted.entries()) {
    const { file, choices, name, unit, line } = piece;
    if (piece.onlyIfOpen && !budget.isOpen(file)) continue;
    if (choices.some((ranges) => budget.show(file, ranges, noteOf(files[file])))) continue;
    if (rank === 0 && unit && line !== undefined && cutAround(piece, line, budget)) continue;
    const path = files[file]?.path ?? '';
    const isNamed = leftOut.some((one) => one.path === path && one.from === unit?.from && one.to === unit.to);
    if (unit && !isNamed) leftOut.push({ path, ...unit, ...(name ? { name } : {}), why: 'does not fit' });
  }
  return leftOut;
}

/** Why the file is here, for its heading. */
function noteOf(file: ExcerptFile | undefined): string {
  const reasons = (file?.lines ?? []).slice(0, 4).map(({ line, reason }) => `line ${line} ${reason}`);
  return withoutInvisible(reasons.join('; ')).replaceAll('\n', ' ').slice(0, 300).toWellFormed();
}

const radii = [100, 60, 40, 25, 15, 8, 4, 2, 0];

function cutAround({ file, unit, name }: Piece, line: number, budget: BudgetedLines): boolean {
  if (!unit) return false;
  const note = `${name ?? 'what stands'} in lines ${unit.from} to ${unit.to} is too large to show: cut around line ${line}`;
  return radii.some((radius) => {
    const window = { from: Math.max(unit.from, line - radius), to: Math.min(unit.to, line + radius) };
    return budget.show(file, [window], note);
  });
}

/** A blank line between what is shown takes no more than the mark of its gap. */
function bridged(file: number, outline: Outline | undefined, budget: BudgetedLines): void {
  const units = outline ? regionsOf(outline).filter(({ isUnit }) => isUnit) : [];
  for (const line of budget.blankGaps(file))
    if (!units.some(({ from, to }) => from <= line && line <= to)) budget.show(file, [{ from: line, to: line }]);
}

/** Files and units that nobody got to, so that the list is whole. */
function unshown(
  files: readonly ExcerptFile[],
  outlined: readonly { outline: Outline | undefined }[],
  budget: BudgetedLines,
  named: readonly LeftOut[],
): LeftOut[] {
  return files.flatMap(({ path, text }, file): LeftOut[] => {
    const last = text.split('\n').length;
    if (!budget.isOpen(file)) return [{ path, from: 1, to: last, why: 'the file does not fit' }];
    const outline = outlined[file]?.outline;
    const units = outline ? regionsOf(outline).filter(({ isUnit, parent }) => isUnit && !parent?.isUnit) : [];
    return units
      .filter((unit) => !budget.isShown(file, unit))
      .filter(({ from }) => !named.some((one) => one.path === path && one.from === from))
      .map(({ name, from, to, signature }) => {
        const why = budget.isShown(file, signature) ? 'only its signature is shown' : 'not shown';
        return { path, from, to, name, why };
      });
  });
}
