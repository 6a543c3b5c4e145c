// What a tree-sitter query found in a tree → plain values: names and 1-based lines, each definition once.
import type { Node, QueryMatch } from '@vscode/tree-sitter-wasm';
import type { Lines } from './lines.ts';
import type { Parsed } from './tree.ts';

const definitionKinds = ['function', 'method', 'class', 'type', 'constant', 'module'] as const;
export type DefinitionKind = (typeof definitionKinds)[number];

export interface CapturedCall extends Lines {
  callee: string;
  title: string;
  bodyFrom?: { line: number; column: number };
}

interface CapturedDefinition extends Lines {
  kind: DefinitionKind;
  name: string;
  /** The class that a method names itself, when it does not stand in it. */
  receiver: string;
  bodyFrom?: { line: number; column: number };
}

export interface Captured {
  definitions: CapturedDefinition[];
  imports: Lines[];
  specifiers: { line: number; text: string }[];
  calls: CapturedCall[];
  /** Comments, decorators and attributes on lines of their own. */
  attached: Lines[];
}

const maxName = 200;

export function captures({ query, root, isOver }: Parsed, text: string): Captured {
  const captured: Captured = { definitions: [], imports: [], specifiers: [], calls: [], attached: [] };
  const seen = new Map<string, number>();
  for (const match of query.matches(root, { progressCallback: isOver })) {
    const node = (name: string) => match.captures.find((capture) => capture.name === name)?.node;
    const textOf = (name: string, max = maxName) => {
      const found = node(name);
      return found ? text.slice(found.startIndex, Math.min(found.endIndex, found.startIndex + max)) : '';
    };
    const defined = definitionIn(match);
    const imported = node('import');
    const call = node('call');
    const specifier = node('specifier');
    const attached = node('attached') ?? commentAlone(node('comment'), text);
    if (defined) {
      const place = `${defined.node.startIndex} ${defined.node.endIndex}`;
      const index = seen.get(place);
      const own = definition(defined, textOf('name'), textOf('title'), textOf('receiver'), node('body'));
      if (index !== undefined) {
        if (captured.definitions[index]?.kind === 'constant') captured.definitions[index] = own;
      } else seen.set(place, captured.definitions.push(own) - 1);
    }
    if (imported) captured.imports.push(linesOf(imported));
    if (specifier)
      captured.specifiers.push({ line: specifier.startPosition.row + 1, text: unquoted(textOf('specifier')) });
    if (attached) captured.attached.push(linesOf(attached));
    if (call)
      captured.calls.push({
        ...linesOf(call),
        callee: textOf('callee'),
        title: textOf('title', 400),
        ...bodyOf(node('body')),
      });
  }
  return captured;
}

function definitionIn(match: QueryMatch): { node: Node; kind: DefinitionKind } | undefined {
  for (const { name, node } of match.captures) {
    const kind = definitionKinds.find((known) => known === name);
    if (kind) return { node, kind };
  }
  return undefined;
}

function definition(
  { node, kind }: { node: Node; kind: DefinitionKind },
  written: string,
  title: string,
  receiver: string,
  body: Node | undefined,
): CapturedDefinition {
  // GoogleTest: `TEST(Cart, AddsTax) { … }` is read as a function called TEST.
  const isMacro = /^(?:TYPED_)?TEST(?:_[FP])?$/.test(written);
  const parts = isMacro ? [title.replace(/^\(|\)$/g, '').replace(/\s*,\s*/, '.')] : plainName(written).split('::');
  const name = (parts.at(-1) ?? '').trim() || written;
  const owner = [...plainReceiver(receiver), ...parts.slice(0, -1)].filter(Boolean).join('.');
  return { ...linesOf(node), kind, name, receiver: owner, ...bodyOf(body) };
}

/** `'a b'` → `a b`, `:cart` → `cart`, `Cart<T>` → `Cart`. */
const plainName = (written: string): string => unquoted((written.split('\n')[0] ?? '').replace(/(?<=\w)\s*<.*/, ''));

/** `*Cart[T]` → `Cart`; `Cart.prototype` → `Cart`; what `exports` gets is the file's own. */
const plainReceiver = (written: string): string[] =>
  /^(?:module\.)?exports$|^this$/.test(written) ? [] : (/[\w$]+/.exec(written)?.slice(0, 1) ?? []);

export const unquoted = (written: string): string => written.replace(/^(?:['"`<:]|[rbuf]{1,2}(?=['"]))+|['"`>]+$/g, '');

const bodyOf = (body: Node | undefined): Pick<CapturedCall, 'bodyFrom'> =>
  body ? { bodyFrom: { line: body.startPosition.row + 1, column: body.startPosition.column } } : {};

/** Nodes that end with the line feed end, for a reader, on the line before. */
function linesOf({ startPosition, endPosition }: Node): Lines {
  const from = startPosition.row + 1;
  const to = endPosition.column === 0 ? endPosition.row : endPosition.row + 1;
  return { from, to: Math.max(from, to) };
}

function commentAlone(comment: Node | undefined, text: string): Node | undefined {
  if (!comment) return undefined;
  const start = comment.startIndex;
  const before = text.slice(start - Math.min(start, comment.startPosition.column), start);
  return before.trim() === '' ? comment : undefined;
}
