// A model's reply in text → its subject line, its explanation and the edits in it; what is not whole is named, never guessed.
import { diffEdits } from './diff-edits.ts';
import { isDiffStart } from './diff-header.ts';
import { isHunkStart } from './diff-hunk.ts';
import { blockEdit } from './edit-block.ts';
import { fenceAfter, fenceOf, markerOf } from './edit-markers.ts';
import { type NamedPaths, namedPaths, pathAbove } from './edit-path.ts';
import { type ReplyWords, replyWords } from './reply-words.ts';

/** `search` and `replace` are whole lines, each ended by a line feed; an empty `search` creates the file. */
export interface Edit {
  /** Empty where the reply names none. */
  path: string;
  search: string;
  replace: string;
  /** 1-based line of the reply at which the block starts. */
  line: number;
  /** 1-based line of the file at which a diff's hunk says that it stands. */
  at?: number;
}

export interface Malformed {
  line: number;
  problem: string;
}

export interface EditBlocks extends ReplyWords {
  edits: Edit[];
  malformed: Malformed[];
}

const maxReplyLines = 20_000;
const maxEdits = 100;

interface Reading {
  lines: readonly string[];
  names: NamedPaths;
  edits: Edit[];
  malformed: Malformed[];
  /** After the last edit. */
  previousEnd: number;
  firstEdit: number;
  path: string | undefined;
  /** The length of the fence that is open. */
  fence: number;
}

/** The tree's paths tell a path with spaces in it, written as it is, from a sentence. */
export function readEditBlocks(reply: string, treePaths: readonly string[] = []): EditBlocks {
  const lines = reply.split(/\r{0,2}\n|\r/).map(withoutInvisibleStart);
  const start = { edits: [], malformed: [], previousEnd: 0, firstEdit: lines.length, path: undefined, fence: 0 };
  const reading: Reading = { lines, names: namedPaths(treePaths), ...start };
  if (lines.length > maxReplyLines) return tooMuch(`the reply has more than ${maxReplyLines} lines`);
  for (let at = 0; at < lines.length; at++) at = readFrom(at, reading);
  const { edits, malformed, firstEdit } = reading;
  if (edits.length > maxEdits) return tooMuch(`the reply has more than ${maxEdits} edits`);
  return { ...replyWords(lines.slice(0, firstEdit)), edits, malformed };
}

/** What does not show in front of a line hides the sign of a diff or an indentation. */
const withoutInvisibleStart = (line: string): string => line.replace(/^\p{Default_Ignorable_Code_Point}+/u, '');

const tooMuch = (problem: string): EditBlocks => ({ explanation: '', edits: [], malformed: [{ line: 1, problem }] });

/** The last line that was read. */
function readFrom(at: number, reading: Reading): number {
  const { lines, malformed } = reading;
  const line = lines[at] ?? '';
  const marker = markerOf(line);
  if (marker?.kind === 'opening') return readBlock(at, reading);
  if (marker?.kind === 'closing') malformed.push({ line: at + 1, problem: 'a marker line outside of a block' });
  if (isDiffStart(lines, at) || (isHunkStart(line) && reading.fence > 0)) return readDiff(at, reading);
  reading.fence = fenceAfter(reading.fence, line);
  return at;
}

function readBlock(at: number, reading: Reading): number {
  const { lines, names, edits, malformed, previousEnd } = reading;
  const above = pathAbove(lines, previousEnd, at, names);
  reading.firstEdit = Math.min(reading.firstEdit, above?.at ?? at);
  const carried = edits.length > 0 && onlyFences(lines, previousEnd, at) ? reading.path : undefined;
  const block = blockEdit(lines, at, { above: above?.path, carried }, names);
  if ('problem' in block) malformed.push({ line: at + 1, problem: block.problem });
  else edits.push({ path: block.path, line: at + 1, search: block.search, replace: block.replace });
  reading.path = 'path' in block ? block.path : (above?.path ?? carried);
  reading.previousEnd = block.end + 1;
  return block.end;
}

function readDiff(at: number, reading: Reading): number {
  const { lines, names, edits, malformed, previousEnd } = reading;
  const above = isHunkStart(lines[at]) ? pathAbove(lines, previousEnd, at, names) : undefined;
  reading.firstEdit = Math.min(reading.firstEdit, above?.at ?? at);
  const edited = new Set(edits.map(({ path }) => path));
  const diff = diffEdits(lines, at, { names, isFenced: reading.fence > 0, path: above?.path, edited });
  edits.push(...diff.edits);
  malformed.push(...diff.malformed);
  reading.previousEnd = diff.end;
  reading.path = undefined;
  return Math.max(at, diff.end - 1);
}

const onlyFences = (lines: readonly string[], from: number, to: number): boolean =>
  lines.slice(from, to).every((line) => line.trim() === '' || fenceOf(line) !== undefined);
