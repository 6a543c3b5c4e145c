// A line → its indentation and its normal form, in which characters that look alike are one.
import { withoutInvisible } from '../../text/untrusted.ts';

export interface FormedLine {
  text: string;
  /** Blanks and tabs. */
  indent: string;
  /** The rest; runs of blanks are one space, blanks at the end are not part of it. */
  form: string;
}

interface LookAlike {
  name: string;
  plain: string;
  characters: string;
}

/** What editors, chats and models make of plain characters. */
export const lookAlikes: readonly LookAlike[] = [
  { name: 'typographic double quotes', plain: '"', characters: '\u201c\u201d\u201e\u201f\u2033\uff02' },
  { name: 'typographic single quotes', plain: "'", characters: '\u2018\u2019\u201a\u201b\u2032\uff07' },
  { name: 'typographic dashes', plain: '-', characters: '\u2010\u2011\u2012\u2013\u2014\u2015\u2212' },
  { name: 'one-character ellipses', plain: '...', characters: '\u2026' },
  {
    name: 'spaces of another width',
    plain: ' ',
    characters: '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
  },
];

const lookAlikeOf: ReadonlyMap<string, LookAlike> = new Map(
  lookAlikes.flatMap((one) => [...one.characters].map((character): [string, LookAlike] => [character, one])),
);

const invisible = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?!\t)\p{Cc}/u;
const notPlain = /[^ -~]/;

export function formedLine(text: string): FormedLine {
  const isPlain = !notPlain.test(text);
  const seen = isPlain || !invisible.test(text) ? text : visible(text);
  const start = seen.length - seen.trimStart().length;
  const indent = isPlain ? seen.slice(0, start) : seen.slice(0, start).replace(/[^ \t]/g, ' ');
  const rest = seen.slice(start).trimEnd();
  // Nearly every line is its own form.
  return { text, indent, form: isPlain && !rest.includes('  ') ? rest : normalForm(rest).form };
}

/** As a person sees it. Separators of lines stay: taking them for line feeds would make two lines of one. */
export const visible = (line: string): string => (/[\u2028\u2029\u0085]/.test(line) ? line : withoutInvisible(line));

export interface NormalForm {
  form: string;
  /** Where each UTF-16 unit of the form stands in the text; one more for the end. */
  at: readonly number[];
}

export function normalForm(text: string): NormalForm {
  const form: string[] = [];
  const at: number[] = [];
  let offset = 0;
  for (const character of text) {
    const plain = lookAlikeOf.get(character)?.plain ?? (character === '\t' ? ' ' : character);
    const isRepeatedBlank = plain === ' ' && (form.length === 0 || form.at(-1) === ' ');
    if (!invisible.test(character) && !isRepeatedBlank)
      for (const unit of plain.split('')) {
        form.push(unit);
        at.push(offset);
      }
    offset += character.length;
  }
  while (form.at(-1) === ' ') {
    form.pop();
    at.pop();
  }
  at.push(text.trimEnd().length);
  return { form: form.join(''), at };
}
