// A patched file → what its grammar cannot read in it and could read before, in words for the model.
import type { PatchedFile } from '../../incident/case-file.ts';
import { syntaxErrors } from '../../syntax/syntax-errors.ts';

const maxTold = 3;

/** Undefined where nothing got worse, or no grammar knows. */
export async function brokenSyntax({ path, before, after }: PatchedFile): Promise<string | undefined> {
  const errors = await syntaxErrors(path, after);
  if (!errors || errors.length === 0) return undefined;
  const earlier = before === null ? [] : await syntaxErrors(path, before);
  if (!earlier || errors.length <= earlier.length) return undefined;
  const known = new Set(earlier.map(({ text }) => text));
  const fresh = errors.filter(({ text }) => !known.has(text));
  const told = (fresh.length > 0 ? fresh : errors).slice(0, maxTold).map((error) => errorText(error, after));
  return `${path}: with these edits the file no longer parses. Check brackets, quotes and indentation at:\n${told.join('\n')}`;
}

function errorText({ line, text }: { line: number; text: string }, after: string): string {
  const there = (after.split('\n')[line - 1] ?? '').trim().slice(0, 160);
  const found = text.trim();
  const why = text.startsWith('missing ') ? `expected: ${text.slice(8)}` : `unexpected: ${found}`;
  return `line ${line}: \`${there}\`${there.startsWith(found) ? '' : ` (${why})`}`;
}
