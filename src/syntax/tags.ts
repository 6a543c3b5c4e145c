// A grammar's name → the tree-sitter query that finds what an outline is made of; see each language's file.
import type { GrammarName } from './grammars.ts';
import { cSharp } from './tags/c-sharp.ts';
import { cpp } from './tags/cpp.ts';
import { javascript, typescript } from './tags/ecmascript.ts';
import { go } from './tags/go.ts';
import { java } from './tags/java.ts';
import { php } from './tags/php.ts';
import { python } from './tags/python.ts';
import { ruby } from './tags/ruby.ts';
import { rust } from './tags/rust.ts';
import { bash, ini, powershell } from './tags/scripts.ts';

/**
 * Captures: the definition (`@function @method @class @type @constant @module`) with its `@name`, `@body` and, outside of
 * its class, `@receiver`; `@import` and `@specifier`; `@call` of a `@callee` with a `@title`, which may be a test; rows that
 * belong to what follows (`@comment`, `@attached`). Where two patterns find the same definition, the first one names it.
 */
export const tags: Readonly<Record<GrammarName, string>> = {
  bash,
  'c-sharp': cSharp,
  cpp,
  css: '',
  go,
  ini,
  java,
  javascript,
  php,
  powershell,
  python,
  ruby,
  rust,
  tsx: typescript,
  typescript,
};
