// Files, their outlines and the failing tests → the pieces of source that are wanted, the most important first.
import type { Lines } from '../../syntax/lines.ts';
import type { Import, Outline } from '../../syntax/outline.ts';
import { fileLines } from '../../text/shown-lines.ts';
import type { FoundTest } from './failing-tests.ts';
import { ancestors, type Region, regionsOf, unitAt, unitOf } from './regions.ts';

export interface Piece {
  file: number;
  /** The first that fits is shown, all of its lines. */
  choices: Lines[][];
  name?: string;
  /** What is named as left out when nothing fits. */
  unit?: Lines;
  line?: number;
  /** Wanted only where something of the file is shown already. */
  onlyIfOpen?: boolean;
}

interface Sheet {
  file: number;
  lines: string[];
  imports: readonly Import[];
  regions: Region[];
  hasOutline: boolean;
  interest: number[];
}

const smallFile = 120;
const windows = [30, 10, 3];
const looseRadius = 8;
const longestClass = 60;
const mostTests = 8;
const mostNamed = 30;

export function pieces(
  files: readonly { text: string; lines: readonly { line: number }[] }[],
  outlined: readonly { outline: Outline | undefined }[],
  failing: readonly FoundTest[],
): Piece[] {
  const sheets = files.map(({ text, lines }, file) => sheet(file, text, lines, outlined[file]?.outline));
  const [first, ...others] = sheets.map(pointedAt);
  const tests = failing.slice(0, mostTests);
  const unpointed = sheets.filter(({ hasOutline, interest }) => !hasOutline && interest.length === 0);
  return [
    ...(first ?? []),
    ...tests.flatMap((test) => testPiece(test, sheets)),
    ...others.flat(),
    ...sheets.flatMap((one) => importPieces(one, true)),
    ...tests.flatMap((test) => hookPieces(test, sheets, outlined)),
    ...namedPieces(tests, sheets),
    ...sheets.filter(isSmall).map((one) => whole(one)),
    ...sheets.flatMap((one) => [...signaturePieces(one), ...importPieces(one, false)]),
    ...unpointed.map(({ file, lines }) => ({
      file,
      choices: windows.map((size) => [{ from: 1, to: size }]),
      unit: { from: 1, to: lines.length },
    })),
  ];
}

function sheet(file: number, text: string, pointed: readonly { line: number }[], outline: Outline | undefined): Sheet {
  const lines = fileLines(text);
  const interest = pointed.map(({ line }) => line).filter((line) => line >= 1 && line <= lines.length);
  const regions = outline ? regionsOf(outline) : [];
  return { file, lines, imports: outline?.imports ?? [], regions, hasOutline: outline !== undefined, interest };
}

const isSmall = ({ lines }: Sheet): boolean => lines.length <= smallFile;
const whole = ({ file, lines }: Sheet): Piece => ({ file, choices: [[{ from: 1, to: lines.length }]] });

function pointedAt(one: Sheet): Piece[] {
  if (!one.hasOutline) return windowPieces(one);
  return one.interest.map((line) => {
    const unit = unitAt(one.regions, line);
    return unit ? { ...unitPiece(one.file, unit), line } : loosePiece(one, line);
  });
}

function unitPiece(file: number, unit: Region): Piece {
  const { name, from, to } = unit;
  const around = ancestors(unit).map(({ signature }) => signature);
  return { file, choices: [[...around, { from, to }]], name, unit: { from, to } };
}

/** Text without a grammar: whole if it is short, else the lines around those of interest. */
function windowPieces({ file, lines, interest }: Sheet): Piece[] {
  if (interest.length === 0) return [];
  const around = (radius: number) => interest.map((line) => ({ from: line - radius, to: line + radius }));
  const all = lines.length <= smallFile ? [[{ from: 1, to: lines.length }]] : [];
  const [line] = interest;
  return [
    { file, choices: [...all, ...windows.map(around)], unit: { from: 1, to: lines.length }, ...(line ? { line } : {}) },
  ];
}

/** A line between functions: those near it that are in no function either, and the headers it stands under. */
function loosePiece({ file, lines, regions }: Sheet, line: number): Piece {
  const around = regions.filter(({ from, to }) => from <= line && line <= to);
  const taken = (at: number) => regions.some(({ isUnit, from, to }) => isUnit && from <= at && at <= to);
  let from = line;
  let to = line;
  while (from > 1 && line - from < looseRadius && !taken(from - 1)) from -= 1;
  while (to < lines.length && to - line < looseRadius && !taken(to + 1)) to += 1;
  const headers = around.map(({ signature }) => signature);
  return { file, choices: [[...headers, { from, to }], [{ from: line, to: line }]], unit: { from, to }, line };
}

function testPiece({ file, block }: FoundTest, sheets: readonly Sheet[]): Piece[] {
  const region = sheets[file]?.regions.find(({ from, to, isUnit }) => isUnit && from === block.from && to === block.to);
  const unit = region && unitOf(region);
  return unit ? [{ ...unitPiece(file, unit), line: block.from }] : [];
}

/** What runs before and after the test: hooks of its suites, and of its file. */
function hookPieces(
  { file, block }: FoundTest,
  sheets: readonly Sheet[],
  outlined: readonly { outline: Outline | undefined }[],
): Piece[] {
  const suites = new Set<unknown>([undefined]);
  for (let at = block.parent; at; at = at.parent) suites.add(at);
  const hooks = (outlined[file]?.outline?.tests ?? []).filter(
    ({ kind, parent }) => kind === 'hook' && suites.has(parent),
  );
  return hooks.flatMap((hook) => testPiece({ file, block: hook }, sheets));
}

/** Fixtures, helpers and the code under test: definitions that the failing tests' text names. */
function namedPieces(tests: readonly FoundTest[], sheets: readonly Sheet[]): Piece[] {
  const found: { piece: Piece; rank: number }[] = [];
  for (const { file, block } of tests) {
    const text = sheets[file]?.lines.slice(block.from - 1, block.to).join('\n') ?? '';
    const names = new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
    for (const other of sheets) {
      for (const region of other.regions) {
        const isHere = other.file === file;
        const holdsTest = isHere && region.from <= block.from && block.to <= region.to;
        if (!names.has(bareName(region)) || holdsTest || region.isTest || !isWhole(region)) continue;
        if (!isHere && !region.isTopLevel && !isOnlyOne(region, sheets)) continue;
        found.push({ piece: unitPiece(other.file, region), rank: isHere ? 0 : 1 });
      }
    }
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostNamed)
    .map(({ piece }) => piece);
}

const bareName = ({ name }: Region): string => name.slice(name.lastIndexOf('.') + 1);
const isWhole = ({ isUnit, from, to, parent }: Region): boolean =>
  !parent?.isUnit && (isUnit || to - from < longestClass);
const isOnlyOne = (region: Region, sheets: readonly Sheet[]): boolean =>
  sheets.every(({ regions }) => regions.every((other) => other === region || bareName(other) !== bareName(region)));

function importPieces({ file, imports }: Sheet, onlyIfOpen: boolean): Piece[] {
  if (imports.length === 0) return [];
  return [{ file, choices: [imports.map(({ from, to }) => ({ from, to }))], onlyIfOpen }];
}

function signaturePieces({ file, regions }: Sheet): Piece[] {
  return regions.filter(({ parent }) => !parent?.isUnit).map(({ signature }) => ({ file, choices: [[signature]] }));
}
