// What was spent, and what may be → nothing, or why the next question is not asked, in words for the maintainer.
import type { Policy } from '../config/policy.ts';
import type { Spending, Spent } from '../ports.ts';

interface Limit {
  usd: number;
  /** Which setting would have to be raised. */
  setBy: string;
}

export interface Limits {
  incident: Limit;
  day: Limit;
  month: Limit;
}

/** The smaller of the repository's wish and the operator's word. */
export function limitsOf(policy: Policy, spending: Spending): Limits {
  const { 'incident-usd': incidentUsd, 'day-usd': dayUsd } = policy.budget;
  return {
    incident: smaller(
      { usd: incidentUsd, setBy: 'budget.incident-usd in .github/self-heal.yml' },
      { usd: spending.incidentUsd, setBy: 'SELF_HEAL_BUDGET_INCIDENT_USD of the operator' },
    ),
    day: smaller(
      { usd: dayUsd, setBy: 'budget.day-usd in .github/self-heal.yml' },
      { usd: spending.dayUsd, setBy: 'SELF_HEAL_BUDGET_DAY_USD of the operator' },
    ),
    month: { usd: spending.monthUsd, setBy: 'SELF_HEAL_BUDGET_MONTH_USD of the operator' },
  };
}

function smaller(wish: { usd: number | undefined; setBy: string }, other: Limit): Limit {
  if (wish.usd === undefined) return other;
  const one: Limit = { ...wish, usd: wish.usd };
  if (one.usd === other.usd) return { usd: one.usd, setBy: `${one.setBy} and ${other.setBy}` };
  return one.usd < other.usd ? one : other;
}

/** Undefined: it may be asked. */
export function refusal(spent: Spent, limits: Limits, nextUsd: number): string | undefined {
  const scopes = [
    { of: 'this incident', spentUsd: spent.incidentUsd, limit: limits.incident, freesAt: null },
    { of: 'this repository in 24 hours', spentUsd: spent.dayUsd, limit: limits.day, freesAt: spent.dayFreesAt },
    { of: 'this installation in 30 days', spentUsd: spent.monthUsd, limit: limits.month, freesAt: spent.monthFreesAt },
  ];
  const full = scopes.find(({ spentUsd, limit }) => spentUsd + nextUsd > limit.usd);
  if (!full) return undefined;
  const { of, spentUsd, limit, freesAt } = full;
  const raise = `To allow more, raise ${limit.setBy}.`;
  const frees = freesAt ? ` The oldest call that counts is no longer counted from ${minute(freesAt)} on.` : '';
  return (
    `The model was not asked: it has cost ${amount(spentUsd)} of the ${amount(limit.usd)} for ${of}, ` +
    `and the next question would cost about ${amount(nextUsd)}.${frees} ${raise}`
  );
}

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Two digits, and more where two would say nothing. */
const amount = (usd: number): string => `${usd.toFixed(usd > 0 && usd < 0.1 ? 4 : 2)} $`;
