// What a step may return: the closed set that the lifecycle's table understands.
import type { CaseFile } from './case-file.ts';

/** Why an incident ended without a fix, or with one: metric label, dashboard text and a line in docs/errors.md. */
export const stopReasons = {
  recovered: 'The failed jobs were run again and passed: a transient failure, nothing to patch.',
  'not-ours': 'The run or issue is not one that this installation heals.',
  duplicate: 'Another open incident already works on the same failure.',
  'already-tried': 'The same failure was tried before without success and nothing has changed since.',
  'breaker-open': 'Too many heals of this failure in a short time: somebody has to look.',
  'no-evidence': 'Neither the log nor the issue names a failure that leads into the repository.',
  outside: 'The cause lies outside the repository (an outside service, the runner, a missing secret).',
  flaky: 'The failure comes and goes without a change of the code.',
  'low-confidence': 'The cause was not certain enough to build a patch on.',
  'too-risky': 'The change that would help is riskier than the policy lets Self-Heal try.',
  'budget-spent': 'The budget for the model is spent; nothing more is tried until there is more of it.',
  'no-patch': 'No attempt gave a patch that fits the sources, the rules and the tests.',
  forbidden: 'The only change that would help is one that Self-Heal never makes.',
  exposed:
    'A workflow of the repository would run the unproven or unreleased change with secrets, whatever the quarantine says.',
  'no-workflow':
    'The repository has no `.github/workflows/self-heal.yml` that the App can start, so nothing can be proven.',
  'not-reproduced': 'The sandbox could not make the failure happen on the failing commit.',
  'sandbox-unavailable': 'The sandbox run did not deliver a report in time.',
  'base-moved': 'The branch moved on while the patch was made, and the patch no longer applies.',
  rejected: 'A person closed the pull request or said stop.',
  'no-answer': 'Nobody reviewed the pull request before the deadline.',
  healed: 'The fix was merged and held.',
  reverted: 'The failure came back after the merge; a revert was proposed.',
  shadowed:
    'Everything up to the proof was done and nothing shown, because the policy says shadow, or it was a dry run.',
  'diagnose-only': 'The policy says to explain and not to patch.',
  disabled: 'The repository switched Self-Heal off, or set a label that forbids it.',
  'access-lost': 'Self-Heal may no longer read or write what it needs in this repository.',
  'model-failed': 'The model gave no usable answer.',
  defect: 'Self-Heal itself failed; the operator was told.',
} as const;
export type StopReason = keyof typeof stopReasons;

export type Outcome =
  | { kind: 'done'; papers: Partial<CaseFile>; said: string }
  /** The world has to move first; the step is run again when it does, at `checkAt`, and at the deadline. */
  | { kind: 'wait'; papers: Partial<CaseFile>; said: string; waitsFor: WaitsFor; deadlineAt: Date; checkAt?: Date }
  /** What was tried does not hold: another attempt, with this feedback. */
  | { kind: 'again'; papers: Partial<CaseFile>; feedback: string }
  /** The failure is another one by now, or the evidence does not do: an earlier desk has to look again. Spends no attempt. */
  | { kind: 'back'; papers: Partial<CaseFile>; said: string }
  /** What was merged does not hold. Spends no attempt. */
  | { kind: 'undo'; papers: Partial<CaseFile>; said: string }
  | { kind: 'stop'; papers: Partial<CaseFile>; reason: StopReason; said: string };

export type WaitsFor = 'rerun' | 'sandbox' | 'people' | 'time';

export const stop = (reason: StopReason, said: string, papers: Partial<CaseFile> = {}): Outcome => ({
  kind: 'stop',
  reason,
  said,
  papers,
});
