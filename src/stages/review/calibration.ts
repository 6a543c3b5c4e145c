// A proposal's stated confidence and what became of earlier proposals → the confidence that history bears out.
import type { Diagnosis } from '../../incident/case-file.ts';
import type { ProposalOutcome } from '../../ports.ts';

/** Proposals whose stated confidence is that near are alike. */
const likeWithin = 0.1;
/** Models say more than they keep: this much less is believed until history says otherwise. */
const margin = 0.1;
/** How many proposals that belief weighs as much as. */
const beliefWeight = 4;
/** 0.9 − 0.8 is not 0.1 in binary. */
const rounding = 1e-9;

export interface Calibrated {
  confidence: number;
  /** Of so many proposals like this one that people decided on, */
  like: number;
  /** so many held after the merge. */
  held: number;
}

/**
 * The mean of a Beta distribution: the belief, `stated − margin`, weighs as much as `beliefWeight` proposals, and every
 * proposal of the same kind and a like confidence as one: (beliefWeight × belief + held) / (beliefWeight + like).
 */
export function calibrated(
  { kind, confidence }: Pick<Diagnosis, 'kind' | 'confidence'>,
  history: readonly ProposalOutcome[],
): Calibrated {
  const like = history.filter(
    (one) =>
      one.kind === kind && one.outcome !== 'ignored' && Math.abs(one.confidence - confidence) <= likeWithin + rounding,
  );
  const held = like.filter(({ outcome }) => outcome === 'held').length;
  const belief = Math.max(0, confidence - margin);
  return {
    confidence: (beliefWeight * belief + held) / (beliefWeight + like.length),
    like: like.length,
    held,
  };
}
