// What an edit puts into a file, and the file → why it cannot be meant: lines that are there already, a diff's signs, another indentation or other characters.
import type { EditText } from './edit-readings.ts';
import type { FileLine } from './laid-over.ts';
import { lookAlikes } from './normal-form.ts';

interface Addition {
  path: string;
  added: readonly string[];
  /** Those of them before the first and behind the last line that stays. */
  head: readonly string[];
  tail: readonly string[];
  above: readonly FileLine[];
  below: readonly FileLine[];
  file: readonly FileLine[];
  reading: EditText;
}

interface Fault {
  why: 'repeats' | 'characters' | 'indentation';
  reason: string;
}

export function addedFault(addition: Addition): Fault | undefined {
  const { path, added, file, reading } = addition;
  const repeats = repeated(addition);
  if (repeats) return { why: 'repeats', reason: repeats };
  const strange = diffSigns(addition) ?? strangeText(path, added, reading, textOf(file));
  if (strange) return { why: 'characters', reason: strange };
  const misindented = otherIndentation(addition);
  return misindented ? { why: 'indentation', reason: misindented } : undefined;
}

/** The same of a file that is not there yet. */
export function newTextFault({ path, ...reading }: EditText & { path: string }): string | undefined {
  const added = reading.replace.split('\n');
  const isDiff = added.every((line) => line.trim() === '' || line.startsWith('+')) && added.length > 2;
  return isDiff ? signs(added[0] ?? '') : strangeText(path, added, reading, '');
}

const textOf = (file: readonly FileLine[]): string => file.map(({ text }) => text).join('\n');

/** Models quote fewer lines in SEARCH than they write again in REPLACE; braces and the like may well follow one another. */
function repeated({ head, tail, above, below }: Addition): string | undefined {
  const isTold = (lines: readonly string[]) => lines.some((line) => /\w/.test(line) && line.trim().length >= 6);
  const ends = (lines: readonly { text: string }[]) => lines.map(({ text }) => text.trimEnd());
  const [mine, theirs] = [head.map((line) => line.trimEnd()), ends(above.slice(-head.length))];
  const [myTail, theirTail] = [tail.map((line) => line.trimEnd()), ends(below.slice(0, tail.length))];
  for (let count = 1; count <= Math.max(theirs.length, theirTail.length); count++) {
    const first = mine.slice(0, count);
    if (count <= theirs.length && isTold(first) && isEqual(first, theirs.slice(-count)))
      return `REPLACE begins with ${linesText(count)} above SEARCH: quote ${themText(count)} in SEARCH too, or leave ${themText(count)} out of REPLACE`;
    const last = myTail.slice(-count);
    if (count <= theirTail.length && isTold(last) && isEqual(last, theirTail.slice(0, count)))
      return `REPLACE ends with ${linesText(count)} below SEARCH: quote ${themText(count)} in SEARCH too, or leave ${themText(count)} out of REPLACE`;
  }
  return undefined;
}

const isEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, i) => line === b[i]);
const linesText = (count: number): string => (count === 1 ? 'the line that stands' : `the ${count} lines that stand`);
const themText = (count: number): string => (count === 1 ? 'it' : 'them');

function diffSigns({ added, file, reading }: Addition): string | undefined {
  const searched = new Set(reading.search.split('\n').filter((line) => line.trim() !== ''));
  const isPlus = (line: string) => line.startsWith('+');
  const isMinus = (line: string) => line.startsWith('-') && searched.has(line.slice(1));
  const isUnknown = !file.some(({ text }) => isPlus(text));
  const signed = added.find((line) => (isPlus(line) && isUnknown) || isMinus(line));
  return signed === undefined ? undefined : signs(signed);
}

const signs = (line: string): string =>
  `REPLACE is written like a diff (\`${line.slice(0, 80)}\`): write the lines without \`+\` and \`-\``;

const prose = /\.(?:md|mdx|markdown|rst|adoc|txt|html?)$/i;

const entity = /&(?:lt|gt|amp|quot|apos|#39|#x27);/g;
const markup = /\.(?:html?|xml|svg|vue|svelte|astro|md|mdx|erb|ejs|hbs|twig|jinja2?|php|tmpl)$/i;

function strangeText(path: string, added: readonly string[], reading: EditText, fileText: string): string | undefined {
  if (added.some((line) => line.includes('\ufffd')) && !fileText.includes('\ufffd'))
    return 'REPLACE holds a character that was lost on the way (U+FFFD): write it again, or an escape sequence';
  const entities = markup.test(path) ? [] : added.flatMap((line) => line.match(entity) ?? []);
  return entities.some((name) => !fileText.includes(name))
    ? 'REPLACE holds HTML entities such as `&lt;` or `&amp;`: write the characters themselves'
    : strangeCharacters(path, added, reading, fileText);
}

/** Characters that the reply, the file and its kind of text give no reason for: a chat or an editor put them in. */
function strangeCharacters(
  path: string,
  added: readonly string[],
  { search, replace }: EditText,
  fileText: string,
): string | undefined {
  if (prose.test(path)) return undefined;
  for (const { name, plain, characters } of lookAlikes) {
    const strange = new RegExp(`[${characters}]`, 'u');
    const found = added.map((line) => strange.exec(line)?.[0]).find((character) => character !== undefined);
    if (found === undefined || isKnown(found, plain, search + replace, fileText)) continue;
    const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return `REPLACE holds ${name} (U+${code}), which the file does not use so: write \`${plain}\`, or an escape sequence if they are meant`;
  }
  return undefined;
}

/** The reply tells it from the plain character, or the file has more of it. */
function isKnown(character: string, plain: string, reply: string, fileText: string): boolean {
  if (plain === ' ') return fileText.includes(character);
  const countOf = (text: string) => fileText.split(text).length;
  return reply.includes(plain) || (fileText.includes(character) && countOf(character) >= countOf(plain));
}

const leading = (text: string): string => /^[ \t]*/.exec(text)?.[0] ?? '';

/** All of the new lines by tabs in a file of spaces, or the other way round, where SEARCH does not show that this is known. */
function otherIndentation({ added, file, reading }: Addition): string | undefined {
  const isIndented = (indent: string) => indent.length > 1 || indent === '\t';
  const mine = added
    .filter((line) => line.trim() !== '')
    .map(leading)
    .filter(isIndented);
  const theirs = file.map(({ text }) => leading(text));
  const tabs = theirs.some((indent) => indent.includes('\t'));
  const spaces = theirs.some((indent) => indent.includes('  '));
  const isKnown = reading.search.split('\n').some((line) => leading(line).includes(tabs ? '\t' : '  '));
  if (mine.length === 0 || tabs === spaces || isKnown) return undefined;
  if (!mine.every((indent) => indent.includes(tabs ? '  ' : '\t'))) return undefined;
  return tabs
    ? 'the file is indented with tabs, but REPLACE with spaces'
    : 'the file is indented with spaces, but REPLACE with tabs';
}
