// Plain text, whoever wrote it → Markdown, titles and commit messages that ping nobody, close nothing and break out of nothing.
import { withoutInvisible } from './untrusted.ts';

/**
 * GitHub looks for mentions, references and addresses in the rendered text, so neither a backslash nor an entity stops it;
 * an empty comment does: it splits the text (https://github.com/github/markup/issues/1168, github/cmark-gfm#181).
 */
const split = '<!-- -->';

const special =
  /(?<entity>[&<>|$])|(?<escaped>^[ \t]*(?:[-+=:]|#{1,6}(?=\s|$)|\d{1,9}\.)|[\\`*_{}[\]()~!])|(?<opener>@|#(?=\w)|:(?=\/\/)|www(?=\.)|(?<![0-9a-z])GH-(?=\d))|(?<hash>(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z]))/gim;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;', $: '&#36;' };

/** Reads as the text does; lines stay lines, their indentation goes. */
export function markdownText(text: string): string {
  const lines = withoutInvisible(text).split('\n');
  return lines.map((line) => escapedLine(line.trim())).join('\n');
}

const escapedLine = (line: string): string => harmless(line, (match) => `${match.slice(0, -1)}\\${match.slice(-1)}`);

/** For places inside of HTML, where GitHub reads no Markdown and a backslash would be shown. */
const htmlText = (text: string): string => harmless(withoutInvisible(text), (match) => match);

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

/** A fence longer than any inside. */
export function codeBlock(text: string, language = ''): string {
  // A workflow that prints our words must not take them for a command of the runner.
  const body = withoutInvisible(text)
    .trimEnd()
    .replace(/^([ \t]*)(?=::|##\[)/gm, '$1·');
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return `${fence}${language.replace(/[^\w+#.-]/g, '')}\n${body}\n${fence}`;
}

/** In HTML where backticks would not do: a pipe would end a table's cell. */
export function inlineCode(text: string): string {
  const body = oneLine(withoutInvisible(text));
  if (body === '') return '';
  return /[`|]/.test(body) ? `<code>${escapedLine(body)}</code>` : `\`${body}\``;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  return longest;
}

/** The summary is plain text, the body Markdown. */
export const details = (summary: string, body: string): string =>
  `<details>\n<summary>${oneLine(htmlText(summary))}</summary>\n\n${body}\n\n</details>`;

/** Cells are Markdown. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${headers.map((_, column) => cell(cells[column] ?? '')).join(' | ')} |`;
  return [line(headers), `|${headers.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

const cell = (text: string): string =>
  text
    .trim()
    .replace(/\r\n?|\n/g, '<br>')
    .replace(/(?<!\\)\|/g, '\\|');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const clipNote = '\n\n_Cut here: the text is longer than GitHub allows._';

/** GitHub refuses bodies above 65,536 characters. Cut at a line's end; open code blocks and details are closed. */
export function clippedBody(body: string, maxCharacters = 65_000): string {
  if (body.length <= maxCharacters) return body;
  const room = maxCharacters - clipNote.length;
  let kept = 0;
  let ending = '';
  let fence = '';
  let openDetails = 0;
  for (let start = 0; start < body.length; ) {
    const newline = body.indexOf('\n', start);
    const end = newline < 0 ? body.length : newline + 1;
    const line = body.slice(start, end);
    const marker = /^ {0,3}(`{3,}|~{3,})(.*)/.exec(line);
    if (fence !== '') {
      if (marker?.[1]?.startsWith(fence) && marker[2]?.trim() === '') fence = '';
    } else if (marker?.[1]) fence = marker[1];
    else openDetails += (line.match(/<details[\s>]/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
    const closing = (fence ? `\n${fence}` : '') + '\n\n</details>'.repeat(Math.max(0, openDetails));
    if (end + closing.length > room) break;
    kept = end;
    ending = closing;
    start = end;
  }
  return body.slice(0, kept).trimEnd() + ending + clipNote;
}

/** For commit messages, where Markdown would show and a space has to do. */
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

/** For titles and subjects: one line, at most so long. */
export function titleText(text: string, maxCharacters = 200): string {
  const line = oneLine(plainText(text));
  return line.length <= maxCharacters ? line : `${line.slice(0, maxCharacters - 1).trimEnd()}…`.toWellFormed();
}
