// A line of a reply → the marker of a SEARCH/REPLACE block that it is, in the forms that models give them.
import { decoded } from './edit-readings.ts';
import { visible } from './normal-form.ts';

export type Marker =
  | { kind: 'opening'; indent: string; named: string; isEscaped: boolean }
  | { kind: 'divider'; length: number }
  | { kind: 'closing' }
  | { kind: 'conflict' };

// Aider's words, those of its predecessors and of Cline; aider takes five to nine signs too.
const opening = /^([ \t]*)(?:<{5,9}|-{5,9}) ?(?:SEARCH|ORIGINAL)\b:?[ \t]*(?:>(?=[ \t]*$))?[ \t]*(\S.*)?$/;
const divider = /^[ \t]*(={5,9})[ \t]*$/;
const closing = /^[ \t]*(?:>{5,9}|\+{5,9}) ?(?:REPLACE|UPDATED)[ \t]*(?:<[ \t]*)?$/;
const conflict = /^[ \t]*(?:<{7}|>{7}|\|{7})(?:[ \t]|$)/;
const angles = new Set(['lt', 'gt']);

export function markerOf(written: string): Marker | undefined {
  const seen = visible(written).trimEnd();
  const line = decoded(seen, angles);
  const open = opening.exec(line);
  if (open) return { kind: 'opening', indent: open[1] ?? '', named: (open[2] ?? '').trim(), isEscaped: line !== seen };
  const divide = divider.exec(line);
  if (divide) return { kind: 'divider', length: divide[1]?.length ?? 0 };
  if (closing.test(line)) return { kind: 'closing' };
  return conflict.test(line) ? { kind: 'conflict' } : undefined;
}

export interface Fence {
  length: number;
  info: string;
}

export function fenceOf(line: string): Fence | undefined {
  const match = /^[ \t]*(`{3,}|~{3,})(.*)$/.exec(visible(line));
  return match ? { length: match[1]?.length ?? 0, info: (match[2] ?? '').trim() } : undefined;
}

/** The length of the fence that is open after a line: the fences inside a longer one are text. */
export function fenceAfter(open: number, line: string): number {
  const fence = fenceOf(line);
  if (!fence) return open;
  if (open === 0) return fence.length;
  return fence.info === '' && fence.length >= open ? 0 : open;
}
