// A source file → the text a model may quote in SEARCH: whole, or the parts that the failure and the diagnosis point at.
import type { Diagnosis, Evidence, SourceFile } from '../../incident/case-file.ts';
import { withoutInvisible } from '../../text/untrusted.ts';

const headLines = 20;
const radii = [80, 40, 20, 8];

export function shownSource(
  source: SourceFile,
  about: { evidence: Pick<Evidence, 'failures' | 'changes'>; diagnosis: Diagnosis },
  maxCharacters: number,
): string {
  const text = withoutInvisible(source.text).replace(/\n$/, '');
  if (text.length <= maxCharacters) return text;
  const lines = text.split('\n');
  const focus = pointedAt(source.path, lines, about);
  for (const radius of radii) {
    const parts = parted(lines, focus, radius);
    if (parts.length <= maxCharacters) return parts;
  }
  return lines.length > 1 ? parted(lines, [], 0).slice(0, maxCharacters) : '';
}

function parted(lines: readonly string[], focus: readonly number[], radius: number): string {
  const shown: string[] = [];
  let last = -1;
  for (const [at, line] of lines.entries()) {
    if (at >= headLines && !focus.some((wanted) => Math.abs(wanted - at) <= radius)) continue;
    if (at > last + 1) shown.push(`[lines ${last + 2} to ${at} are not shown: do not quote them]`);
    shown.push(line);
    last = at;
  }
  if (last < lines.length - 1) shown.push(`[lines ${last + 2} to ${lines.length} are not shown: do not quote them]`);
  return shown.join('\n');
}

/** 0-based lines that a failure names, that the failing commit touched, or that define what the diagnosis speaks of. */
function pointedAt(
  path: string,
  lines: readonly string[],
  { evidence, diagnosis }: { evidence: Pick<Evidence, 'failures' | 'changes'>; diagnosis: Diagnosis },
): number[] {
  const isThis = (printed: string | undefined) =>
    printed !== undefined && `/${printed.replaceAll('\\', '/')}`.endsWith(`/${path}`);
  const failing = evidence.failures
    .flatMap((failure) => [failure, ...failure.frames])
    .flatMap(({ file, line }) => (isThis(file) && line !== undefined ? [line - 1] : []));
  const changed = evidence.changes
    .filter((change) => change.path === path)
    .flatMap(({ patch }) => [...patch.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)])
    .map(([, start, count]) => Number(start) - 1 + Math.floor(Number(count ?? 1) / 2));
  const words = `${diagnosis.rootCause} ${diagnosis.mechanism} ${diagnosis.change}`.match(/[A-Za-z_]\w{3,}/g) ?? [];
  const spoken = new Set(words);
  const cited = new Set(diagnosis.citations.flatMap((citation) => citation.split('\n')).map((line) => line.trim()));
  const defined = lines.flatMap((line, at) => {
    const name = /\b(?:def|function|class|func|fn|const|let|interface|struct|impl|sub|void)\s+(\w{4,})/.exec(line)?.[1];
    return (name && spoken.has(name)) || (line.trim().length > 8 && cited.has(line.trim())) ? [at] : [];
  });
  return [...failing, ...changed, ...defined.slice(0, 20)];
}
