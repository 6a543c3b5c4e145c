// Files before and after → what a model would reply to write them: blocks, small blocks, or a diff.
import { createTwoFilesPatch, structuredPatch } from 'diff';

export interface Change {
  path: string;
  /** Null where the file is new. */
  before: string | null;
  after: string;
}

export type Form = 'blocks' | 'small blocks' | 'diff';

export const reply = (changes: readonly Change[], form: Form = 'blocks'): string =>
  [
    'Subject: fix(cart): count every piece of a line',
    `A line was counted once, whatever its pieces. ${changes.map(({ path }) => path).join(' and ')} changes so that the price is multiplied.`,
    ...changes.map((change) => written(change, form)),
  ].join('\n\n');

function written({ path, before, after }: Change, form: Form): string {
  if (before === null) return block(path, '', after);
  if (form === 'diff')
    return `\`\`\`diff\n${createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after).replace(/^=+\n/, '')}\`\`\``;
  const sizes = form === 'blocks' ? [3, 5, 9] : [1, 2, 3, 5, 9];
  const cut = sizes.map((context) => sections(path, before, after, context));
  const unique = cut.find((found) => found.every(({ search }) => search !== '' && isOnce(before, search)));
  return (unique ?? cut.at(-1) ?? []).map(({ search, replace }) => block(path, search, replace)).join('\n\n');
}

const isOnce = (text: string, part: string): boolean => text.split(part).length === 2;

const sections = (path: string, before: string, after: string, context: number) =>
  structuredPatch(path, path, before, after, '', '', { context }).hunks.map(({ lines }) => {
    const side = (sign: string) =>
      lines
        .filter((line) => line.startsWith(' ') || line.startsWith(sign))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    return { search: side('-'), replace: side('+') };
  });

const block = (path: string, search: string, replace: string): string =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}${replace.endsWith('\n') ? '' : '\n'}>>>>>>> REPLACE\n\`\`\``;
