// A source file → the places where its grammar cannot read it.
import type { Node } from '@vscode/tree-sitter-wasm';
import { withTree } from './tree.ts';

/** 1-based line and column; `text` is what stands there, or what is missing. */
export interface SyntaxError {
  line: number;
  column: number;
  text: string;
}

const maxErrors = 50;
const maxText = 80;

/** Undefined where no grammar knows the file, or no tree could be had within bounds. */
export async function syntaxErrors(path: string, text: string): Promise<SyntaxError[] | undefined> {
  return withTree(path, text, ({ root }) => brokenNodes(root).map((node) => syntaxError(node, text)));
}

function syntaxError({ startPosition, startIndex, endIndex, isMissing, type }: Node, text: string): SyntaxError {
  const there = text.slice(startIndex, Math.min(endIndex, startIndex + maxText)).split('\n')[0] ?? '';
  return {
    line: startPosition.row + 1,
    column: startPosition.column + 1,
    text: isMissing ? `missing ${type}` : there,
  };
}

/** The outermost ones, in order; walked with a cursor, because a hostile tree is deeper than the call stack. */
function brokenNodes(root: Node): Node[] {
  const found: Node[] = [];
  if (!root.hasError) return found;
  const cursor = root.walk();
  let isLast = false;
  while (!isLast && found.length < maxErrors) {
    const node = cursor.currentNode;
    const isBroken = node.isError || node.isMissing;
    if (isBroken) found.push(node);
    if (!isBroken && node.hasError && cursor.gotoFirstChild()) continue;
    while (!isLast && !cursor.gotoNextSibling()) isLast = !cursor.gotoParent();
  }
  cursor.delete();
  return found;
}
