// A source file → its text with line numbers, whole or as the windows that the failure points at.
import type { Evidence, SourceFile } from '../../incident/case-file.ts';
import { clipped, withoutInvisible } from '../../text/untrusted.ts';

const radius = 25;
const headLines = 15;

export function numberedSource(
  source: SourceFile,
  evidence: Pick<Evidence, 'failures' | 'changes'>,
  maxCharacters: number,
): string {
  const lines = withoutInvisible(source.text).replace(/\n$/, '').split('\n');
  const width = String(lines.length).length;
  const numbered = lines.map((line, i) => `${String(i + 1).padStart(width)} | ${line}`);
  const whole = numbered.join('\n');
  if (whole.length <= maxCharacters) return whole;
  const focus = pointedAt(source.path, evidence);
  const shown: string[] = [];
  let last = 0;
  for (const [i, line] of numbered.entries()) {
    const at = i + 1;
    if (at > headLines && !focus.some((wanted) => Math.abs(wanted - at) <= radius)) continue;
    if (at > last + 1) shown.push(`[… lines ${last + 1} to ${at - 1} left out …]`);
    shown.push(line);
    last = at;
  }
  if (last < lines.length) shown.push(`[… lines ${last + 1} to ${lines.length} left out …]`);
  return clipped(focus.length > 0 ? shown.join('\n') : whole, maxCharacters);
}

/** Lines of the file that a failure names, or that the failing commit touched. */
function pointedAt(path: string, { failures, changes }: Pick<Evidence, 'failures' | 'changes'>): number[] {
  const isThis = (printed: string | undefined) =>
    printed !== undefined && `/${printed.replaceAll('\\', '/')}`.endsWith(`/${path}`);
  const failing = failures.flatMap((failure) =>
    [failure, ...failure.frames].flatMap(({ file, line }) => (isThis(file) && line !== undefined ? [line] : [])),
  );
  const changed = changes
    .filter((change) => change.path === path)
    .flatMap(({ patch }) => [...patch.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)])
    .map(([, start, count]) => Number(start) + Math.floor(Number(count ?? 1) / 2));
  return [...failing, ...changed];
}
