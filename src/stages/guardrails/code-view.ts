// A file's text → its code as a reader of structure sees it: tokens without comments, literals apart, handlers of errors with their bodies.
import { type GrammarName, grammarOf } from '../../syntax/grammars.ts';
import { type Parsed, withTree } from '../../syntax/tree.ts';
import { type CodeText, codeText, lexed, type Token, unquoted } from './code-text.ts';

export interface Handler {
  line: number;
  /** As in `code`, from its keyword to its end. */
  code: string;
  /** The outermost function it stands in, empty outside of all. */
  within: string;
}

export interface CodeView extends CodeText {
  /** Undefined where there is no grammar or the tree is broken: then comments and literals count as code. */
  grammar: GrammarName | undefined;
  handlers: Handler[];
}

const isContent =
  /^(?:string_fragment|string_content|multiline_string_fragment|heredoc_content|escape_sequence|regex_pattern|jsx_text|text|nowdoc_string|system_lib_string|(?:interpreted_string|raw_string|string|character|char)_literal_content)$/;
/** Of some languages literals are one leaf, quotes and all. */
const isWhole = /^(?:raw_string|ansi_c_string|(?:verbatim_|raw_)?string_literal|char(?:acter)?_literal)$/;
const isNothing = /comment|^line_continuation$/;
const isHandler = /^(?:catch_clause|except_clause|except_group_clause|rescue|rescue_modifier)$/;
const isFunction =
  /function|^method|_method$|^(?:arrow_function|lambda_expression|constructor_declaration|singleton_method)$/;

export async function codeView(path: string, text: string): Promise<CodeView> {
  const grammar = grammarOf(path);
  const view = await withTree(path, text, (parsed) => (parsed.root.hasError ? undefined : viewOf(parsed, text)));
  if (view) return { ...view, grammar };
  return { ...codeText(lexed(text)), handlers: [], grammar: undefined };
}

function viewOf(parsed: Parsed, text: string): Omit<CodeView, 'grammar'> | undefined {
  const tokens: Token[] = [];
  const open: { id: number; first: number; line: number }[] = [];
  const found: { first: number; last: number; line: number; within: string }[] = [];
  const functions: { id: number; name: string }[] = [];
  const isShell = parsed.grammar === 'bash' || parsed.grammar === 'powershell';
  walk(parsed, {
    enter: ({ type, id, from, line, isNamed }) => {
      if (isHandler.test(type) && isNamed) open.push({ id, first: tokens.length, line });
      if (isFunction.test(type)) functions.push({ id, name: headerOf(text, from) });
    },
    leaf: ({ type, from, to, line }) => {
      if (isNothing.test(type) || to === from) return;
      const gap = isShell ? { gap: /^\s$/.test(text.charAt(from - 1)) ? ' ' : '' } : {};
      const whole = { text: text.slice(from, to), line, isLiteral: isContent.test(type) };
      const [first, ...others] = isWhole.test(type) ? unquoted(whole.text, line) : [whole];
      if (first) tokens.push({ ...first, ...gap }, ...others);
    },
    leave: (id) => {
      const handler = open.at(-1);
      if (handler?.id === id) {
        open.pop();
        found.push({ ...handler, last: tokens.length, within: functions[0]?.name ?? '' });
      }
      if (functions.at(-1)?.id === id) functions.pop();
    },
  });
  if (parsed.isOver()) return undefined;
  const { starts, ...view } = codeText(tokens);
  const handlers = found.map(({ first, last, line, within }) => {
    return { line, within, code: view.code.slice(starts[first] ?? 0, starts[last] ?? view.code.length).trim() };
  });
  return { ...view, handlers };
}

interface Visited {
  type: string;
  id: number;
  from: number;
  to: number;
  line: number;
  isNamed: boolean;
}

interface Visitor {
  enter(node: Visited): void;
  leaf(node: Visited): void;
  leave(id: number): void;
}

/** With a cursor, because a hostile tree is deeper than the call stack. */
function walk({ root, isOver }: Parsed, { enter, leaf, leave }: Visitor): void {
  const cursor = root.walk();
  let isDone = false;
  while (!isDone && !isOver()) {
    const { nodeType: type, nodeId: id, startIndex: from, endIndex: to, nodeIsNamed: isNamed } = cursor;
    const node = { type, id, from, to, line: cursor.startPosition.row + 1, isNamed };
    enter(node);
    if (!isContent.test(type) && !isNothing.test(type) && cursor.gotoFirstChild()) continue;
    leaf(node);
    leave(id);
    while (!isDone && !cursor.gotoNextSibling()) {
      isDone = !cursor.gotoParent();
      if (!isDone) leave(cursor.nodeId);
    }
  }
  cursor.delete();
}

const headerOf = (text: string, from: number): string =>
  (/^[^\n({]*/.exec(text.slice(from, from + 200))?.[0] ?? '').trim();
