// A source file → an edit of it whose result is known, as hunks of kept, removed and added lines.
import type { Random } from './random.ts';

export interface HunkLine {
  sign: ' ' | '-' | '+';
  text: string;
}

export interface Hunk {
  /** Of the file before the edit, 0-based. */
  start: number;
  lines: HunkLine[];
}

export interface TrueEdit {
  path: string;
  /** Lines without their ends; every file ends with a line feed. */
  before: string[];
  after: string[];
  hunks: Hunk[];
}

const context = 3;
const apart = 12;

/** One or two places that are far enough apart, each with lines around it that stand only once in the file. */
export function trueEdit(path: string, text: string, random: Random): TrueEdit | undefined {
  const before = text.replace(/\n$/, '').split('\n');
  const commentSign = path.endsWith('.py') ? '#' : '//';
  const first = siteIn(before, context, before.length - context, commentSign, random);
  if (!first) return undefined;
  const second =
    random.below(3) === 0 ? siteIn(before, first.at + apart, before.length - context, commentSign, random) : undefined;
  const sites = second ? [first, second] : [first];
  const hunks = sites.map(({ at, put }): Hunk => {
    const kept = (from: number, to: number) =>
      before.slice(from, to).map((line): HunkLine => ({ sign: ' ', text: line }));
    const taken = before.slice(at, at + 1).map((line): HunkLine => ({ sign: '-', text: line }));
    const added = put.map((line): HunkLine => ({ sign: '+', text: line }));
    const changed = put.includes(before[at] ?? '')
      ? [...added.slice(0, -1), ...kept(at, at + 1)]
      : [...taken, ...added];
    return { start: at - context, lines: [...kept(at - context, at), ...changed, ...kept(at + 1, at + 1 + context)] };
  });
  if (!hunks.every((hunk) => isOnce(before, quoted(hunk)))) return undefined;
  return { path, before, after: spliced(before, hunks), hunks };
}

/** What the edit says is in the file. */
export const quoted = ({ lines }: Hunk): string[] => lines.filter(({ sign }) => sign !== '+').map(({ text }) => text);

/** The reference: by line number, looking at nothing. */
export function spliced(lines: readonly string[], hunks: readonly Hunk[], moved: readonly number[] = []): string[] {
  const result = [...lines];
  for (const [i, hunk] of [...hunks.entries()].reverse()) {
    let at = hunk.start + (moved[i] ?? 0);
    for (const { sign, text } of hunk.lines) {
      if (sign === '-') result.splice(at, 1);
      else if (sign === '+') result.splice(at++, 0, text);
      else at += 1;
    }
  }
  return result;
}

function isOnce(lines: readonly string[], wanted: readonly string[]): boolean {
  const starts = lines.flatMap((_, at) => (wanted.every((line, i) => lines[at + i] === line) ? [at] : []));
  return starts.length === 1;
}

interface Site {
  at: number;
  /** What stands in the place of the line `at`. */
  put: string[];
}

function siteIn(
  lines: readonly string[],
  from: number,
  to: number,
  commentSign: string,
  random: Random,
): Site | undefined {
  for (let tries = 0; tries < 20 && to > from; tries += 1) {
    const at = from + random.below(to - from);
    const line = lines[at] ?? '';
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const other = reworded(line, random);
    if (other === undefined) continue;
    const remark = `${indent}${commentSign} ${random.oneOf(remarks)}`;
    const put = random.oneOf([
      [other],
      [other],
      [remark, line],
      [remark, other],
      ...(isWhole(line) ? [[other, line]] : []),
    ]);
    if (put) return { at, put };
  }
  return undefined;
}

/** A statement that may stand there twice. */
const isWhole = (line: string): boolean =>
  line.endsWith(';') &&
  ['()', '[]', '{}'].every(([open = '', close = '']) => line.split(open).length === line.split(close).length);

const remarks = ['See the note above.', 'Not before it is known.', 'The last one counts.'];
const keywords = new Set(
  'assert asserts declare elif else enum case func impl infer instanceof keyof match satisfies struct void with break catch class const continue default delete export extends finally function import interface readonly return static super switch throw typeof while yield async await false undefined implements package private public final raise except lambda global pass from type'.split(
    ' ',
  ),
);

/** The same line with another name or number in it, which parses as it did; undefined where it has none. */
export function reworded(line: string, random: Random): string | undefined {
  const words = [...line.matchAll(/(?<![\w$'"\\])(?:[A-Za-z_]\w{3,}|\d+)(?![\w$])/g)].filter(
    ([word]) => !keywords.has(word),
  );
  const word = random.oneOf(words);
  if (!word) return undefined;
  const other = /^\d/.test(word[0])
    ? `${1 + random.below(8)}${word[0]}`
    : `${word[0]}${random.oneOf(['Next', 'Kept', 'Own'])}`;
  return line.slice(0, word.index) + other + line.slice(word.index + word[0].length);
}
