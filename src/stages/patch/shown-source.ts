// A source file → the text a model may quote in SEARCH: whole, or the parts that the failure and the diagnosis point at.
import type { Diagnosis, Evidence, SourceFile } from '../../incident/case-file.ts';
import { fileLines, shownLines } from '../../text/shown-lines.ts';

const headLines = 20;
const radii = [80, 40, 20, 8];

interface About {
  evidence: Pick<Evidence, 'failures' | 'changes'>;
  diagnosis: Diagnosis;
}

export function shownSource(source: SourceFile, about: About, maxCharacters: number): string {
  const lines = fileLines(source.text);
  const whole = shownLines(lines, [{ from: 1, to: lines.length }], 'plain');
  if (whole.length <= maxCharacters) return whole;
  const focus = pointedAt(source.path, lines, about);
  for (const radius of radii) {
    const parts = shownLines(lines, ranges(lines.length, focus, radius), 'plain');
    if (parts.length <= maxCharacters) return parts;
  }
  // One line longer than all of the room, as a bundler writes it, cannot be quoted anyway.
  const head = shownLines(lines, ranges(lines.length, [], 0), 'plain');
  return head.length <= maxCharacters ? head : '';
}

/** The head of the file, and what lies around the lines of interest; 1-based, apart from each other. */
function ranges(count: number, focus: readonly number[], radius: number): { from: number; to: number }[] {
  const wanted = focus.map((line) => ({ from: Math.max(1, line - radius), to: Math.min(count, line + radius) }));
  const merged: { from: number; to: number }[] = [{ from: 1, to: Math.min(headLines, count) }];
  for (const range of wanted.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}

/** 1-based lines that a failure or a suspect names, that the failing commit touched, or that define what the diagnosis speaks of. */
function pointedAt(path: string, lines: readonly string[], { evidence, diagnosis }: About): number[] {
  const isThis = (printed: string | undefined) =>
    printed !== undefined && `/${printed.replaceAll('\\', '/')}`.endsWith(`/${path}`);
  const failing = evidence.failures
    .flatMap((failure) => [failure, ...failure.frames])
    .flatMap(({ file, line }) => (isThis(file) && line !== undefined ? [line] : []));
  const suspected = (diagnosis.suspects ?? []).flatMap((one) =>
    one.path === path && one.line !== undefined ? [one.line] : [],
  );
  const changed = evidence.changes
    .filter((change) => change.path === path)
    .flatMap(({ patch }) => [...patch.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)])
    .map(([, start, count]) => Number(start) + Math.floor(Number(count ?? 1) / 2));
  const all = [...failing, ...suspected, ...changed, ...spokenOf(lines, diagnosis)];
  return all.filter((line) => line >= 1 && line <= lines.length);
}

const mostSpokenOf = 20;

function spokenOf(lines: readonly string[], { rootCause, mechanism, change, citations }: Diagnosis): number[] {
  const spoken = new Set(`${rootCause} ${mechanism} ${change}`.match(/[A-Za-z_]\w{3,}/g) ?? []);
  const cited = new Set(citations.flatMap((citation) => citation.split('\n')).map((line) => line.trim()));
  const found = lines.flatMap((line, at) => {
    const name = /\b(?:def|function|class|func|fn|const|let|interface|struct|impl|sub|void)\s+(\w{4,})/.exec(line)?.[1];
    return (name && spoken.has(name)) || (line.trim().length > 8 && cited.has(line.trim())) ? [at + 1] : [];
  });
  return found.slice(0, mostSpokenOf);
}
