// The paths that a reply names → what stands there in a working tree: a text to edit, nothing yet, or why neither.
import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile } from '../incident/case-file.ts';
import { misspelled } from '../stages/guardrails/paths.ts';

export type Place = { kind: 'text'; source: SourceFile } | { kind: 'free' } | { kind: 'barred'; why: string };

const mostBytes = 1_000_000;

/** In the order of the reply: two new files may not be in each other's way either. */
export async function placesOf(root: string, paths: readonly string[]): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  const taken = new Map<string, string>();
  for (const path of new Set(paths)) {
    const place = await placeOf(root, path);
    const clash = place.kind === 'free' ? clashOf(path, taken) : undefined;
    places.set(path, clash ? barred(clash) : place);
  }
  return places;
}

export async function placeOf(root: string, path: string): Promise<Place> {
  const fault = spellingFault(path);
  if (fault) return barred(fault);
  const parts = path.split('/');
  for (const [depth, part] of parts.entries()) {
    const above = parts.slice(0, depth).join('/');
    const entries = await entriesOf(join(root, above));
    if (!entries) return barred(`${above || 'the repository'} cannot be listed`);
    if (depth > 0 && entries.some(({ name }) => name === '.git')) return barred(`${above} is a repository of its own`);
    const entry = entries.find(({ name }) => name === part);
    const twin = entry ? undefined : entries.find(({ name }) => folded(name) === folded(part));
    const at = (name: string): string => (above === '' ? name : `${above}/${name}`);
    if (twin) return barred(`${at(twin.name)} is there, which differs only in case or in accents' form`);
    if (!entry) return { kind: 'free' };
    if (entry.isSymbolicLink()) return barred(`${at(part)} is a symbolic link`);
    if (depth < parts.length - 1) {
      if (!entry.isDirectory()) return barred(`${at(part)} is a file, not a folder`);
    } else if (entry.isDirectory()) return barred('it is a folder');
    else if (!entry.isFile()) return barred('it is no regular file');
  }
  return textAt(root, path);
}

const barred = (why: string): Place => ({ kind: 'barred', why });

/** As the file systems of macOS and Windows compare names. */
const folded = (name: string): string => name.normalize('NFC').toLowerCase();

const spellingFault = (path: string): string | undefined =>
  misspelled(path) ??
  (path.split('/').some((part) => /^(?:\.git|git~\d+)$/i.test(part)) ? "git's own files are never edited" : undefined);

const entriesOf = (folder: string): Promise<Dirent[] | undefined> =>
  readdir(folder, { withFileTypes: true }).catch(() => undefined);

async function textAt(root: string, path: string): Promise<Place> {
  const file = join(root, path);
  const info = await stat(file).catch(() => undefined);
  if (info && info.size > mostBytes) return barred(`it has more than ${mostBytes.toLocaleString('en')} bytes`);
  const bytes = info && (await readFile(file).catch(() => undefined));
  if (!bytes) return barred('it cannot be read');
  if (bytes.includes(0)) return barred('it is binary');
  // Written back, its bytes would be others.
  if (!isUtf8(bytes)) return barred('it is not encoded in UTF-8');
  const mode = info.mode & 0o100 ? '100755' : '100644';
  return { kind: 'text', source: { path, mode, text: bytes.toString('utf8') } };
}

/** `taken`: folded spelling → spelling, of the new files so far and of their folders. */
function clashOf(path: string, taken: Map<string, string>): string | undefined {
  const parts = path.split('/');
  const prefixes = parts.map((_, at) => `${parts.slice(0, at + 1).join('/')}${at < parts.length - 1 ? '/' : ''}`);
  for (const prefix of prefixes) {
    const bare = prefix.replace(/\/$/, '');
    const other = taken.get(folded(bare));
    if (other !== undefined && other !== prefix) return `the reply also creates ${other}, which is in its way`;
  }
  for (const prefix of prefixes) taken.set(folded(prefix.replace(/\/$/, '')), prefix);
  return undefined;
}
