// A model's reply in text → its subject line, its explanation and the SEARCH/REPLACE edits in it; what is not whole is named, never guessed.

/** `search` and `replace` are whole lines, each ended by a line feed; an empty `search` creates the file. */
export interface Edit {
  path: string;
  search: string;
  replace: string;
  /** 1-based line of the reply at which the block starts. */
  line: number;
}

interface Malformed {
  line: number;
  problem: string;
}

export interface EditBlocks {
  subject?: string;
  explanation: string;
  /** The model says that there is no safe fix, and why. */
  declined?: string;
  edits: Edit[];
  malformed: Malformed[];
}

const opening = /^([ \t]*)<{5,9} ?SEARCH[ \t]*(?:>[ \t]*)?$/;
const divider = /^[ \t]*={7}\s*$/;
const closing = /^[ \t]*>{5,9} ?REPLACE[ \t]*(?:<[ \t]*)?$/;
const fence = /^[ \t]*(?:`{3,}|~{3,})(.*)$/;
const maxReplyLines = 20_000;

/** The tree's paths tell a path with spaces in it, written as it is, from a sentence. */
export function readEditBlocks(reply: string, treePaths: readonly string[] = []): EditBlocks {
  const isSpaced = spacedPaths(treePaths);
  const lines = reply.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const edits: Edit[] = [];
  const malformed: Malformed[] = [];
  if (lines.length > maxReplyLines)
    return {
      explanation: '',
      edits,
      malformed: [{ line: 1, problem: `the reply has more than ${maxReplyLines} lines` }],
    };
  let previousEnd = 0;
  let firstBlock = lines.length;
  let path: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const open = opening.exec(lines[at] ?? '');
    if (!open) {
      if (isStrayMarker(lines[at] ?? '')) malformed.push({ line: at + 1, problem: 'a marker line outside of a block' });
      continue;
    }
    const named = pathAbove(lines, previousEnd, at, isSpaced);
    firstBlock = Math.min(firstBlock, named?.at ?? at);
    path = named?.path ?? (edits.length > 0 && onlyFences(lines, previousEnd, at) ? path : undefined);
    const block = readBlock(lines, at, open[1] ?? '');
    if ('problem' in block) malformed.push({ line: at + 1, problem: block.problem });
    else if (!path)
      malformed.push({ line: at + 1, problem: 'no line with the path of the file stands above the block' });
    else edits.push({ path, line: at + 1, ...unfenced(path, block) });
    at = block.end;
    previousEnd = block.end + 1;
  }
  return { ...preamble(lines.slice(0, firstBlock)), edits, malformed };
}

const isStrayMarker = (line: string): boolean => /^\s*<{5,9} ?SEARCH\b/.test(line) || closing.test(line);

interface Block {
  search: string;
  replace: string;
  end: number;
}

function readBlock(lines: readonly string[], start: number, indent: string): Block | { problem: string; end: number } {
  const dividers: number[] = [];
  for (let at = start + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (opening.test(line))
      return { problem: 'the block is not closed by `>>>>>>> REPLACE` before the next one', end: at - 1 };
    if (divider.test(line)) dividers.push(at);
    if (!closing.test(line)) continue;
    const middle = dividers[0];
    if (middle === undefined) return { problem: 'the block has no `=======` line', end: at };
    if (dividers.length > 1)
      return { problem: 'more than one `=======` line: choose lines for SEARCH and REPLACE that hold none', end: at };
    const inside = lines.slice(start + 1, at).filter((text) => text.trim() !== '');
    const shift = inside.every((text) => text.startsWith(indent)) ? indent.length : 0;
    const section = (from: number, to: number) =>
      lines
        .slice(from, to)
        .map((text) => `${text.slice(shift)}\n`)
        .join('');
    return { search: section(start + 1, middle), replace: section(middle + 1, at), end: at };
  }
  return { problem: 'the reply ends inside the block: no `>>>>>>> REPLACE` line', end: lines.length };
}

/** Models wrap the two sections in fences of their own; in Markdown those may be content, so there they stay. */
function unfenced(path: string, block: Block): { search: string; replace: string } {
  const { search, replace } = block;
  if (/\.(?:md|mdx|markdown|rst|adoc|txt)$/i.test(path)) return { search, replace };
  const inner = (section: string): string | undefined => {
    if (section.trim() === '') return section;
    const lines = section.trimEnd().split('\n');
    const first = lines[0] ?? '';
    const last = lines.at(-1) ?? '';
    const wrapped = lines.length > 1 && /^[ \t]*`{3,}[\w+-]*\s*$/.test(first) && /^[ \t]*`{3,}\s*$/.test(last);
    return wrapped
      ? lines
          .slice(1, -1)
          .map((line) => `${line}\n`)
          .join('')
      : undefined;
  };
  const innerSearch = inner(search);
  const innerReplace = inner(replace);
  return innerSearch !== undefined && innerReplace !== undefined
    ? { search: innerSearch, replace: innerReplace }
    : { search, replace };
}

/** The nearest line of text above the block, if it is a path; blank lines and the fence's opening line are passed over. */
function pathAbove(
  lines: readonly string[],
  from: number,
  block: number,
  isSpaced: (text: string) => boolean,
): { path: string; at: number } | undefined {
  for (let at = block - 1; at >= Math.max(from, block - 5); at--) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const info = fence.exec(line)?.[1];
    if (info === undefined) {
      const path = pathIn(line, isSpaced);
      return path === undefined ? undefined : { path, at };
    }
    const path = info
      .trim()
      .split(/[\s:]+/)
      .map((word) => word.replace(/^(?:path|file|title)=/i, '').replace(/^["']|["']$/g, ''))
      .find((word) => word.includes('/') || /^[\w@-]+\.\w+$/.test(word));
    if (path) return { path: path.replace(/^\.\//, ''), at };
  }
  return undefined;
}

const bareNames = /^(?:[A-Z][a-z]+file|LICENSE|README|CHANGELOG|CODEOWNERS)$/;

function pathIn(line: string, isSpaced: (text: string) => boolean): string | undefined {
  const trimmed = line.trim().replace(/^(?:[-*+]|\d+[.)]|#{1,6})\s+/, '');
  const labelled = /^(?:\*\*)?(?:file|path|filename|file ?path)(?:\*\*)?\s*:(?:\*\*)?\s*/i;
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
  return !/\s/.test(path) && (/[/.]/.test(path) || bareNames.test(path)) && !/[.,;!]$/.test(path) ? path : undefined;
}

function spacedPaths(treePaths: readonly string[]): (text: string) => boolean {
  const files = new Set(treePaths.filter((path) => path.includes(' ')));
  const folders = new Set([...files].map(folderOf).filter((folder) => folder.includes(' ')));
  // A new file is known by its folder.
  return (text) => files.has(text) || (folders.has(folderOf(text)) && /\.\w+$/.test(text));
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

const onlyFences = (lines: readonly string[], from: number, to: number): boolean =>
  lines.slice(from, to).every((line) => line.trim() === '' || fence.test(line));

function preamble(lines: readonly string[]): Pick<EditBlocks, 'subject' | 'explanation' | 'declined'> {
  let subject: string | undefined;
  let declined: string | undefined;
  const kept: string[] = [];
  for (const line of lines) {
    const plain = line.trim().replace(/^\*\*|\*\*$/g, '');
    const subjectLine = /^Subject:(?:\*\*)?\s*(.+)$/i.exec(plain);
    const declinedLine = /^No fix:(?:\*\*)?\s*(.+)$/i.exec(plain);
    if (subjectLine && subject === undefined) subject = validSubject(subjectLine[1] ?? '') ?? '';
    else if (declinedLine && declined === undefined) declined = declinedLine[1] ?? '';
    else if (!fence.test(line)) kept.push(line);
  }
  const explanation = kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, 1_500);
  return { explanation, ...(subject ? { subject } : {}), ...(declined ? { declined } : {}) };
}

/** Conventional Commits: `fix(scope): what`, one line, at most 72 characters. */
function validSubject(text: string): string | undefined {
  const subject = text.trim().replace(/^`|`$/g, '').replace(/\.$/, '');
  return /^fix(?:\([\w./-]{1,30}\))?: [^\p{Cc}\p{Cf}]+$/u.test(subject) && subject.length <= 72 ? subject : undefined;
}
