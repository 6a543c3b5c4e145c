// The changed lines of a file and its text → the functions they stand in, by name.
import { parsePatch } from 'diff';
import { enclosing, outlineOf } from '../../syntax/outline.ts';

const mostLines = 2_000;

/** On the new side; where lines only went, the place they went from. */
export function changedLines(patch: string): number[] {
  const lines: number[] = [];
  for (const hunk of hunksOf(patch)) {
    let at = hunk.newStart;
    for (const line of hunk.lines) {
      if (line.startsWith('+') || line.startsWith('-')) lines.push(at);
      if (line.startsWith('+') || line.startsWith(' ')) at += 1;
      if (lines.length >= mostLines) return lines;
    }
  }
  return [...new Set(lines)];
}

/** GitHub gives the hunks without the file's header, and cuts long ones short: such a patch names no lines. */
function hunksOf(patch: string): { newStart: number; lines: string[] }[] {
  if (!patch.startsWith('@@')) return [];
  try {
    return parsePatch(patch).flatMap(({ hunks }) => hunks);
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}

/** `path#Class.method`, the innermost ones; none where no grammar knows the file. */
export async function touchedFunctions(path: string, text: string, lines: readonly number[]): Promise<string[]> {
  const outline = lines.length > 0 ? await outlineOf(path, text) : undefined;
  if (!outline) return [];
  const names = lines.flatMap((line) => {
    const around = enclosing(outline, line).find(({ kind }) => kind === 'function' || kind === 'method');
    return around ? [`${path}#${around.qualifiedName}`] : [];
  });
  return [...new Set(names)];
}
