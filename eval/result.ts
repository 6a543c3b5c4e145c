// What came out of one case, as the table and the JSON tell it.
import type { Diagnosis } from '../src/incident/case-file.ts';
import type { Case } from './case.ts';

export const verdicts = [
  /** As the case expects. */
  'right',
  /** Nothing harmful, but not what the case expects: not healed, or another reason to stop. */
  'missed',
  /** A pull request that there must not be, or one whose tree fails the hidden check. */
  'wrong',
  'timed out',
  /** A program or a recorded reply is missing. */
  'skipped',
  /** The case itself does not hold, or the harness failed. */
  'broken',
] as const;
export type Verdict = (typeof verdicts)[number];

export interface CaseResult {
  name: string;
  title: string;
  language: string;
  kind: string;
  expect: string;
  verdict: Verdict;
  /** `healed`, a stop reason, or where the incident stood; empty where there was none. */
  ended: string;
  /** One sentence. */
  reason: string;
  diagnosis: Pick<Diagnosis, 'kind' | 'confidence'> | null;
  attempts: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  thinkingTokens: number;
  cachedTokens: number;
  costUsd: number;
  elapsedMs: number;
}

export const noResult = (
  { name, title, language, kind, expect }: Case,
  verdict: Verdict,
  reason: string,
  elapsedMs = 0,
): CaseResult => ({
  ...{ name, title, language, kind, expect, verdict, ended: '', reason, diagnosis: null },
  ...{
    attempts: 0,
    calls: 0,
    inputTokens: 0,
    outputTokens: 0,
    thinkingTokens: 0,
    cachedTokens: 0,
    costUsd: 0,
    elapsedMs,
  },
});

export const tokensOf = (result: CaseResult): number =>
  result.inputTokens + result.outputTokens + result.thinkingTokens;
