// A diagnosis, the policy and the evidence → whether a patch is built on it, or why a person goes on from here.
import { mayPatch, type Policy } from '../../config/policy.ts';
import type { Diagnosis, Evidence } from '../../incident/case-file.ts';
import type { StopReason } from '../../incident/outcome.ts';

export type Verdict =
  | { kind: 'patch' }
  /** The commit that would be taken back has to be read first. */
  | { kind: 'read'; sha: string }
  | { kind: 'abstain'; reason: StopReason; why?: string };

const abstentions: Partial<Record<Diagnosis['kind'], StopReason>> = {
  outside: 'outside',
  environment: 'outside',
  flaky: 'flaky',
  unknown: 'low-confidence',
};

const risks: readonly Diagnosis['risk'][] = ['low', 'medium', 'high'];

/** What the cause is counts more than how sure that is, that more than the policy, and the policy more than what is missing. */
export function verdict(
  { kind, confidence, risk, revert }: Diagnosis,
  policy: Pick<Policy, 'min-confidence' | 'max-risk' | 'mode'>,
  { hasSandboxWorkflow, inverse }: Pick<Evidence, 'hasSandboxWorkflow' | 'inverse'>,
): Verdict {
  const abstention = abstentions[kind];
  if (abstention) return { kind: 'abstain', reason: abstention };
  const least = policy['min-confidence'];
  if (confidence < least)
    return { kind: 'abstain', reason: 'low-confidence', why: `Below the policy's min-confidence of ${least}.` };
  const worst = policy['max-risk'];
  if (risks.indexOf(risk) > risks.indexOf(worst))
    return { kind: 'abstain', reason: 'too-risky', why: `Above the policy's max-risk: ${worst}.` };
  if (!mayPatch(policy.mode)) return { kind: 'abstain', reason: 'diagnose-only' };
  // A patch that nothing can prove is not worth its price: the diagnosis is.
  if (!hasSandboxWorkflow) return { kind: 'abstain', reason: 'no-workflow' };
  return revert && inverse?.sha !== revert.sha ? { kind: 'read', sha: revert.sha } : { kind: 'patch' };
}
