// Patched files and the sources that were read → the lines elsewhere that use a function which the patch changes.
import { structuredPatch } from 'diff';
import type { PatchedFile, SourceFile } from '../../incident/case-file.ts';
import { type Definition, enclosing, outlineOf } from '../../syntax/outline.ts';

const mostNames = 8;
const mostLines = 30;
const longestLine = 160;
const maxEdits = 4_000;

/** `path:line: text`, as grep prints them; empty where nothing that was read uses them. */
export async function callers(files: readonly PatchedFile[], sources: readonly SourceFile[]): Promise<string> {
  const changed = (await Promise.all(files.filter((file) => !file.isTest).map(changedDefinitions))).flat();
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  for (const { path, after } of files) texts.set(path, after);
  const found = new Set<string>();
  for (const { path: home, name, line } of changed.slice(0, mostNames)) {
    const isUse = useOf(name);
    for (const [path, text] of texts) {
      for (const [at, said] of text.split('\n').entries()) {
        if (found.size >= mostLines) return [...found].join('\n');
        if (!isUse(said) || (path === home && said.trim() === line)) continue;
        found.add(`${path}:${at + 1}: ${said.trim().slice(0, longestLine)}`);
      }
    }
  }
  return [...found].join('\n');
}

interface Changed {
  path: string;
  name: string;
  /** Of its declaration, which is no use of it. */
  line: string;
}

async function changedDefinitions({ path, before, after }: PatchedFile): Promise<Changed[]> {
  const outline = before === null ? undefined : await outlineOf(path, before);
  const patch = structuredPatch(path, path, before ?? '', after, '', '', { context: 0, maxEditLength: maxEdits });
  if (!outline || !patch) return [];
  const lines = (before ?? '').split('\n');
  const named = new Map<string, Changed>();
  for (const { oldStart, oldLines } of patch.hunks) {
    for (let line = oldStart; line <= oldStart + Math.max(0, oldLines - 1); line++) {
      const inside = enclosing(outline, line).find(isCallable);
      if (inside) named.set(inside.name, { path, name: inside.name, line: declarationOf(inside, lines) });
    }
  }
  return [...named.values()];
}

const isCallable = ({ kind, name }: Definition): boolean =>
  (kind === 'function' || kind === 'method') && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);

const declarationOf = ({ signature }: Definition, lines: readonly string[]): string =>
  (lines[signature.from - 1] ?? '').trim();

/** Called, passed on or imported: the name as a word of its own, outside of a comment line. */
function useOf(name: string): (line: string) => boolean {
  const word = new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replaceAll('$', '\\$')}(?![\\p{L}\\p{N}_$])`, 'u');
  return (line) => line.includes(name) && word.test(line) && !/^\s*(?:\/\/|#|\*|--)/.test(line);
}
