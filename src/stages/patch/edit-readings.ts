// An edit as it is written → how else it may be meant: numbered lines, lines of a diff, escaped characters, blank lines around it.

export interface EditText {
  search: string;
  replace: string;
}

/** As written first: another reading counts only where that does not fit. */
export function* readings(edit: EditText): Generator<EditText> {
  yield edit;
  for (const read of [unnumbered, unprefixed, unescaped, withoutOuterBlanks]) {
    const reading = read(edit);
    if (reading) yield reading;
  }
}

const linesIn = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const isBlank = (line: string): boolean => line.trim() === '';

const numbered = /^[ \t]*(\d{1,6})(?: ?[|│→:]|\t)(.*)$/;

/** `12 | code`, as listings show it. */
function unnumbered({ search, replace }: EditText): EditText | undefined {
  const mine = numberedLines(search);
  const theirs = replace === '' ? { numbers: [], rests: [] } : numberedLines(replace);
  if (!mine || !theirs || mine.numbers.some((number, i) => i > 0 && number <= (mine.numbers[i - 1] ?? 0)))
    return undefined;
  const rests = [...mine.rests, ...theirs.rests].filter((rest) => !isBlank(rest));
  // Where `cat` puts a tab, no space follows.
  const gap = !/^[ \t]*\d+\t/.test(search) && rests.every((rest) => rest.startsWith(' ')) ? 1 : 0;
  const cut = (lines: readonly string[]) => textOf(lines.map((line) => line.slice(gap)));
  return { search: cut(mine.rests), replace: cut(theirs.rests) };
}

/** Undefined where a line with text has no number. */
export function numberedLines(text: string): { numbers: number[]; rests: string[] } | undefined {
  const numbers: number[] = [];
  const rests: string[] = [];
  for (const line of linesIn(text)) {
    const [, number, rest] = numbered.exec(line) ?? [];
    if (number === undefined && !isBlank(line)) return undefined;
    if (number !== undefined) numbers.push(Number(number));
    rests.push(rest ?? '');
  }
  return numbers.length > 0 ? { numbers, rests } : undefined;
}

/** `-` before the lines of SEARCH and `+` before those of REPLACE, as in a diff. */
function unprefixed({ search, replace }: EditText): EditText | undefined {
  const [mine, theirs] = [linesIn(search), linesIn(replace)];
  const isDiff =
    mine.every((line) => isBlank(line) || /^[- ]/.test(line)) &&
    theirs.every((line) => isBlank(line) || /^[+ ]/.test(line)) &&
    mine.some((line) => line.startsWith('-'));
  const cut = (lines: readonly string[]) => textOf(lines.map((line) => line.slice(1)));
  return isDiff ? { search: cut(mine), replace: cut(theirs) } : undefined;
}

/** The replacement without a `+` before each of its lines, where one of them is a line of SEARCH and the file has no such lines. */
export function withoutPlusSigns({ search, replace }: EditText, fileText: string): string {
  const lines = linesIn(replace);
  const told = lines.filter((line) => !isBlank(line));
  const searched = new Set(linesIn(search).filter((line) => line.trim().length > 3));
  const isKept = told.length > 1 && told.some((line) => searched.has(line.slice(1)));
  if (!isKept || !told.every((line) => line.startsWith('+')) || /^\+/m.test(search + fileText)) return replace;
  return textOf(lines.map((line) => line.slice(1)));
}

const characters: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
};
const entity = /&(lt|gt|amp|quot|apos|#39|#x27);/g;
export const entityNames = (text: string): string[] => [...text.matchAll(entity)].map(([, name]) => name ?? '');

/** Of HTML only what SEARCH shows to be escaped: the file does not hold it as it is written. */
function unescaped({ search, replace }: EditText): EditText | undefined {
  const shown = new Set(entityNames(search));
  if (shown.has('lt') || shown.has('gt')) for (const name of ['lt', 'gt']) shown.add(name);
  if (shown.size === 0 || entityNames(replace).some((name) => !shown.has(name))) return undefined;
  return { search: decoded(search, shown), replace: decoded(replace, shown) };
}

/** In one pass: what an ampersand of its own makes with the letters behind it is no entity. */
export const decoded = (text: string, names: ReadonlySet<string>): string =>
  text.replace(entity, (whole, name: string) => (names.has(name) ? (characters[name] ?? whole) : whole));

/** Where both have as many: otherwise blank lines are among what the edit changes. */
export function withoutOuterBlanks({ search, replace }: EditText): EditText | undefined {
  const { before, after } = outerBlanks(linesIn(search));
  const theirs = outerBlanks(linesIn(replace));
  if (before + after === 0 || isBlank(search) || theirs.before !== before || theirs.after !== after) return undefined;
  const inner = (text: string) => textOf(linesIn(text).slice(before, linesIn(text).length - after));
  return { search: inner(search), replace: inner(replace) };
}

function outerBlanks(lines: readonly string[]): { before: number; after: number } {
  const first = lines.findIndex((line) => !isBlank(line));
  const last = lines.findLastIndex((line) => !isBlank(line));
  return first === -1 ? { before: lines.length, after: 0 } : { before: first, after: lines.length - 1 - last };
}
