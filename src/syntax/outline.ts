// A source file → what stands in it, line by line: definitions, imports and tests; of a broken file, as much as its tree has.
import { type Captured, captures, type DefinitionKind } from './captures.ts';
import type { Lines } from './lines.ts';
import { type TestBlock, testBlocks } from './test-blocks.ts';
import { withTree } from './tree.ts';

/** With the decorators, attributes and comments directly above it. */
export interface Definition extends Lines {
  name: string;
  /** `Class.method`. */
  qualifiedName: string;
  kind: DefinitionKind;
  /** The header without the body, from the line that declares it. */
  signature: Lines;
  parent?: Definition;
}

export interface Import extends Lines {
  /** As written: `./cart.js`, `os.path`, `stdio.h`. */
  modules: string[];
}

export interface Outline {
  definitions: Definition[];
  imports: Import[];
  tests: TestBlock[];
}

/** Undefined where no grammar knows the file, or no tree could be had within bounds. */
export async function outlineOf(path: string, text: string): Promise<Outline | undefined> {
  return withTree(path, text, (parsed): Outline | undefined => {
    const lines = text.split('\n');
    const captured = captures(parsed, text);
    if (parsed.isOver()) return undefined;
    const aboveOf = linesAbove(captured, lines);
    const definitions = nested(captured.definitions.map((raw) => definition(raw, lines, aboveOf)));
    return {
      definitions,
      imports: importsOf(captured),
      tests: testBlocks(parsed.grammar, captured.calls, definitions, lines),
    };
  });
}

type Raw = Captured['definitions'][number];
type Unplaced = Definition & { receiver: string };

function definition(raw: Raw, lines: readonly string[], aboveOf: (line: number) => number): Unplaced {
  const { name, kind, receiver } = raw;
  const isCode = kind === 'function' || kind === 'method';
  const headerEnd =
    raw.bodyFrom === undefined ? (isCode ? raw.to : raw.from) : endBefore(raw.bodyFrom, raw.from, lines);
  return {
    name,
    qualifiedName: name,
    kind,
    from: aboveOf(raw.from),
    to: raw.to,
    signature: { from: raw.from, to: Math.max(raw.from, Math.min(headerEnd, raw.to)) },
    receiver,
  };
}

/** The line of the header's last token: the body's own line, or one before it when only white space precedes the body. */
function endBefore(body: { line: number; column: number }, from: number, lines: readonly string[]): number {
  const before = (lines[body.line - 1] ?? '').slice(0, body.column);
  if (before.trim() !== '') return body.line;
  let end = body.line - 1;
  while (end > from && /^\s*(?:$|#|\/\/)/.test(lines[end - 1] ?? '')) end -= 1;
  return end;
}

/** The first of the comment and decorator lines that stand directly above a line, at its indentation. */
function linesAbove({ attached }: Captured, lines: readonly string[]): (line: number) => number {
  const indentAt = (line: number) => (lines[line - 1] ?? '').search(/\S|$/);
  const indents = new Map<number, number>();
  for (const { from, to } of attached) for (let line = from; line <= to; line++) indents.set(line, indentAt(from));
  return (line) => {
    const indent = indentAt(line);
    let first = line;
    while (indents.get(first - 1) === indent) first -= 1;
    return first;
  };
}

/** Ordered by place, each with the innermost one that contains it. */
function nested(unplaced: Unplaced[]): Definition[] {
  const open: Definition[] = [];
  return unplaced
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .map(({ receiver, ...own }) => {
      while (open.length > 0 && (open.at(-1)?.to ?? 0) < own.to) open.pop();
      const parent = open.at(-1);
      const prefix = [parent?.qualifiedName, receiver].filter(Boolean);
      const isMethod = own.kind === 'function' && (parent?.kind === 'class' || parent?.kind === 'type');
      const placed: Definition = {
        ...own,
        kind: isMethod ? 'method' : own.kind,
        qualifiedName: [...prefix, own.name].join('.'),
        ...(parent ? { parent } : {}),
      };
      if (own.kind !== 'constant') open.push(placed);
      return placed;
    });
}

function importsOf({ imports, specifiers }: Captured): Import[] {
  return imports
    .sort((a, b) => a.from - b.from)
    .map(({ from, to }) => ({
      from,
      to,
      modules: specifiers.filter(({ line }) => line >= from && line <= to).map(({ text }) => text),
    }));
}

/** The definitions that contain a line, innermost first. */
export function enclosing({ definitions }: Pick<Outline, 'definitions'>, line: number): Definition[] {
  const innermost = definitions.findLast(({ from, to }) => from <= line && line <= to);
  const chain: Definition[] = [];
  for (let at = innermost; at; at = at.parent) chain.push(at);
  return chain;
}

/** By its qualified name, or its bare name where only one definition has it. */
export function definitionOf({ definitions }: Pick<Outline, 'definitions'>, name: string): Definition | undefined {
  const named = definitions.filter((one) => one.name === name);
  return definitions.find((one) => one.qualifiedName === name) ?? (named.length === 1 ? named[0] : undefined);
}
