// The lines from the opening marker of a SEARCH/REPLACE block on → its two sections and its path, or what is not whole.
import { markerOf } from './edit-markers.ts';
import type { NamedPaths } from './edit-path.ts';
import { decoded, entityNames } from './edit-readings.ts';

interface Sections {
  search: string;
  replace: string;
}

export type BlockEdit = (Sections & { path: string; end: number }) | { problem: string; end: number };

export function blockEdit(
  lines: readonly string[],
  start: number,
  { above, carried }: { above: string | undefined; carried: string | undefined },
  names: NamedPaths,
): BlockEdit {
  const open = markerOf(lines[start] ?? '');
  const { indent, named, isEscaped } = open?.kind === 'opening' ? open : { indent: '', named: '', isEscaped: false };
  const block = sections(lines, start, indent);
  if ('problem' in block) return block;
  const path = named === '' ? (above ?? carried) : names.inLine(named);
  if (named !== '' && path === undefined)
    return { problem: `\`${named.slice(0, 80)}\` behind SEARCH is no path`, end: block.end };
  if (named !== '' && above !== undefined && path !== above)
    return { problem: `the block is under ${above}, but its SEARCH line names ${path}`, end: block.end };
  const { search, replace } = unfenced(path ?? '', isEscaped ? unescaped(block) : block);
  const shown = new Set(entityNames(search));
  if (isEscaped && entityNames(replace).some((name) => !shown.has(name)))
    return { problem: 'the block is escaped for HTML: write the characters themselves', end: block.end };
  return { search, replace, path: path ?? '', end: block.end };
}

function sections(
  lines: readonly string[],
  start: number,
  indent: string,
): (Sections & { end: number }) | { problem: string; end: number } {
  const dividers: { at: number; length: number }[] = [];
  for (let at = start + 1; at < lines.length; at++) {
    const marker = markerOf(lines[at] ?? '');
    if (marker?.kind === 'opening')
      return { problem: 'the block is not closed by `>>>>>>> REPLACE` before the next one', end: at - 1 };
    if (marker?.kind === 'conflict')
      return { problem: 'conflict markers stand inside the block: write this edit as a unified diff', end: at };
    if (marker?.kind === 'divider') dividers.push({ at, length: marker.length });
    if (marker?.kind !== 'closing') continue;
    // A shorter or longer row underlines a title of the file itself.
    const usual = dividers.filter(({ length }) => length === 7);
    const middle = (usual.length > 0 ? usual : dividers)[0]?.at;
    if (middle === undefined) return { problem: 'the block has no `=======` line', end: at };
    if ((usual.length > 0 ? usual : dividers).length > 1)
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

/** Where the markers are escaped, so are the sections. */
function unescaped({ search, replace }: Sections): Sections {
  const angles = new Set(['lt', 'gt']);
  return { search: decoded(search, angles), replace: decoded(replace, angles) };
}

const markdown = /\.(?:md|mdx|markdown|rst|adoc|txt)$/i;
const fenceLine = /^[ \t]*(?:`{3,}|~{3,})[\w+-]*\s*$/;
const bareFence = /^[ \t]*(?:`{3,}|~{3,})\s*$/;

/** Models wrap the two sections in fences of their own; in Markdown those may be content, so there they stay. */
function unfenced(path: string, { search, replace }: Sections): Sections {
  if (markdown.test(path)) return { search, replace };
  const innerSearch = unwrapped(search);
  const innerReplace = unwrapped(replace);
  if (innerSearch !== undefined && innerReplace !== undefined) return { search: innerSearch, replace: innerReplace };
  const [mine, theirs] = [search.split('\n'), replace.split('\n')];
  // One fence around both.
  const isAround = fenceLine.test(mine[0] ?? '') && bareFence.test(theirs.at(-2) ?? '');
  const isLone = [...mine.slice(1), ...theirs.slice(0, -2)].every((line) => !fenceLine.test(line));
  return isAround && isLone
    ? { search: mine.slice(1).join('\n'), replace: [...theirs.slice(0, -2), ''].join('\n') }
    : { search, replace };
}

function unwrapped(section: string): string | undefined {
  if (section.trim() === '') return section;
  const lines = section.trimEnd().split('\n');
  const isWrapped = lines.length > 1 && fenceLine.test(lines[0] ?? '') && bareFence.test(lines.at(-1) ?? '');
  return isWrapped
    ? lines
        .slice(1, -1)
        .map((line) => `${line}\n`)
        .join('')
    : undefined;
}
