// Tokens of a file → its code as one text, its literals apart, and the line of every place in it.

export interface Literal {
  /** Escape sequences are resolved. */
  text: string;
  line: number;
  /** Where its placeholder stands in `code`. */
  at: number;
}

export const placeholder = '\u00b6';

export interface Token {
  text: string;
  line: number;
  isLiteral: boolean;
  /** In a shell a blank is a sign of its own. */
  gap?: string;
}

export interface CodeText {
  /** Tokens, with blanks only where two words meet; a literal is one `placeholder`. */
  code: string;
  /** The same with the literals' text, and literals that are joined by an operator as one. */
  full: string;
  literals: Literal[];
  lineAt(offset: number): number;
  lineAtFull(offset: number): number;
}

/** `starts`: where each token begins in `code`. */
export function codeText(tokens: readonly Token[]): CodeText & { starts: number[] } {
  const code = strand();
  const full = strand();
  const starts: number[] = [];
  const literals: Literal[] = [];
  let last: Token | undefined;
  for (const token of tokens) {
    const text = token.isLiteral ? unescaped(token.text) : token.text.normalize('NFKC').replace(/\s+/g, ' ');
    const previous = literals.at(-1);
    if (token.isLiteral && last?.isLiteral && previous) {
      starts.push(code.length());
      previous.text += text;
      full.add(text, token.line, '');
    } else {
      const gap = last
        ? token.gap === ' ' && token.line > last.line
          ? '\n'
          : (token.gap ?? between(last, token))
        : '';
      starts.push(code.length() + gap.length);
      if (token.isLiteral) literals.push({ text, line: token.line, at: code.length() });
      code.add(token.isLiteral ? placeholder : text, token.line, gap);
      full.add(text, token.line, gap);
    }
    last = token;
  }
  const folded = fold(full);
  return { code: code.text(), full: folded.text, literals, lineAt: code.lineAt, lineAtFull: folded.lineAt, starts };
}

/** Statements of languages without semicolons stay apart; a chain that goes on in the next line does not. */
function between(last: Token, next: Token): string {
  if (last.isLiteral || next.isLiteral || last.text === '$') return '';
  if (next.line > last.line && !/^(?:\?\.|[.)\]},;]|::|->)/.test(next.text) && !/[.([{,]$|::$|->$/.test(last.text))
    return '\n';
  return /[\p{L}\p{N}_$]$/u.test(last.text) && /^[\p{L}\p{N}_$@"'`]/u.test(next.text) ? ' ' : '';
}

interface Strand {
  add(text: string, line: number, gap: string): void;
  length(): number;
  text(): string;
  lineAt(offset: number): number;
}

function strand(): Strand {
  const parts: string[] = [];
  const places: number[] = [];
  const lines: number[] = [];
  let length = 0;
  return {
    add: (text, line, gap) => {
      places.push(length + gap.length);
      lines.push(line);
      parts.push(gap, text);
      length += gap.length + text.length;
    },
    length: () => length,
    text: () => parts.join(''),
    lineAt: (offset) => lines[lastAtMost(places, offset)] ?? 1,
  };
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** `"child_" + "process"`, and with a dot in PHP, is written to be overlooked. */
function fold(full: Strand): { text: string; lineAt: (offset: number) => number } {
  const parts: string[] = [];
  const cuts: { at: number; shift: number }[] = [{ at: 0, shift: 0 }];
  const text = full.text();
  let from = 0;
  let length = 0;
  for (const { index, 0: seam } of text.matchAll(/["'`]\n?[+.]\n?["'`]/g)) {
    parts.push(text.slice(from, index));
    length += index - from;
    from = index + seam.length;
    cuts.push({ at: length, shift: from - length });
  }
  parts.push(text.slice(from));
  const places = cuts.map(({ at }) => at);
  return {
    text: parts.join(''),
    lineAt: (offset) => full.lineAt(offset + (cuts[lastAtMost(places, offset)]?.shift ?? 0)),
  };
}

function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|([0-3]?[0-7]{1,2}))/gi,
    (whole, x, u, braces, octal) => {
      const point = octal === undefined ? Number.parseInt(x ?? u ?? braces, 16) : Number.parseInt(octal, 8);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

/** Longer lines are refused for their size. */
const maxLine = 4_000;
const words = /[\p{L}\p{N}_$]+|"(?:\\.|[^"\\]){0,1000}"|'(?:\\.|[^'\\]){0,1000}'|`(?:\\.|[^`\\]){0,1000}`|[^\s]/gu;

/** Without a tree: words, signs and quoted text, one line after the other. */
export function lexed(text: string): Token[] {
  return text
    .split('\n')
    .flatMap((line, i) =>
      [...line.slice(0, maxLine).matchAll(words)].flatMap(({ 0: token }) =>
        /^["'`]./.test(token) ? unquoted(token, i + 1) : [{ text: token, line: i + 1, isLiteral: false }],
      ),
    );
}

/** The quotes stay signs of the code. */
export function unquoted(whole: string, line: number): Token[] {
  const [, open = '', content = '', close = ''] = /^([^"'`]{0,4}["'`]{1,3}?)([\s\S]*)(["'`]#{0,4})$/.exec(whole) ?? [
    '',
    '',
    whole,
    '',
  ];
  return [
    { text: open, line, isLiteral: false },
    { text: content, line, isLiteral: true },
    { text: close, line, isLiteral: false },
  ].filter(({ text }) => text !== '');
}
