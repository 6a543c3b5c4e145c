// An edit as a model would write it → its text as SEARCH/REPLACE blocks and as a unified diff.
import { type Hunk, type HunkLine, quoted } from './true-edit.ts';

export interface WrittenHunk extends Hunk {
  /** What stands between the two `@@`; by default the numbers that are right. */
  header?: string;
}

export interface WrittenEdit {
  /** Where the edit says that it belongs. */
  path: string;
  hunks: WrittenHunk[];
  /** The tree that it meets. */
  tree: Map<string, string>;
  /** The tree as it was meant to become; undefined where nothing that could come of it was meant. */
  meant: Map<string, string> | undefined;
  /** Refusing is a right answer: what was meant cannot be told from it for sure. */
  mayBeRefused?: boolean;
  /** What happens to the text on its way: cut off, other line ends. */
  sent?: (text: string) => string;
  /** The reply ends where the text does. */
  isCutOff?: boolean;
}

export const asDiff = ({ path, hunks, sent = same }: WrittenEdit): string => {
  let grown = 0;
  const body = hunks.map((hunk) => {
    const text = hunkText(hunk, grown);
    grown += countOf(hunk, '+') - countOf(hunk, '-');
    return text;
  });
  return sent(`--- a/${path}\n+++ b/${path}\n${body.join('')}`);
};

export const asDiffReply = (edit: WrittenEdit): string =>
  `${words}\n\`\`\`diff\n${asDiff(edit)}${edit.isCutOff ? '' : '```\n'}`;

export function asBlockReply(edit: WrittenEdit): string {
  const { path, hunks, sent = same, isCutOff } = edit;
  const blocks = hunks.map(({ lines }) => {
    const side = (without: HunkLine['sign']) =>
      lines
        .filter(({ sign }) => sign !== without)
        .map(({ text }) => `${text}\n`)
        .join('');
    return `${path}\n\n\`\`\`\n<<<<<<< SEARCH\n${side('+')}=======\n${side('-')}>>>>>>> REPLACE\n\`\`\`\n`;
  });
  return `${words}\n${sent(blocks.join('\n'))}${isCutOff ? '' : '\n'}`;
}

const words = 'Subject: fix: mend the failure\nThe value was wrong.\n';

const same = (text: string): string => text;

const countOf = ({ lines }: Hunk, wanted: HunkLine['sign']): number =>
  lines.filter(({ sign }) => sign === wanted).length;

function hunkText(hunk: WrittenHunk, grown: number): string {
  const { start, lines, header } = hunk;
  const old = quoted(hunk).length;
  const now = old + countOf(hunk, '+') - countOf(hunk, '-');
  const numbers = header ?? `-${start + 1},${old} +${start + 1 + grown},${now}`;
  return `@@ ${numbers} @@\n${lines.map(({ sign, text }) => `${sign}${text}\n`).join('')}`;
}
