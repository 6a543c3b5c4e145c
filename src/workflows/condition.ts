// An `if:` of a workflow and what is known of the event → whether it is certainly false; whatever is not known may be true.

/** What is known of a value: all of it, or how it begins. */
export type Known = { is: string | boolean } | { begins: string };
/** By the name of the context, in lower case: `github.event_name`. */
export type Facts = ReadonlyMap<string, Known>;

type Value = Known | undefined;

const longest = 2_000;
const deepest = 40;
const tokenPattern = /\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w.-]*)|(==|!=|&&|\|\||<=|>=|[!<>(),[\]])|([\d.]+))/y;

export function isCertainlyFalse(condition: unknown, facts: Facts): boolean {
  if (condition === false) return true;
  if (typeof condition !== 'string' || condition.length > longest) return false;
  const tokens = tokensOf(bare(condition));
  if (!tokens) return false;
  try {
    const parser = new Parser(tokens, facts);
    const value = parser.either(0);
    return parser.isAtEnd && truth(value) === false;
  } catch (thrown) {
    if (thrown instanceof Unreadable) return false;
    throw thrown;
  }
}

class Unreadable extends Error {}

/** Text around an expression makes the whole a string, which is true. */
function bare(condition: string): string {
  const text = condition.trim();
  const inner = text.startsWith('${{') && text.endsWith('}}') ? text.slice(3, -2) : text;
  return inner.includes('${{') || inner.includes('}}') ? '' : inner;
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  const end = text.trimEnd().length;
  while (tokenPattern.lastIndex < end) {
    const match = tokenPattern.exec(text);
    if (!match) return undefined;
    tokens.push(match[0].trim());
  }
  return tokens.length > 0 ? tokens : undefined;
}

/** GitHub's own precedence: `!`, then comparisons, then `&&`, then `||`. */
class Parser {
  #at = 0;
  readonly #tokens: readonly string[];
  readonly #facts: Facts;

  constructor(tokens: readonly string[], facts: Facts) {
    this.#tokens = tokens;
    this.#facts = facts;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(depth: number): Value {
    let left = this.#both(depth);
    while (this.#takes('||')) {
      const [a, b] = [truth(left), truth(this.#both(depth))];
      left = a === true || b === true ? { is: true } : a === false && b === false ? { is: false } : undefined;
    }
    return left;
  }

  #both(depth: number): Value {
    let left = this.#compared(depth);
    while (this.#takes('&&')) {
      const [a, b] = [truth(left), truth(this.#compared(depth))];
      left = a === false || b === false ? { is: false } : a === true && b === true ? { is: true } : undefined;
    }
    return left;
  }

  #compared(depth: number): Value {
    let left = this.#single(depth);
    for (;;) {
      const operator = ['==', '!=', '<', '>', '<=', '>='].find((one) => this.#takes(one));
      if (!operator) return left;
      const same = equal(left, this.#single(depth));
      if (same === undefined || !operator.includes('=') || operator === '<=' || operator === '>=') left = undefined;
      else left = { is: same === (operator === '==') };
    }
  }

  #single(depth: number): Value {
    if (depth > deepest) throw new Unreadable();
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token === undefined) throw new Unreadable();
    if (token === '!') {
      const inner = truth(this.#single(depth + 1));
      return inner === undefined ? undefined : { is: !inner };
    }
    if (token === '(') {
      const inner = this.either(depth + 1);
      if (!this.#takes(')')) throw new Unreadable();
      return inner;
    }
    if (token.startsWith("'")) return { is: token.slice(1, -1).replaceAll("''", "'") };
    if (!/^[A-Za-z_]/.test(token)) {
      if (/^[\d.]/.test(token)) return undefined;
      throw new Unreadable();
    }
    if (this.#takes('(')) return called(token.toLowerCase(), this.#list(')', depth));
    if (this.#takes('[')) {
      this.#list(']', depth);
      return undefined;
    }
    const name = token.toLowerCase();
    if (name === 'true' || name === 'false') return { is: name === 'true' };
    return this.#facts.get(name);
  }

  #list(end: string, depth: number): Value[] {
    const values: Value[] = [];
    if (this.#takes(end)) return values;
    do values.push(this.either(depth + 1));
    while (this.#takes(','));
    if (!this.#takes(end)) throw new Unreadable();
    return values;
  }

  #takes(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }
}

function truth(value: Value): boolean | undefined {
  if (!value) return undefined;
  return 'is' in value ? value.is !== false && value.is !== '' : value.begins !== '' || undefined;
}

/** GitHub compares strings without regard to case. */
function equal(left: Value, right: Value): boolean | undefined {
  if (!left || !right) return undefined;
  if ('begins' in left) return 'begins' in right ? undefined : equal(right, left);
  if ('begins' in right) return typeof left.is === 'string' && !begins(left.is, right.begins) ? false : undefined;
  if (typeof left.is !== typeof right.is) return undefined;
  return String(left.is).toLowerCase() === String(right.is).toLowerCase();
}

const begins = (text: string, start: string): boolean => text.toLowerCase().startsWith(start.toLowerCase());

function called(name: string, [text, part]: readonly Value[]): Value {
  if (!text || !part || !('is' in part) || typeof part.is !== 'string') return undefined;
  if ('begins' in text) {
    const cannot = name === 'startswith' && !begins(text.begins, part.is) && !begins(part.is, text.begins);
    return cannot ? { is: false } : undefined;
  }
  const [whole, piece] = [String(text.is).toLowerCase(), part.is.toLowerCase()];
  if (name === 'startswith') return { is: whole.startsWith(piece) };
  if (name === 'endswith') return { is: whole.endsWith(piece) };
  return name === 'contains' ? { is: whole.includes(piece) } : undefined;
}
