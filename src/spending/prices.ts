// A price table and what a call used → what it cost, in dollars.
import { z } from 'zod';
import { SelfHealError } from '../errors.ts';
import type { Price, Spending } from '../ports.ts';

export type Prices = Spending['prices'];

/**
 * https://ai.google.dev/gemini-api/docs/pricing as of July 2026: paid tier, standard, text, prompts of up to 200,000
 * tokens (longer ones cost more with the Pro models; no prompt here comes near). `-latest` is priced as what it names.
 */
export const publishedPrices: Prices = {
  'gemini-flash-latest': { input: 1.5, cached: 0.15, output: 9 },
  'gemini-flash-lite-latest': { input: 0.25, cached: 0.025, output: 1.5 },
  'gemini-pro-latest': { input: 2, cached: 0.2, output: 12 },
  'gemini-3.5-flash': { input: 1.5, cached: 0.15, output: 9 },
  'gemini-3.1-pro': { input: 2, cached: 0.2, output: 12 },
  'gemini-3.1-flash-lite': { input: 0.25, cached: 0.025, output: 1.5 },
  'gemini-3-pro': { input: 2, cached: 0.2, output: 12 },
  'gemini-3-flash': { input: 0.5, cached: 0.05, output: 3 },
  'gemini-2.5-pro': { input: 1.25, cached: 0.125, output: 10 },
  'gemini-2.5-flash': { input: 0.3, cached: 0.03, output: 2.5 },
  'gemini-2.5-flash-lite': { input: 0.1, cached: 0.01, output: 0.4 },
};

const perMillion = z.number().min(0).max(10_000);
const PriceFile = z.record(
  z.string().regex(/^[\w.-]{1,100}$/, 'is no name of a model'),
  z
    .strictObject({ input: perMillion, cached: perMillion.optional(), output: perMillion })
    // Without a price of their own, cached tokens are counted too dear rather than too cheap.
    .transform(({ input, cached = input, output }): Price => ({ input, cached, output })),
);

/** The operator's file laid over the published prices. */
export function readPrices(text: string, path: string): Prices {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw unusable(path, [`it is not valid JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const parsed = PriceFile.safeParse(data);
  if (parsed.success) return { ...publishedPrices, ...parsed.data };
  throw unusable(
    path,
    parsed.error.issues.map((issue) => `${issue.path.join(' → ') || 'the file'}: ${issue.message}`),
  );
}

const unusable = (path: string, problems: string[]): SelfHealError =>
  new SelfHealError(
    'settings-invalid',
    `GEMINI_PRICES is ${path}, which is no price table:\n${problems.map((problem) => `  ${problem}`).join('\n')}\n` +
      'Write {"MODEL": {"input": 1.5, "cached": 0.15, "output": 9}}, in dollars per million tokens (docs/configuration.md).',
  );

/** By the longest name in the table that the model's begins with, so `gemini-3.5-flash-001` costs what `gemini-3.5-flash` does. */
export function priceOf(model: string, prices: Prices): Price {
  const known = pricedAs(model, prices);
  const price = known === undefined ? undefined : prices[known];
  return price ?? dearest(prices);
}

/** The name in the table by which the model is priced; none: then it costs what the dearest does. */
export function pricedAs(model: string, prices: Prices): string | undefined {
  return Object.keys(prices)
    .filter((name) => model === name || model.startsWith(`${name}-`))
    .sort((a, b) => b.length - a.length)[0];
}

/** A model that nobody priced is never free. */
function dearest(prices: Prices): Price {
  const most = (part: keyof Price) => Math.max(0, ...Object.values(prices).map((price) => price[part]));
  return { input: most('input'), cached: most('cached'), output: most('output') };
}

export interface Usage {
  inputTokens: number;
  /** Of the input. */
  cachedTokens: number;
  outputTokens: number;
  thinkingTokens: number;
}

export function costUsd(usage: Usage, { input, cached, output }: Price): number {
  const fromCache = Math.min(usage.cachedTokens, usage.inputTokens);
  const cost =
    (usage.inputTokens - fromCache) * input + fromCache * cached + (usage.outputTokens + usage.thinkingTokens) * output;
  return cost / 1_000_000;
}
