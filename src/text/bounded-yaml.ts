// Anybody's YAML text → a document of the `yaml` library, read no further than its bounds; or where reading ended, and why.
import { Composer, type CST, type Document, Lexer, LineCounter, Parser } from 'yaml';

/** What reading may cost. Texts that are read together share one, and each takes from it: lexemes, nodes, faults. */
export interface YamlBudget {
  parts: number;
}

export interface BoundedYaml {
  document?: Document;
  /** Of what was read. */
  lines: LineCounter;
  /** Without a document: at the bound. With one: where a second begins. */
  ended?: { offset: number; why: 'too deep' | 'too large' | 'second document' };
}

/** Workflows need about 10. The library reads deeper ones by recursion, until the stack is full. */
export const deepestYaml = 64;
const mostCharacters = 256_000;
/** A workflow has one for every four characters. */
export const mostLexemes = 100_000;
const mostDirectives = 10;

/** The core schema whatever the text asks for, as GitHub reads: `%YAML 1.1` and tags would bring merge keys, dates and sets. */
const options = { schema: 'core', resolveKnownTags: false, uniqueKeys: false, prettyErrors: false } as const;

class Ended extends Error {
  readonly at: NonNullable<BoundedYaml['ended']>;
  constructor(at: NonNullable<BoundedYaml['ended']>) {
    super(at.why);
    this.at = at;
  }
}

export function boundedYaml(text: string, budget: YamlBudget): BoundedYaml {
  const lines = new LineCounter();
  const read: BoundedYaml = { lines };
  try {
    if (text.length > mostCharacters) throw new Ended({ offset: 0, why: 'too large' });
    // The composer asks for no more than the next document's tokens: a hundred thousand documents are never read.
    for (const document of new Composer(options).compose(tokensOf(text, lines, budget), true, text.length)) {
      if (read.document) return { ...read, ended: { offset: document.range[0], why: 'second document' } };
      read.document = document;
    }
    return read;
  } catch (thrown) {
    if (!(thrown instanceof Ended)) throw thrown;
    return { lines, ended: thrown.at };
  }
}

function* tokensOf(text: string, lines: LineCounter, budget: YamlBudget): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let directives = 0;
  let left = Math.min(budget.parts, mostLexemes);
  for (const lexeme of new Lexer().lex(text)) {
    if (left <= 0) throw new Ended({ offset: parser.offset, why: 'too large' });
    left -= 1;
    budget.parts -= 1;
    for (const token of parser.next(lexeme)) {
      yield token;
      // One is enough to refuse the text.
      if (token.type === 'error') return;
      directives += token.type === 'directive' ? 1 : 0;
      if (directives > mostDirectives) throw new Ended({ offset: parser.offset, why: 'too large' });
    }
    // One entry for every collection that is open, and a scalar.
    if (parser.stack.length > deepestYaml) throw new Ended({ offset: parser.offset, why: 'too deep' });
  }
  yield* parser.end();
}
