// The models that a repository names → those of them that the operator allows, attempt by attempt, and the others as tries that were never made.
import type { Policy } from '../config/policy.ts';
import type { Spending, Tried } from '../ports.ts';

export function ladderOf(policy: Policy, spending: Spending): { ladder: readonly string[]; notAllowed: Tried[] } {
  const allowed = policy.models.filter((model) => spending.allowedModels.includes(model));
  const notAllowed = [...new Set(policy.models)].filter((model) => !allowed.includes(model));
  return {
    ladder: allowed.length > 0 ? allowed : spending.ladder,
    notAllowed: notAllowed.map((model) => ({
      model,
      code: 'model-refused',
      detail: 'the policy names it, the operator does not allow it (GEMINI_ALLOWED_MODELS)',
    })),
  };
}

export const rungOf = (ladder: readonly string[], attempt: number): string =>
  ladder[Math.min(attempt, ladder.length) - 1] ?? '';
