// The lines above a diff's hunks → the file they change, or why that diff is nothing to apply.
import { fenceOf } from './edit-markers.ts';
import type { NamedPaths } from './edit-path.ts';
import { visible } from './normal-form.ts';

export interface DiffHeader {
  /** Of the first line after it. */
  end: number;
  path?: string;
  problem?: string;
}

/** Where a diff of one file starts; a hunk without any header only where the path stands elsewhere. */
export function isDiffStart(lines: readonly string[], at: number): boolean {
  const line = visible(lines[at] ?? '');
  return line.startsWith('diff --git ') || isFileHeader(lines, at);
}

export function isFileHeader(lines: readonly string[], at: number): boolean {
  const [old, now, hunk] = [0, 1, 2].map((offset) => visible(lines[at + offset] ?? ''));
  if (!old || !now || !/^--- \S/.test(old) || !/^\+\+\+ \S/.test(now)) return false;
  return hunk === undefined || hunk.trim() === '' || fenceOf(hunk) !== undefined || /^@@(?:[ \t]|$)/.test(hunk);
}

const extended: readonly [RegExp, string][] = [
  [/^(?:rename|copy) (?:from|to) /, 'it renames or copies the file'],
  [/^deleted file mode /, 'it deletes the file'],
  [/^(?:old|new) mode /, "it changes the file's mode"],
  [/^new file mode (?!100644\b)/, 'it creates a file that is executable, a symlink or a submodule'],
  [/^index .* (?:120000|160000)$/, 'it changes a symlink or a submodule'],
  [/^(?:Binary files? |GIT binary patch)/, 'it changes a binary file'],
  [/^\+\+\+ \/dev\/null\b/, 'it deletes the file'],
];

export function diffHeader(lines: readonly string[], start: number, names: NamedPaths): DiffHeader {
  let [at, old, now, problem, path]: [number, string?, string?, string?, string?] = [start];
  for (; at < lines.length; at++) {
    const line = visible(lines[at] ?? '').trimEnd();
    const isSecond = at > start && line.startsWith('diff --git ');
    if (isSecond || !/^(?:diff --git|index|---|\+\+\+|\w+ (?:mode|file mode|from|to|index) |Binary|GIT) ?/.test(line))
      break;
    problem ??= extended.find(([pattern]) => pattern.test(line))?.[1];
    if (line.startsWith('diff --git ')) path = bothNames(line.slice(11), names);
    if (line.startsWith('--- ')) old = fileName(line);
    if (line.startsWith('+++ ')) now = fileName(line);
  }
  if (problem !== undefined) return { end: at, problem };
  if (old !== undefined && now !== undefined) return { end: at, ...pathOf(old, now, names) };
  return path === undefined ? { end: at, problem: 'it names no file' } : { end: at, path };
}

function pathOf(old: string, now: string, names: NamedPaths): Pick<DiffHeader, 'path' | 'problem'> {
  const bare = (name: string) => name.replace(/^[abciow]\//, '');
  // Without prefixes both names are the same; with them the letters differ.
  const path = old === now ? names.resolved(now) : names.resolved(bare(now));
  if (old === '/dev/null' || names.resolved(old === now ? old : bare(old)) === path) return { path };
  return { problem: `it renames ${old} to ${now}` };
}

/** `a/x b/x`: the two halves name one file, or nothing can be said. */
function bothNames(text: string, names: NamedPaths): string | undefined {
  const middle = (text.length - 1) / 2;
  if (text[middle] !== ' ') return undefined;
  return pathOf(unquoted(text.slice(0, middle)), unquoted(text.slice(middle + 1)), names).path;
}

const fileName = (line: string): string => unquoted(line.slice(4).split('\t')[0] ?? '').trim();

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };

/** As git quotes paths: bytes in octal. */
function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  const bytes = name
    .replace(/^"|"$/g, '')
    .match(/\\[0-7]{3}|\\.|[^\\]+/gs)
    ?.map((part) => {
      if (/^\\[0-7]{3}$/.test(part)) return Buffer.from([Number.parseInt(part.slice(1), 8)]);
      return Buffer.from(part.startsWith('\\') ? (escapes[part.slice(1)] ?? part) : part);
    });
  return Buffer.concat(bytes ?? []).toString('utf8');
}
