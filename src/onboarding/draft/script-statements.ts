// A shell script → its statements at the top level; loops, conditions, groups and here-documents stay whole.

const openers: ReadonlyMap<string, string> = new Map([
  ['if', 'fi'],
  ['for', 'done'],
  ['while', 'done'],
  ['until', 'done'],
  ['select', 'done'],
  ['case', 'esac'],
  ['{', '}'],
  ['[[', ']]'],
]);
const stillCommand = new Set(['then', 'do', 'else', 'elif', '!', 'if', 'while', 'until', '{', 'time']);

export function statementsOf(script: string): string[] {
  return new Scanner(script.replace(/\r\n?/g, '\n')).statements();
}

class Scanner {
  readonly #text: string;
  #at = 0;
  #start = 0;
  /** What closes each thing that is open. */
  readonly #open: string[] = [];
  #ands: number[] = [];
  #hasOr = false;
  #commandNext = true;
  #hereDocuments: string[] = [];
  readonly #found: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  statements(): string[] {
    while (this.#at < this.#text.length) this.#step();
    this.#end(this.#text.length);
    return this.#found;
  }

  #step(): void {
    const character = this.#text[this.#at] ?? '';
    if (character === '\n') this.#newLine();
    else if (/\s/.test(character)) this.#at += 1;
    else if (character === '#' && this.#isWordStart()) this.#skipTo('\n', 0);
    else if (character === ';' || character === '&' || character === '|') this.#operator(character);
    else if (character === '(') this.#opens(')', 1);
    else if (character === ')') this.#closes(')');
    else if (this.#text.startsWith('<<', this.#at)) this.#hereDocument();
    else if (character === '<' || character === '>') this.#at += 1;
    else this.#word();
  }

  #newLine(): void {
    this.#at += 1;
    for (const delimiter of this.#hereDocuments.splice(0)) this.#skipLinesTo(delimiter);
    const isLineEnd = this.#text[this.#at - 1] === '\n';
    if (this.#open.length === 0) this.#end(isLineEnd ? this.#at - 1 : this.#at);
    this.#commandNext = true;
  }

  #skipLinesTo(delimiter: string): void {
    while (this.#at < this.#text.length) {
      const end = this.#text.indexOf('\n', this.#at);
      const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#text.length : end + 1;
      if (line.trim() === delimiter) return;
    }
  }

  #operator(character: string): void {
    const doubled = this.#text[this.#at + 1] === character;
    if (this.#open.length === 0) {
      if (character === ';' && !doubled) this.#end(this.#at);
      if (character === '&' && doubled) this.#ands.push(this.#at);
      if (character === '|' && doubled) this.#hasOr = true;
    }
    this.#at += doubled ? 2 : 1;
    this.#commandNext = true;
  }

  #hereDocument(): void {
    const pattern = /<<-?[ \t]*(?:'([^'\n]{1,100})'|"([^"\n]{1,100})"|([\w-]{1,100}))/y;
    pattern.lastIndex = this.#at;
    const [whole = '<<', single, double, bare] =
      this.#text[this.#at + 2] === '<' ? ['<<<'] : (pattern.exec(this.#text) ?? []);
    const delimiter = single ?? double ?? bare;
    if (delimiter !== undefined) this.#hereDocuments.push(delimiter);
    this.#at += whole.length;
  }

  /** A word with its quotes; a keyword only where a command may stand. */
  #word(): void {
    const from = this.#at;
    while (this.#at < this.#text.length && !/[\s;&|()<>]/.test(this.#text[this.#at] ?? '')) this.#wordPart();
    const word = this.#text.slice(from, this.#at);
    if (word === ']]') this.#closes(']]', 0);
    else if (this.#commandNext) {
      const closing = openers.get(word);
      if (closing !== undefined) this.#opens(closing, 0);
      else if (['fi', 'done', 'esac', '}'].includes(word)) this.#closes(word, 0);
      this.#commandNext = stillCommand.has(word);
    }
  }

  #wordPart(): void {
    const character = this.#text[this.#at];
    if (character === '\\') this.#at += 2;
    else if (character === "'") this.#skipTo("'", 1);
    else if (character === '`') this.#skipTo('`', 1);
    else if (character === '"') this.#skipDoubleQuoted();
    else if (this.#text.startsWith('${', this.#at)) this.#skipTo('}', 1);
    else this.#at += 1;
  }

  #skipDoubleQuoted(): void {
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"')
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    this.#at += 1;
  }

  #skipTo(end: string, beyond: number): void {
    const found = this.#text.indexOf(end, this.#at + 1);
    this.#at = found < 0 ? this.#text.length : found + beyond;
  }

  #opens(closing: string, length: number): void {
    this.#open.push(closing);
    this.#at += length;
    this.#commandNext = true;
  }

  /** In a `case` a bracket may close without having been opened. */
  #closes(closing: string, length = 1): void {
    if (this.#open.at(-1) === closing) this.#open.pop();
    this.#at += length;
    this.#commandNext = closing === ')';
  }

  #isWordStart(): boolean {
    return this.#at === 0 || /[\s;&|(]/.test(this.#text[this.#at - 1] ?? '');
  }

  /** `a && b || c` and `[ -f a ] && b` are one statement: taken apart they would mean something else. */
  #end(at: number): void {
    const asks = /^\s*(?:\[|!|(?:test|command|which|type|grep)\s)/.test(
      this.#text.slice(this.#start, this.#start + 200),
    );
    const cuts = this.#hasOr || asks ? [] : this.#ands;
    let from = this.#start;
    for (const cut of [...cuts, at]) {
      const statement = this.#text.slice(from, cut).trim();
      if (statement.split('\n').some((line) => !/^\s*(?:#|$)/.test(line))) this.#found.push(statement);
      from = cut + 2;
    }
    this.#start = this.#text[at] === ';' ? at + 1 : at;
    this.#ands = [];
    this.#hasOr = false;
  }
}
