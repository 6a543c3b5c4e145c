// Rule: every path is a plain one inside the tree, spelled as the tree spells it, and every file an ordinary one whose mode stays.
import type { Evidence, PatchedFile } from '../../incident/case-file.ts';
import type { Finding, Rule } from './rule.ts';

const rule = 'paths';
const maxPathLength = 500;

export const paths: Rule = (files, { evidence }) => {
  const tree = treeOf(evidence);
  return files.flatMap((file, i): Finding[] => {
    const spelling = misspelled(file.path);
    const twice = files.findIndex((other) => folded(other.path) === folded(file.path)) !== i;
    const why =
      spelling ?? (twice ? 'the patch writes this path twice' : (collision(file, tree) ?? altered(file, evidence)));
    const acceptable = 'a shown file by its own path, or a new file in an existing folder under a plain name';
    return why === undefined ? [] : [{ rule, path: shown(file.path), why, acceptable }];
  });
};

/** As the file systems of macOS and Windows compare names. */
const folded = (path: string): string => path.normalize('NFC').toLowerCase();

const shown = (path: string): string => path.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd').slice(0, maxPathLength);

/** What is wrong with a path by itself, whatever the tree. */
export function misspelled(path: string): string | undefined {
  const parts = path.split('/');
  if (path === '' || path.length > maxPathLength) return 'the path is empty or too long';
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(path)) return 'the path holds control or invisible characters';
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'the path is absolute';
  if (path.includes('\\')) return 'the path holds a backslash';
  if (/%(?:2e|2f|5c|00)/i.test(path)) return 'the path holds an encoded dot, slash or zero';
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'the path is not normalised';
  if (parts.some((part) => /[. ]$|^ |[<>:"|?*]/.test(part))) return 'the path is not a valid name on every system';
  if (parts.some((part) => /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(part)))
    return 'the path is a device name on Windows';
  if (path !== path.normalize('NFC')) return 'the path is not in Unicode normal form C';
  return undefined;
}

interface Tree {
  files: ReadonlySet<string>;
  irregular: ReadonlySet<string>;
  /** Folded spelling → the tree's own, of files and of folders. */
  spellings: ReadonlyMap<string, string>;
}

function treeOf({ paths: all, irregularPaths }: Evidence): Tree {
  const spellings = new Map<string, string>();
  for (const path of [...all, ...irregularPaths])
    for (const prefix of prefixes(path)) spellings.set(folded(prefix), prefix);
  return { files: new Set(all), irregular: new Set(irregularPaths), spellings };
}

/** `a`, `a/b`, `a/b/c`. */
const prefixes = (path: string): string[] => {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
};

function collision({ path, before }: PatchedFile, tree: Tree): string | undefined {
  for (const prefix of prefixes(path)) {
    if (tree.irregular.has(prefix)) return `${prefix} is a symlink or a submodule`;
    const spelling = tree.spellings.get(folded(prefix));
    if (spelling !== undefined && spelling !== prefix) return `the tree has ${spelling}, which differs only in case`;
    if (prefix !== path && tree.files.has(prefix)) return `${prefix} is a file, not a folder`;
  }
  const taken = tree.spellings.has(folded(path));
  if (before === null && taken) return 'the path exists already, so the file is not new';
  return undefined;
}

function altered({ path, before, mode }: PatchedFile, { sources }: Evidence): string | undefined {
  const source = sources.find((candidate) => candidate.path === path);
  if (before === null) return mode === '100644' ? undefined : 'a new file may not be executable';
  if (!source) return 'the file was not among the sources that were read';
  if (source.text !== before) return 'the patch does not start from the text at the base commit';
  return source.mode === mode ? undefined : 'the file mode changes';
}
