// Several patches for one question → each different one once, the one to validate first in front.
import type { Candidate, Diagnosis } from '../../incident/case-file.ts';
import { normalisedDiff } from '../../text/unified-diff.ts';

/** A candidate and how many replies came to it. */
export interface Agreed {
  candidate: Candidate;
  agreement: number;
}

/** Equal patches count together; the first of them stands for all. */
export function distinct(candidates: readonly Candidate[]): Agreed[] {
  const byDiff = new Map<string, Agreed>();
  for (const candidate of candidates) {
    const key = normalisedDiff(candidate.diff);
    const known = byDiff.get(key);
    if (known) known.agreement += 1;
    else byDiff.set(key, { candidate, agreement: 1 });
  }
  return [...byDiff.values()];
}

/** What the second look refused goes last; then agreement, the files that the diagnosis does not name, and size decide. */
export function ranked(agreed: readonly Agreed[], { files }: Pick<Diagnosis, 'files'>): Candidate[] {
  const weigh = ({ candidate, agreement }: Agreed): number[] => [
    candidate.opinion === undefined ? 1 : candidate.opinion.verdict === 'accept' ? 0 : 2,
    -agreement,
    candidate.files.filter((file) => !file.isTest && !files.includes(file.path)).length,
    changedLines(candidate),
  ];
  return agreed
    .map((one) => ({ candidate: one.candidate, weight: weigh(one) }))
    .toSorted((a, b) => compared(a.weight, b.weight))
    .map(({ candidate }) => candidate);
}

const compared = (a: readonly number[], b: readonly number[]): number =>
  a.map((weight, i) => weight - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;

const changedLines = ({ diff }: Candidate): number =>
  diff.split('\n').filter((line) => /^[+-](?!\+\+ |-- )/.test(line)).length;
