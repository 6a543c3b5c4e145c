// The lines of one hunk of a unified diff → the lines before and after it, and whether its numbers can be believed.

import { isDiffStart } from './diff-header.ts';
import { fenceOf } from './edit-markers.ts';
import { visible } from './normal-form.ts';

export interface Hunk {
  search: string;
  replace: string;
  /** Of the first line after it. */
  end: number;
  /** The counts of lines are those that it has: then its places count too. */
  numbers?: Stated;
  problem?: string;
}

export const isHunkStart = (line: string | undefined): boolean => /^@@(?:[ \t]|$)/.test(visible(line ?? ''));

const numbered = /^@@ -(\d{1,7})(?:,(\d{1,7}))? \+(\d{1,7})(?:,(\d{1,7}))? @@/;

interface Stated {
  oldStart: number;
  newStart: number;
  oldCount: number;
  newCount: number;
}

export function readHunk(reply: readonly string[], start: number, isFenced: boolean): Hunk {
  const match = numbered.exec(visible(reply[start] ?? ''));
  const stated = match
    ? {
        oldStart: Number(match[1]),
        oldCount: Number(match[2] ?? 1),
        newStart: Number(match[3]),
        newCount: Number(match[4] ?? 1),
      }
    : undefined;
  const end = hunkEnd(reply, start + 1, stated, isFenced);
  const lines = reply.slice(start + 1, end);
  const isTrue = stated !== undefined && isCounted(lines, stated);
  const body = { lines, stated, isTrue };
  const problem = brokenOff(reply, end, isFenced, body) ?? missingLines(body);
  const texts = { search: sideOf(lines, '-'), replace: sideOf(lines, '+'), end };
  return { ...texts, ...(isTrue ? { numbers: stated } : {}), ...(problem === undefined ? {} : { problem }) };
}

/** A blank line lost its leading space. */
const signOf = (line: string): string => (line === '' ? ' ' : (line[0] ?? ' '));
const count = (body: readonly string[], sign: string): number =>
  body.filter((line) => signOf(line) === sign || signOf(line) === ' ').length;
const isCounted = (body: readonly string[], { oldCount, newCount }: Stated): boolean =>
  count(body, '-') === oldCount && count(body, '+') === newCount;

function hunkEnd(lines: readonly string[], start: number, stated: Stated | undefined, isFenced: boolean): number {
  let [left, added] = [stated?.oldCount ?? 0, stated?.newCount ?? 0];
  let at = start;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const isCountedOut = left <= 0 && added <= 0;
    if (!/^(?:[ +\-\\]|$)/.test(line)) break;
    if (isCountedOut && stated && line !== '' && isDiffStart(lines, at)) break;
    if (!stated && isDiffStart(lines, at)) break;
    // Outside of a fence, words follow: they may begin with a dash.
    if (isCountedOut && stated && !isFenced && (line === '' || line === '-- ')) return at;
    if (signOf(line) !== '+' && line[0] !== '\\') left--;
    if (signOf(line) !== '-' && line[0] !== '\\') added--;
  }
  // Blank lines at the end belong to the hunk only where its numbers count them.
  let last = at;
  while (last > start && lines[last - 1] === '') last--;
  for (let end = at; stated && end >= last; end--) if (isCounted(lines.slice(start, end), stated)) return end;
  return last;
}

interface Body {
  lines: readonly string[];
  stated: Stated | undefined;
  /** The counts are those of the lines. */
  isTrue: boolean;
}

/** What says that lines are missing. */
function missingLines({ lines, stated, isTrue }: Body): string | undefined {
  const isLess = stated && count(lines, '-') < stated.oldCount;
  const isOpen = signOf(lines[0] ?? '') === '+' || signOf(lines.at(-1) ?? '') === '+';
  return isLess && !isTrue && isOpen
    ? 'the hunk has fewer lines than its `@@` line says, and no line of the file where it adds some: quote the lines around'
    : undefined;
}

/** What says that the hunk ends otherwise than hunks do. */
function brokenOff(reply: readonly string[], end: number, isFenced: boolean, body: Body): string | undefined {
  const next = reply.slice(end).findIndex((line) => line !== '');
  const line = reply[end + next] ?? '';
  if (next === -1) return cutOff(reply, isFenced, body);
  if (body.isTrue || isHunkStart(line) || fenceOf(line) || isDiffStart(reply, end + next)) return undefined;
  return next > 0 && !isFenced
    ? undefined
    : `the hunk breaks off before line ${end + next + 1}, which begins with neither a space, \`+\` nor \`-\``;
}

function cutOff(reply: readonly string[], isFenced: boolean, { lines, stated }: Body): string | undefined {
  const last = reply.at(-1) ?? '';
  const isWhole = stated && count(lines, '-') >= stated.oldCount && count(lines, '+') >= stated.newCount;
  return isFenced || !isWhole || (last !== '' && signOf(last) === '+')
    ? 'the reply ends inside of the diff: no line closes its fence, or its hunk has fewer lines than its `@@` line says'
    : undefined;
}

/** Without a line feed at the end where the diff says so. */
function sideOf(body: readonly string[], sign: '+' | '-'): string {
  const side: string[] = [];
  for (const [i, line] of body.entries()) {
    if (line.startsWith('\\')) continue;
    if (signOf(line) !== sign && signOf(line) !== ' ') continue;
    side.push(`${line.slice(1)}${sign === '+' && body[i + 1]?.startsWith('\\') ? '' : '\n'}`);
  }
  return side.join('');
}
