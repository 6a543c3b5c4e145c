import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultPolicy, type Policy } from '../../src/config/policy.ts';
import { limitsOf, refusal } from '../../src/spending/budget.ts';
import { nothingSpent, spending } from './outside.ts';

const policyWith = (incidentUsd: number, dayUsd: number): Policy => ({
  ...defaultPolicy,
  budget: { 'incident-usd': incidentUsd, 'day-usd': dayUsd },
});

describe('the limits', () => {
  it('are the smaller of what the repository wishes and the operator allows, and say whose they are', () => {
    const limits = limitsOf(policyWith(0.5, 50), spending);
    expect(limits).toMatchObject({
      incident: { usd: 0.5, setBy: expect.stringContaining('budget.incident-usd') },
      day: { usd: 10, setBy: expect.stringContaining('SELF_HEAL_BUDGET_DAY_USD') },
      month: { usd: 100, setBy: expect.stringContaining('SELF_HEAL_BUDGET_MONTH_USD') },
    });
  });

  it('name both settings where both say the same', () => {
    expect(limitsOf(policyWith(1, 10), spending).incident.setBy).toMatch(/incident-usd.*SELF_HEAL_BUDGET_INCIDENT_USD/);
  });
});

describe('the next question', () => {
  const limits = limitsOf(policyWith(0.2, 5), spending);

  it('is asked while it fits, to the last cent', () => {
    expect(refusal({ ...nothingSpent, incidentUsd: 0.15 }, limits, 0.05)).toBeUndefined();
  });

  it('is refused in words that say what was spent, of what, and who can raise it', () => {
    const why = refusal({ ...nothingSpent, incidentUsd: 0.1812 }, limits, 0.0534);
    expect(why).toBe(
      'The model was not asked: it has cost 0.18 $ of the 0.20 $ for this incident, and the next question would cost ' +
        'about 0.0534 $. To allow more, raise budget.incident-usd in .github/self-heal.yml.',
    );
  });

  it('is refused by the day or the month with the time from which there is more again', () => {
    const dayFreesAt = new Date('2026-03-03T07:12:40Z');
    const day = refusal({ ...nothingSpent, dayUsd: 4.99, dayFreesAt }, limits, 0.05);
    expect(day).toContain('4.99 $ of the 5.00 $ for this repository in 24 hours');
    expect(day).toContain('from 2026-03-03 07:12 UTC on');
    const month = refusal({ ...nothingSpent, monthUsd: 100, monthFreesAt: dayFreesAt }, limits, 0.05);
    expect(month).toContain('100.00 $ of the 100.00 $ for this installation in 30 days');
    expect(month).toContain('SELF_HEAL_BUDGET_MONTH_USD');
  });

  it('is asked exactly when it fits into all three', () => {
    const usd = fc.double({ min: 0, max: 200, noNaN: true });
    fc.assert(
      fc.property(usd, usd, usd, usd, (incidentUsd, dayUsd, monthUsd, next) => {
        const fits = incidentUsd + next <= 0.2 && dayUsd + next <= 5 && monthUsd + next <= 100;
        expect(refusal({ ...nothingSpent, incidentUsd, dayUsd, monthUsd }, limits, next) === undefined).toBe(fits);
      }),
    );
  });

  it('is never asked with a budget of nothing', () => {
    expect(refusal(nothingSpent, limitsOf(policyWith(0, 0), spending), 0.000001)).toContain('0.00 $');
  });
});
