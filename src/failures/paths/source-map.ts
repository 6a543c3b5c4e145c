// A source map's text and a position in what was built → the position in the source.
import {
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  type Needle,
  originalPositionFor,
  TraceMap,
} from '@jridgewell/trace-mapping';
import { z } from 'zod';

export interface SourcePosition {
  /** As the map names it, its `sourceRoot` in front: relative to the map, or a bundler's address. */
  source: string;
  line: number;
  /** 1-based, as V8 prints columns. */
  column: number;
}

const mostCharacters = 5_000_000;

const SourceMap = z.object({
  version: z.literal(3),
  sourceRoot: z.string().nullish(),
  sources: z.array(z.string().nullable()),
  names: z.array(z.string()).default([]),
  mappings: z.string().regex(/^[A-Za-z\d+/,;]*$/),
});

/** Of version 3, without sections; neither too long nor broken. */
export function readSourceMap(text: string): TraceMap | undefined {
  if (text.length > mostCharacters) return undefined;
  try {
    // Some servers put a line in front, so that no page can run it as a script.
    const json: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ''));
    const { sourceRoot, ...map } = SourceMap.parse(json);
    return new TraceMap(sourceRoot ? { ...map, sourceRoot } : map);
  } catch {
    return undefined;
  }
}

/** Both 1-based; without a column the line's first mapping counts. */
export function originalPosition(map: TraceMap, line: number, column?: number): SourcePosition | undefined {
  if (!Number.isInteger(line) || line < 1) return undefined;
  const needle = { line, column: Math.max(0, (column ?? 1) - 1) };
  // What lies before the line's first mapping belongs to that one.
  return (
    positionOf(map, { ...needle, bias: GREATEST_LOWER_BOUND }) ??
    positionOf(map, { ...needle, bias: LEAST_UPPER_BOUND })
  );
}

function positionOf(map: TraceMap, needle: Needle): SourcePosition | undefined {
  try {
    const { source, line, column } = originalPositionFor(map, needle);
    return source === null || line < 1 ? undefined : { source, line, column: column + 1 };
  } catch {
    return undefined; // The mappings are decoded when they are first asked for, and may be broken.
  }
}
