// What a metered model needs besides the model: an operator's spending, and a ledger in memory that keeps what it is told.
import type { Inquiry, Ledger, Reply, Settlement, Spending, Spent } from '../../src/ports.ts';
import { publishedPrices } from '../../src/spending/prices.ts';

export const spending: Spending = {
  ladder: ['gemini-flash-latest', 'gemini-flash-latest', 'gemini-pro-latest'],
  allowedModels: ['gemini-flash-latest', 'gemini-pro-latest'],
  prices: publishedPrices,
  incidentUsd: 1,
  dayUsd: 10,
  monthUsd: 100,
};

export const nothingSpent: Spent = {
  incidentUsd: 0,
  dayUsd: 0,
  dayFreesAt: null,
  monthUsd: 0,
  monthFreesAt: null,
};

interface TestLedger extends Ledger {
  inquiries: Inquiry[];
  settlements: Settlement[];
}

/** Remembers no answer; `spent` is what every reservation finds. */
export function ledgerIn(spent: Spent = nothingSpent): TestLedger {
  const inquiries: Inquiry[] = [];
  const settlements: Settlement[] = [];
  return {
    inquiries,
    settlements,
    answered: async () => undefined,
    reserve: async (inquiry, refusal) => {
      const why = refusal(spent);
      if (why !== undefined) return { kind: 'refused', why };
      return { kind: 'reserved', id: inquiries.push(inquiry) };
    },
    settle: async (_, settlement) => {
      settlements.push(settlement);
    },
  };
}

export const replyOf = (text: string, changes: Partial<Reply> = {}): Reply => ({
  text,
  model: 'gemini-flash-latest',
  inputTokens: 10_000,
  outputTokens: 1_000,
  thinkingTokens: 2_000,
  cachedTokens: 4_000,
  latencyMs: 1_200,
  cutOff: false,
  tried: [],
  ...changes,
});
