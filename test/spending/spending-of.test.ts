import { describe, expect, it } from '@jest/globals';
import { readSettings, type Settings } from '../../src/config/settings.ts';
import { publishedPrices } from '../../src/spending/prices.ts';
import { spendingOf } from '../../src/spending/spending-of.ts';

const none = (): string => {
  throw new Error('ENOENT: no such file');
};

function settings(env: Record<string, string> = {}): Settings {
  const reading = readSettings(env, none);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.settings;
}

describe('the operator’s spending', () => {
  it('has the published prices and the settings’ budgets and models', () => {
    const env = { GEMINI_LADDER: 'a,b', GEMINI_ALLOWED_MODELS: 'c', SELF_HEAL_BUDGET_MONTH_USD: '7' };
    expect(spendingOf(settings(env), none)).toEqual({
      ladder: ['a', 'b'],
      allowedModels: ['a', 'b', 'c'],
      prices: publishedPrices,
      incidentUsd: 1,
      dayUsd: 10,
      monthUsd: 7,
    });
  });

  it('reads prices from the file that GEMINI_PRICES names', () => {
    const read = (path: string) => (path === 'prices.json' ? '{"a": {"input": 1, "output": 2}}' : none());
    const { prices } = spendingOf(settings({ GEMINI_PRICES: 'prices.json' }), read);
    expect(prices.a).toEqual({ input: 1, cached: 1, output: 2 });
  });

  it.each([
    [none, /prices\.json, which cannot be read: ENOENT/],
    [() => '{"a": 1}', /prices\.json, which is no price table:\n {2}a: /],
  ])('names a file that is of no use', (read, says) => {
    const reading = () => spendingOf(settings({ GEMINI_PRICES: 'prices.json' }), read);
    expect(reading).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
    expect(reading).toThrow(says);
  });
});
