// Our own words with anybody's text between them → Markdown, titles and commit messages that ping nobody, close nothing and break out of nothing.
import { clippedLine, clippedMarkdown } from './outbound-clip.ts';
import { escapedLine, htmlText, oneLine, plainText, withoutCommands } from './outbound-escape.ts';
import { asTitle, Markdown, type Title } from './outbound-kinds.ts';
import { withoutInvisible } from './untrusted.ts';

export type { CommitMessage, Markdown, Title } from './outbound-kinds.ts';

/** A plain string is anybody's, and is shown as one line of text. */
export type Slot = Markdown | string | number;

/** Words that stand in our own source are Markdown as they are: markdown`Fixes #${4}, says ${author}.` */
export const markdown = (words: TemplateStringsArray, ...slots: readonly Slot[]): Markdown =>
  new Markdown(words.map((word, index) => word + shown(slots[index] ?? '')).join(''));

function shown(slot: Slot): string {
  if (slot instanceof Markdown) return slot.text;
  return typeof slot === 'number' ? String(slot) : escapedLine(oneLine(withoutInvisible(slot)));
}

export const nothing: Markdown = markdown``;

/** What is empty is left out. */
export const joined = (parts: readonly Slot[], between: Markdown): Markdown =>
  new Markdown(parts.map(shown).filter(Boolean).join(between.text));

const blankLine = markdown`\n\n`;

/** One below the other, with a blank line between. */
export const paragraphs = (parts: readonly (Markdown | undefined)[]): Markdown =>
  joined(
    parts.filter((part) => part !== undefined),
    blankLine,
  );

/** Reads as the text does; lines stay lines, their indentation goes. */
export function markdownText(text: string): Markdown {
  const lines = withoutInvisible(text).split('\n');
  return new Markdown(lines.map((line) => escapedLine(line.trim())).join('\n'));
}

/** A model's words: its `code` is kept as code, and everything else made harmless. */
export function prose(text: string): Markdown {
  const parts = text.split(/`([^`\n]+)`/);
  return new Markdown(parts.map((part, index) => (index % 2 === 1 ? inlineCode(part).text : spaced(part))).join(''));
}

/** markdownText trims lines; the spaces that join text to code have to stay. */
function spaced(part: string): string {
  const lead = /^[ \t]*/.exec(part)?.[0] ?? '';
  const trail = /\S([ \t]*)$/.exec(part)?.[1] ?? '';
  return `${lead}${markdownText(part).text}${trail}`;
}

/** A fence longer than any inside. */
export function codeBlock(text: string, language = ''): Markdown {
  const body = withoutCommands(withoutInvisible(text).trimEnd());
  const fence = '`'.repeat(Math.max(3, longestRun(body) + 1));
  return new Markdown(`${fence}${language.replace(/[^\w+#.-]/g, '')}\n${body}\n${fence}`);
}

/** In HTML where backticks would not do: a pipe would end a table's cell. */
export function inlineCode(text: string): Markdown {
  const body = oneLine(withoutInvisible(text));
  if (body === '') return nothing;
  return new Markdown(/[`|]/.test(body) ? `<code>${escapedLine(body)}</code>` : `\`${body}\``);
}

function longestRun(text: string): number {
  let longest = 0;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  return longest;
}

const decimalDigits = /^-?\d+(?:\.\d+)?$/;

/** `1.0`: as many digits behind the point. */
export const decimal = (value: number, digits: number): Markdown => {
  const text = value.toFixed(digits);
  return decimalDigits.test(text) ? new Markdown(text) : markdownText(text);
};

/** To a page on the web; an address that is none is left out, its words stay. */
export function link(words: Slot, url: string): Markdown {
  const address = addressOf(url);
  return new Markdown(address === undefined ? shown(words) : `[${shown(words)}](${address})`);
}

/** The address itself, to be clicked; as text where it is none. */
export const bareLink = (url: string): Markdown => new Markdown(addressOf(url) ?? shown(url));

/** What would end the link, or begin anything else, is percent-encoded. */
function addressOf(url: string): string | undefined {
  // What URL.parse overlooks before and in an address would make it a relative one.
  const address = withoutInvisible(url).trim();
  const parsed = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') return undefined;
  if (parsed.username !== '' || parsed.password !== '') return undefined;
  const encoded = (sign: string) => Buffer.from(sign).toString('hex').toUpperCase().replace(/../g, '%$&');
  return address.replace(/[\s"'()*<>@[\\\]^`{|}~]/g, encoded);
}

/** The summary is plain text. */
export const details = (summary: string, body: Markdown): Markdown =>
  new Markdown(`<details>\n<summary>${oneLine(htmlText(summary))}</summary>\n\n${body.text}\n\n</details>`);

export function table(headers: readonly string[], rows: readonly (readonly Slot[])[]): Markdown {
  const line = (cells: readonly Slot[]) => `| ${headers.map((_, column) => cell(cells[column] ?? '')).join(' | ')} |`;
  return new Markdown([line(headers), `|${headers.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n'));
}

const cell = (slot: Slot): string =>
  shown(slot)
    .trim()
    .replace(/\r\n?|\n/g, '<br>')
    .replace(/(?<!\\)\|/g, '\\|');

/** GitHub refuses bodies above 65,536 characters; some of them are for the mark that finds a comment again. */
export const clippedBody = (body: Markdown, maxCharacters = 65_000): Markdown =>
  new Markdown(clippedMarkdown(body.text, maxCharacters));

/** For titles and subjects: one line, at most so long. */
export const titleText = (text: string, maxCharacters = 200): Title =>
  asTitle(clippedLine(oneLine(plainText(text)), maxCharacters));

/** Our own words, with numbers that may refer, and strings that may not: title`revert the fix of #${7}` */
export const title = (words: TemplateStringsArray, ...slots: readonly (string | number)[]): Title => {
  const parts = words.map((word, index) => {
    const slot = slots[index] ?? '';
    return word + (typeof slot === 'number' ? slot : titleText(slot));
  });
  return asTitle(clippedLine(oneLine(parts.join('')), 200));
};
