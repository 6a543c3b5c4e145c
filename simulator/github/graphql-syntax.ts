// The text of a GraphQL query or mutation → its fields: aliases, arguments, variables and inline fragments.

export interface Location {
  line: number;
  column: number;
}

export type Value =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'variable'; name: string }
  | { kind: 'list'; items: Value[] }
  | { kind: 'object'; fields: Record<string, Value> };

export interface Operation {
  kind: 'query' | 'mutation';
  fields: Field[];
}

export interface Field {
  name: string;
  alias: string;
  args: Record<string, Value>;
  fields: Field[];
  /** Set for `... on Type { fields }`. */
  onType?: string;
  location: Location;
}

export class GraphqlSyntaxError extends Error {
  readonly location: Location;
  constructor(message: string, location: Location) {
    super(message);
    this.location = location;
  }
}

interface Token {
  kind: 'name' | 'string' | 'number' | 'punctuator' | 'end';
  text: string;
  location: Location;
}

const tokenPattern =
  /(?<skip>[\s,\uFEFF]+|#[^\n]*)|(?<name>[_A-Za-z]\w*)|(?<string>"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<punctuator>\.\.\.|[!$()[\]{}:=|&@])/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  while (at < text.length) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    const location = { line, column: at - lineStart + 1 };
    if (!match?.groups) {
      throw new GraphqlSyntaxError(
        `Parse error on ${JSON.stringify(text[at])} (UNKNOWN_CHAR) at [${line}, ${location.column}]`,
        location,
      );
    }
    const { name, string, number, punctuator } = match.groups;
    if (name !== undefined) tokens.push({ kind: 'name', text: name, location });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string, location });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, location });
    else if (punctuator !== undefined) tokens.push({ kind: 'punctuator', text: punctuator, location });
    for (let i = at; i < at + match[0].length; i++) {
      if (text[i] !== '\n') continue;
      line += 1;
      lineStart = i + 1;
    }
    at += match[0].length;
  }
  tokens.push({ kind: 'end', text: '', location: { line, column: at - lineStart + 1 } });
  return tokens;
}

/** Deeper queries than this nobody writes by hand; GitHub has its own limit. */
const deepestSelection = 25;

class OperationParser {
  readonly #tokens: Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  parse(): Operation {
    let kind: Operation['kind'] = 'query';
    if (this.#peek().kind === 'name') {
      const operation = this.#take();
      if (operation.text === 'mutation') kind = 'mutation';
      else if (operation.text !== 'query')
        throw this.#unexpected(operation, 'query or mutation (the simulator answers no other operation)');
      if (this.#peek().kind === 'name') this.#take();
      if (this.#peek().text === '(') this.#skipDefinitions();
    }
    const fields = this.#selection(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw this.#unexpected(rest, 'the end of the query');
    return { kind, fields };
  }

  #selection(depth: number): Field[] {
    const open = this.#expect('{');
    if (depth > deepestSelection) throw new GraphqlSyntaxError('The query is nested too deeply', open.location);
    const fields: Field[] = [];
    while (this.#peek().text !== '}') fields.push(this.#field(depth));
    this.#take();
    if (fields.length === 0) throw this.#unexpected(open, 'a selection of fields');
    return fields;
  }

  #field(depth: number): Field {
    const first = this.#take();
    if (first.text === '...') {
      this.#expect('on');
      const type = this.#name();
      const inner = this.#selection(depth + 1);
      return { name: '...', alias: '...', args: {}, fields: inner, onType: type.text, location: first.location };
    }
    if (first.kind !== 'name') throw this.#unexpected(first, 'a field');
    let name = first.text;
    if (this.#peek().text === ':') {
      this.#take();
      name = this.#name().text;
    }
    const args = this.#peek().text === '(' ? this.#arguments() : {};
    const fields = this.#peek().text === '{' ? this.#selection(depth + 1) : [];
    return { name, alias: first.text, args, fields, location: first.location };
  }

  #arguments(): Record<string, Value> {
    this.#expect('(');
    return this.#namedValues(')');
  }

  #namedValues(end: ')' | '}'): Record<string, Value> {
    const values: [string, Value][] = [];
    while (this.#peek().text !== end) {
      const { text } = this.#name();
      this.#expect(':');
      values.push([text, this.#value()]);
    }
    this.#take();
    return Object.fromEntries(values);
  }

  #value(): Value {
    const token = this.#take();
    if (token.text === '$') return { kind: 'variable', name: this.#name().text };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'string') return { kind: 'literal', value: this.#string(token) };
    if (token.kind === 'name') {
      const constants: Record<string, boolean | null> = { true: true, false: false, null: null };
      return { kind: 'literal', value: token.text in constants ? (constants[token.text] ?? null) : token.text };
    }
    if (token.text === '{') return { kind: 'object', fields: this.#namedValues('}') };
    if (token.text !== '[') throw this.#unexpected(token, 'a value');
    const items: Value[] = [];
    while (this.#peek().text !== ']') items.push(this.#value());
    this.#take();
    return { kind: 'list', items };
  }

  #string(token: Token): string {
    if (token.text.startsWith('"""')) return token.text.slice(3, -3);
    try {
      return String(JSON.parse(token.text));
    } catch {
      // An escape that JSON does not know is none of GraphQL's either.
      throw new GraphqlSyntaxError(`Bad escape sequence in ${token.text}`, token.location);
    }
  }

  /** `($owner: String!, $paths: [String!] = [])`: values come untyped, so types are only read over. */
  #skipDefinitions(): void {
    this.#expect('(');
    while (this.#peek().text !== ')') {
      const token = this.#take();
      if (token.kind === 'end') throw this.#unexpected(token, ')');
    }
    this.#take();
  }

  #peek(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1);
    if (!token) throw new GraphqlSyntaxError('Unexpected end of document', { line: 1, column: 1 });
    return token;
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind === 'end') throw this.#unexpected(token, 'more');
    this.#next += 1;
    return token;
  }

  #name(): Token {
    const token = this.#take();
    if (token.kind !== 'name') throw this.#unexpected(token, 'a name');
    return token;
  }

  #expect(text: string): Token {
    const token = this.#take();
    if (token.text !== text) throw this.#unexpected(token, text);
    return token;
  }

  #unexpected({ kind, text, location }: Token, wanted: string): GraphqlSyntaxError {
    const found = kind === 'end' ? 'end of file' : `${JSON.stringify(text)}`;
    return new GraphqlSyntaxError(
      `Expected ${wanted}, actual: ${found} at [${location.line}, ${location.column}]`,
      location,
    );
  }
}

export const parseOperation = (text: string): Operation => new OperationParser(text).parse();
