// Finds the files that glob patterns name under a folder, for hashFiles and for artifacts, and hashes them as GitHub does.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileExpression } from './glob.ts';

const hasGlob = (text: string): boolean => /[*?[]/.test(text);

/** The folder that a pattern cannot leave: everything before its first segment with a wildcard. */
function searchRoot(pattern: string): string {
  const segments = pattern.split(sep);
  const wild = segments.findIndex(hasGlob);
  return wild < 0 ? pattern : segments.slice(0, wild).join(sep) || sep;
}

function* filesUnder(path: string): Generator<string> {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesUnder(child);
    else if (entry.isFile() || (entry.isSymbolicLink() && existsSync(child) && statSync(child).isFile())) yield child;
  }
}

/** Whether the pattern names the file itself or a folder above it: a folder stands for all that is in it. */
function names(pattern: string, file: string): boolean {
  const expression = fileExpression(pattern);
  const segments = file.split(sep).filter((segment) => segment !== '');
  return segments.some((_segment, index) => expression.test(segments.slice(0, index + 1).join('/')));
}

function absolute(folder: string, pattern: string): string {
  return isAbsolute(pattern) ? resolve(pattern) : resolve(folder, pattern);
}

export interface FoundFiles {
  files: string[];
  /** The deepest folders that are sure to hold all of a pattern's files. */
  roots: string[];
}

/** Absolute paths in order; a pattern that starts with `!` takes out what earlier ones found. */
export function findFiles(folder: string, patterns: string[]): FoundFiles {
  const found = new Set<string>();
  const roots: string[] = [];
  for (const line of patterns.map((pattern) => pattern.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('!')) {
      const pattern = absolute(folder, line.slice(1).trim());
      for (const file of found) if (names(pattern, file)) found.delete(file);
      continue;
    }
    const pattern = absolute(folder, line);
    const root = searchRoot(pattern);
    roots.push(root);
    for (const file of filesUnder(root)) if (names(pattern, file)) found.add(file);
  }
  return { files: [...found].sort(), roots };
}

/** `hashFiles()`: SHA-256 over the files' own hashes, only of files in the workspace; nothing for no file. */
export function hashFiles(workspace: string, patterns: string[]): string {
  const { files } = findFiles(
    workspace,
    patterns.flatMap((pattern) => pattern.split('\n')),
  );
  const inside = files.filter((file) => !relative(workspace, file).startsWith('..'));
  if (inside.length === 0) return '';
  const total = createHash('sha256');
  for (const file of inside) total.update(createHash('sha256').update(readFileSync(file)).digest());
  return total.digest('hex');
}
