// The words in which a reply names a file → its path as the tree has it; what is not certain stays as it is written.
import { fenceOf } from './edit-markers.ts';
import { visible } from './normal-form.ts';

export interface NamedPaths {
  /** The path in its place in the tree; a new file's as it is written, without `./` and with `/` between folders. */
  resolved(written: string): string;
  /** The path that a line is, or undefined for other words. */
  inLine(line: string): string | undefined;
  /** The path that the opening line of a fence has behind the language. */
  inFence(info: string): string | undefined;
}

export function namedPaths(treePaths: readonly string[]): NamedPaths {
  const tree = new Set(treePaths);
  const composed = new Map(treePaths.map((path) => [path.normalize('NFC'), path]));
  const spacedFolders = new Set(treePaths.map(folderOf).filter((folder) => folder.includes(' ')));
  const resolved = (written: string): string => {
    if (tree.has(written)) return written;
    const plain = visible(written)
      .trim()
      .replace(/^[A-Za-z]:(?=[\\/])/, '')
      .replaceAll('\\', '/')
      .replace(/^(?:\.\/)+(?=.)/, '');
    const found = composed.get(plain.normalize('NFC'));
    if (found !== undefined) return found;
    const bare = /^[ab]\/(.+)$/.exec(plain)?.[1];
    if (bare !== undefined && tree.has(bare)) return bare;
    return plain.startsWith('/') ? (relative(plain, treePaths) ?? plain) : plain;
  };
  // A new file with a space in its path is known by its folder.
  const isSpaced = (text: string) =>
    text.includes(' ') && (tree.has(resolved(text)) || (spacedFolders.has(folderOf(text)) && /\.\w+$/.test(text)));
  const inLine = (line: string) => {
    const path = pathIn(visible(line), isSpaced, (text) => tree.has(resolved(text)));
    return path === undefined ? undefined : resolved(path);
  };
  const inFence = (info: string) => {
    const path = visible(info)
      .split(/[\s:]+/)
      .map((word) => word.replace(/^(?:path|file|filename|title)=/i, '').replace(/^["'{]+|["'}]+$/g, ''))
      .find((word) => /[/\\]/.test(word) || /^[\w@-]+\.\w+$/.test(word));
    return path === undefined ? undefined : resolved(path);
  };
  return { resolved, inLine, inFence };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The runner checks a repository out into a folder of its name in a folder of its name. */
const workspace = /^(?:\/home\/runner\/work|\/Users\/runner\/work|\/a)\/([^/]+)\/\1\/(.+)$/;

/** Only where one path of the tree, and no other, ends it. */
function relative(absolute: string, treePaths: readonly string[]): string | undefined {
  const ends = treePaths.filter((path) => absolute.endsWith(`/${path}`));
  return ends.length === 1 ? ends[0] : ends.length === 0 ? workspace.exec(absolute)?.[2] : undefined;
}

/** The nearest line of text above a block, if it is a path; blank lines and the fence's opening line are passed over. */
export function pathAbove(
  lines: readonly string[],
  from: number,
  block: number,
  names: NamedPaths,
): { path: string; at: number } | undefined {
  for (let at = block - 1; at >= Math.max(from, block - 5); at--) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const fence = fenceOf(line);
    const path = fence ? names.inFence(fence.info) : names.inLine(line);
    if (path !== undefined) return { path, at };
    if (!fence) return undefined;
  }
  return undefined;
}

const bareNames = /^(?:[A-Z][a-z]+file|LICENSE|README|CHANGELOG|CODEOWNERS)$/;
const labelled = /^(?:\*\*)?(?:file|path|filename|file ?path)(?:\*\*)?\s*:(?:\*\*)?\s*/i;
const note = /\s+\((?:new|existing|modified|updated|added|edited|changed|create|update)[\w ]{0,20}\)(?=[*_:]*$)/i;

function pathIn(
  line: string,
  isSpaced: (text: string) => boolean,
  isKnown: (text: string) => boolean,
): string | undefined {
  if (line.length > 400) return undefined;
  const trimmed = line
    .trim()
    .replace(/^(?:[-*+]|\d+[.)]|#{1,6}|\/\/|<!--)\s+/, '')
    .replace(/\s*-->$/, '')
    .replace(note, '');
  const quoted = trimmed.split('`');
  // `In src/a.py:` with the path in backticks, and no other word in them.
  if (quoted.length === 3 && /[:]\**$/.test(quoted[2] ?? '') && isKnown(quoted[1] ?? '')) return quoted[1];
  const marked = labelled.test(trimmed) || /^[*_]*`[^`]+`[*_]*:?$/.test(trimmed);
  const path = trimmed
    .replace(labelled, '')
    .replace(/^[*_]*`([^`]+)`[*_]*:?$/, '$1')
    .replace(/^\*\*(.+?)\*\*:?$/, '$1')
    .replace(/:$/, '')
    .trim()
    .replace(/^\.\/(?=.)/, '');
  if (path === '' || path.length > 300 || /[<>|"*?`]/.test(path)) return undefined;
  if (marked || isSpaced(path)) return path;
  return !/\s/.test(path) && (/[/\\.]/.test(path) || bareNames.test(path)) && !/[.,;!]$/.test(path) ? path : undefined;
}
