// The operator's settings → which models there are, what they cost and what they may cost.
import type { Settings } from '../config/settings.ts';
import { SelfHealError } from '../errors.ts';
import type { Spending } from '../ports.ts';
import { publishedPrices, readPrices } from './prices.ts';

export function spendingOf(
  { gemini, spending }: Pick<Settings, 'gemini' | 'spending'>,
  readFile: (path: string) => string,
): Spending {
  const { pricesPath, ...limits } = spending;
  const { ladder, allowedModels } = gemini;
  return { ...limits, ladder, allowedModels, prices: pricesPath ? fileAt(pricesPath, readFile) : publishedPrices };
}

function fileAt(path: string, readFile: (path: string) => string) {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SelfHealError('settings-invalid', `GEMINI_PRICES is ${path}, which cannot be read: ${why}`);
  }
  return readPrices(text, path);
}
