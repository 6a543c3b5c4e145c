// A source file → its syntax tree as plain values without layout and remarks; equal code has equal numbers, wherever it stands.
import type { TreeCursor } from '@vscode/tree-sitter-wasm';
import type { GrammarName } from './grammars.ts';
import { withTree } from './tree.ts';

export interface Shape {
  /** Two shapes of one `Interned` have the same number exactly when their code is the same. */
  id: number;
  type: string;
  /** What it is to its parent: `name`, `body`, `arguments`… */
  field: string;
  text: string;
  /** Index in the file. */
  start: number;
  /** 1-based. */
  line: number;
  children: readonly Shape[];
}

export interface Shaped {
  grammar: GrammarName;
  root: Shape;
  /** The grammar could not read all of it. */
  isBroken: boolean;
}

export type Interned = Map<string, number>;

const maxNodes = 300_000;
/** Who reads shapes may call itself for what is inside. */
const maxDepth = 3_000;
/** Text between the tokens of such a node means something, blanks included. */
const isWritten = (type: string): boolean => /string|heredoc|regex|template_lit/.test(type);
/** Remarks that a compiler or a test runner obeys. */
const directives: Partial<Record<GrammarName, RegExp>> = {
  go: /^\/\/(?:go:|\s*\+build|\s*(?:Unordered )?[Oo]utput:)/,
  php: /^\/\*\*[^@]{0,2000}@/,
  javascript: /^\/\*\*[^@]{0,2000}@(?:jest|vitest)-/,
  typescript: /^\/\*\*[^@]{0,2000}@(?:jest|vitest)-/,
  tsx: /^\/\*\*[^@]{0,2000}@(?:jest|vitest)-/,
};

interface Open {
  type: string;
  field: string;
  start: number;
  line: number;
  isNamed: boolean;
  children: Shape[];
}

/** Undefined where no grammar knows the file, or no tree could be had within bounds. */
export async function shapeOf(path: string, text: string, interned: Interned): Promise<Shaped | undefined> {
  return withTree(path, text, ({ grammar, root, isOver }): Shaped | undefined => {
    const cursor = root.walk();
    const shape = walked(cursor, { text, grammar, interned, isOver });
    cursor.delete();
    return shape && { grammar, root: shape, isBroken: root.hasError };
  });
}

interface Walk {
  text: string;
  grammar: GrammarName;
  interned: Interned;
  isOver: () => boolean;
}

/** With a stack of its own: a hostile tree is deeper than the call stack. */
function walked(cursor: TreeCursor, walk: Walk): Shape | undefined {
  const open: Open[] = [];
  let nodes = 0;
  for (;;) {
    nodes += 1;
    if (nodes > maxNodes || open.length > maxDepth || (nodes % 4_096 === 0 && walk.isOver())) return undefined;
    open.push({
      type: cursor.nodeType,
      field: cursor.currentFieldName ?? '',
      start: cursor.startIndex,
      line: cursor.startPosition.row + 1,
      isNamed: cursor.nodeIsNamed,
      children: [],
    });
    if (cursor.gotoFirstChild()) continue;
    for (;;) {
      const closed = open.pop();
      if (!closed) return undefined;
      const shape = closedShape(closed, cursor.endIndex, walk);
      const parent = open.at(-1);
      if (!parent) return shape;
      if (shape) parent.children.push(shape);
      if (cursor.gotoNextSibling()) break;
      cursor.gotoParent();
    }
  }
}

function closedShape(open: Open, end: number, { text, grammar, interned }: Walk): Shape | undefined {
  const { type, field, start, line } = open;
  const own = text.slice(start, end);
  if (/comment/.test(type) && !directives[grammar]?.test(own)) return undefined;
  if (!open.isNamed && own.trim() === '') return undefined;
  const children = attributed(withoutLayout(open.children), interned);
  const [only] = children;
  // `f();` and the last `f()` of a block are one and the same statement.
  if (type === 'expression_statement' && children.length === 1 && only) return { ...only, field };
  const isWhole = children.length === 0 || isWritten(type);
  const key = isWhole ? `${type} ${own}` : `${type}(${children.map(({ id }) => id).join(' ')})`;
  return { id: numberOf(key, interned), type, field, text: own, start, line, children };
}

function numberOf(key: string, interned: Interned): number {
  const id = interned.get(key) ?? interned.size;
  interned.set(key, id);
  return id;
}

/** The comma after a last element and the semicolon after a statement say nothing. */
function withoutLayout(children: readonly Shape[]): Shape[] {
  return children.filter(({ text }, i) => {
    const next = children[i + 1]?.text;
    if (text === ';') return next !== undefined && children[0]?.text === 'for';
    return text !== ',' || (next !== undefined && !/^[\])}]$/.test(next));
  });
}

/** In Rust and PHP what is said about an item stands before it, as its neighbour. */
function attributed(children: readonly Shape[], interned: Interned): Shape[] {
  if (!children.some(isAttribute)) return [...children];
  const grouped: Shape[] = [];
  let above: Shape[] = [];
  for (const child of children) {
    if (isAttribute(child)) above.push(child);
    else if (above.length === 0) grouped.push(child);
    else {
      grouped.push(together([...above, child], interned));
      above = [];
    }
  }
  return [...grouped, ...above];
}

const isAttribute = ({ type, text }: Shape): boolean =>
  type === 'attribute_item' || (type === 'comment' && text.startsWith('/**'));

function together(children: Shape[], interned: Interned): Shape {
  const [first, last] = [children[0], children.at(-1)];
  const { start, line } = first ?? { start: 0, line: 1 };
  const key = `attributed(${children.map(({ id }) => id).join(' ')})`;
  const text = children.map((child) => child.text).join('\n');
  return { id: numberOf(key, interned), type: 'attributed', field: last?.field ?? '', text, start, line, children };
}

/** Every shape of a tree, parents first; `into` decides whether what is inside is visited. */
export function* within(root: Shape, into: (shape: Shape) => boolean = () => true): Generator<Shape> {
  const open = [root];
  for (let shape = open.pop(); shape; shape = open.pop()) {
    yield shape;
    if (into(shape)) for (let i = shape.children.length - 1; i >= 0; i--) open.push(shape.children[i] ?? shape);
  }
}
