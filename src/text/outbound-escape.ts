// Plain text, whoever wrote it → the same text to read, in which Markdown, HTML, git and the runner find nothing to obey.
import { withoutInvisible } from './untrusted.ts';

/**
 * GitHub looks for mentions, references and addresses in the rendered text, so neither a backslash nor an entity stops it;
 * an empty comment does: it splits the text (https://github.com/github/markup/issues/1168, github/cmark-gfm#181).
 */
const split = '<!-- -->';

const special =
  /(?<entity>[&<>|$])|(?<escaped>^[ \t]*(?:[-+=:]|#{1,6}(?=\s|$)|\d{1,9}\.)|[\\`*_{}[\]()~!])|(?<opener>@|#(?=\w)|:(?=\/\/)|www(?=\.)|(?<![0-9a-z])GH-(?=\d))|(?<hash>(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z]))/gim;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;', $: '&#36;' };

/** The Markdown of one line of text. */
export const escapedLine = (line: string): string =>
  harmless(line, (match) => `${match.slice(0, -1)}\\${match.slice(-1)}`);

/** For places inside of HTML, where GitHub reads no Markdown and a backslash would be shown. */
export const htmlText = (text: string): string => harmless(withoutInvisible(text), (match) => match);

function harmless(text: string, escaped: (match: string) => string): string {
  return text.replace(special, (match, ...rest) => {
    const groups = rest.at(-1);
    if (groups.entity) return entities[match] ?? '';
    if (groups.opener) return match + split;
    // Seven digits already name a commit.
    if (groups.hash) return match.replace(/.{6}(?=.)/g, `$&${split}`);
    return escaped(match);
  });
}

const unescaped: Record<string, string> = Object.fromEntries(
  Object.entries(entities).map(([sign, name]) => [name, sign]),
);
const escapes = /\\(?<sign>[!-/:-@[-`{-~])|(?<split><!-- -->)|(?<entity>&(?:amp|lt|gt|#124|#36);)/g;

export interface Unescaped {
  text: string;
  /** From an offset in it to the one in the Markdown that it was made of. */
  source(offset: number): number;
}

/** What a reader sees of Markdown that was escaped here, as far as words go: what hides a word from a scan hides it from nobody else. */
export function withoutEscapes(markdown: string): Unescaped {
  const parts: string[] = [];
  const shifts: { at: number; by: number }[] = [];
  let read = 0;
  let length = 0;
  for (const match of markdown.matchAll(escapes)) {
    const shown = match.groups?.sign ?? unescaped[match[0]] ?? '';
    const before = markdown.slice(read, match.index);
    parts.push(before, shown);
    read = match.index + match[0].length;
    length += before.length + shown.length;
    shifts.push({ at: length, by: read - length });
  }
  parts.push(markdown.slice(read));
  return { text: parts.join(''), source: (offset) => offset + shiftAt(shifts, offset) };
}

/** Of the last one that stands at or before the offset. */
function shiftAt(shifts: readonly { at: number; by: number }[], offset: number): number {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return shifts[low - 1]?.by ?? 0;
}

/**
 * A workflow that prints our words must not take them for a command of the runner: one form of them has to begin a line,
 * the other may stand anywhere in it (ActionCommand.TryParseV2 and TryParse of actions/runner).
 */
export const withoutCommands = (text: string): string =>
  text.replace(/^([^\S\n]*)(?=::)/gm, '$1·').replace(/##(?=\[)/g, '##·');

/** For commit messages and titles, where Markdown would show and a space has to do. */
export function plainText(text: string): string {
  return withoutInvisible(text)
    .replace(/(?<![\w.+-])@(?=\w)/g, '@ ')
    .replace(/#(?=\d)/g, '# ')
    .replace(/\bGH-(?=\d)/gi, 'GH ')
    .replace(/\/(issues|pull|discussions)\/(?=\d)/gi, '/$1/ ')
    .replace(/\[((?:skip|no)[ -](?:ci|actions)|(?:ci|actions)[ -]skip)\]/gi, '($1)')
    .replace(/\*{3}NO_CI\*{3}/gi, 'NO_CI')
    .replace(/^([ \t]*)(skip-checks|[\w-]+-by)[ \t]*:/gim, '$1$2 -')
    .replace(/^([ \t]*):(?=:)/gm, '$1: ')
    .replace(/##(?=\[)/g, '## ');
}

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
