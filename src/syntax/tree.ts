// A path and its text → the syntax tree, lent to the caller and deleted again; the parser and its grammars load when first asked for.
import { createRequire } from 'node:module';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import { type GrammarName, grammarOf } from './grammars.ts';
import { tags } from './tags.ts';

/** Larger files are data, or generated. */
const maxCharacters = 1_000_000;
/** Nested or random text takes quadratic time; a megabyte of real code takes half a second. */
const patienceMs = 2_000;
/** A megabyte of real code takes 60 MB; 20 kB of `a<a<a<` in Java would take more than a gigabyte. */
const maxMemoryPages = 256 * 16;

export interface Parsed {
  grammar: GrammarName;
  root: TreeSitter.Node;
  query: TreeSitter.Query;
  /** Time is up: what is asked of the tree after this is not whole. */
  isOver: () => boolean;
}

/** Undefined where there is no grammar, or no tree within bounds. `read` keeps no node: the tree is gone afterwards. */
export async function withTree<T>(path: string, text: string, read: (parsed: Parsed) => T): Promise<T | undefined> {
  const grammar = grammarOf(path);
  // The bash grammar takes quadratic time over NUL, out of reach of the progress callback.
  if (!grammar || text.length > maxCharacters || text.includes('\0')) return undefined;
  const used = running();
  const runtime = await used;
  const { language, query } = await runtime.grammar(grammar);
  try {
    return parsed(runtime, language, text, (root, isOver) => read({ grammar, root, query, isOver }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RuntimeError')) throw error;
    // Out of memory, or out of bounds: the instance is of no more use, the next file gets a new one.
    if (current === used) current = undefined;
    return undefined;
  }
}

function parsed<T>(
  { Parser }: Runtime,
  language: TreeSitter.Language,
  text: string,
  read: (root: TreeSitter.Node, isOver: () => boolean) => T,
): T | undefined {
  const isOver = patience();
  const parser = new Parser();
  let tree: TreeSitter.Tree | null = null;
  try {
    tree = parser.setLanguage(language).parse(text, null, { progressCallback: isOver });
    return tree ? read(tree.rootNode, isOver) : undefined;
  } finally {
    tree?.delete();
    parser.delete();
  }
}

/** The clock decides only when to give up on a hostile file. */
function patience(): () => boolean {
  const until = performance.now() + patienceMs;
  return () => performance.now() > until;
}

interface Grammar {
  language: TreeSitter.Language;
  query: TreeSitter.Query;
}

interface Runtime {
  Parser: typeof TreeSitter.Parser;
  grammar(name: GrammarName): Promise<Grammar>;
}

let current: Promise<Runtime> | undefined;

function running(): Promise<Runtime> {
  const starting = current ?? started();
  current = starting;
  starting.catch(() => {
    current = undefined;
  });
  return starting;
}

const packageName = '@vscode/tree-sitter-wasm';

/** The part of it that is needed: Node's own type declarations have no values for it. */
declare const WebAssembly: { Memory: new (pages: { initial: number; maximum: number }) => object };

async function started(): Promise<Runtime> {
  // Resolved from this file: found from the sources, from dist and under jest, whatever folder the process started in.
  // The package keeps its one instance to itself, and a `require` what it has loaded: a new instance takes a new one of each.
  const require = createRequire(import.meta.url);
  delete require.cache[require.resolve(packageName)];
  const { Parser, Language, Query }: typeof TreeSitter = require(packageName);
  const memory = new WebAssembly.Memory({ initial: 512, maximum: maxMemoryPages });
  const quiet = { wasmMemory: memory, print: () => undefined, printErr: () => undefined };
  await Parser.init({ ...quiet, locateFile: (file) => require.resolve(`${packageName}/wasm/${file}`) });
  const grammars = new Map<GrammarName, Promise<Grammar>>();
  const load = async (name: GrammarName): Promise<Grammar> => {
    const language = await Language.load(require.resolve(`${packageName}/wasm/tree-sitter-${name}.wasm`));
    return { language, query: new Query(language, tags[name]) };
  };
  return {
    Parser,
    grammar(name) {
      const loading = grammars.get(name) ?? load(name);
      grammars.set(name, loading);
      loading.catch(() => grammars.delete(name));
      return loading;
    },
  };
}
