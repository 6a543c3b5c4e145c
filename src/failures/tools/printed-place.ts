// A file, line and column as a pattern captured them → the place they name; what was not printed is left out.
import type { StackFrame } from '../../incident/failure.ts';

export function printedPlace(
  file: string | undefined,
  line?: string | undefined,
  column?: string | undefined,
): Partial<Pick<StackFrame, 'file' | 'line' | 'column'>> {
  const [atLine, atColumn] = [Number(line), Number(column)];
  if (!file) return {};
  const path = file.replace(/^file:\/\/(?=\/)/, '');
  if (!Number.isSafeInteger(atLine) || atLine < 1) return { file: path };
  const isColumn = column !== undefined && Number.isSafeInteger(atColumn) && atColumn >= 0;
  return { file: path, line: atLine, ...(isColumn ? { column: atColumn } : {}) };
}
