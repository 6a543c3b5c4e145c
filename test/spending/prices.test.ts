import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { costUsd, priceOf, publishedPrices, readPrices } from '../../src/spending/prices.ts';

describe('what a call costs', () => {
  it('counts cached input apart, and thoughts as output', () => {
    const usage = { inputTokens: 30_000, cachedTokens: 20_000, outputTokens: 1_000, thinkingTokens: 3_000 };
    const flash = priceOf('gemini-flash-latest', publishedPrices);
    // 10,000 × 1.50 $ + 20,000 × 0.15 $ + 4,000 × 9 $, a million.
    expect(costUsd(usage, flash)).toBeCloseTo(0.054, 10);
  });

  it('is never below nothing, whatever the model says of itself', () => {
    const tokens = fc.nat(2_000_000);
    const usage = fc.record({
      inputTokens: tokens,
      cachedTokens: tokens,
      outputTokens: tokens,
      thinkingTokens: tokens,
    });
    fc.assert(
      fc.property(usage, fc.string(), (used, model) => {
        const cost = costUsd(used, priceOf(model, publishedPrices));
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(cost)).toBe(true);
      }),
    );
  });
});

describe('the price of a model', () => {
  it.each([
    ['gemini-3.5-flash', 1.5],
    ['gemini-3.5-flash-001', 1.5],
    ['gemini-2.5-flash-lite-preview-09-2025', 0.1],
    ['gemini-2.5-flash', 0.3],
    ['gemini-3.1-pro-preview', 2],
  ])('%s is that of the longest name it begins with', (model, input) => {
    expect(priceOf(model, publishedPrices).input).toBe(input);
  });

  it.each(['gemini-9-ultra', '', 'gemini-3.5', 'toString', '__proto__'])(
    'of an unknown one (%j) is the dearest, never nothing',
    (model) => {
      expect(priceOf(model, publishedPrices)).toEqual({ input: 2, cached: 0.2, output: 12 });
    },
  );
});

describe('the operator’s price table', () => {
  it('goes before the published one, name by name', () => {
    const own = { 'gemini-flash-latest': { input: 3, output: 18 }, 'house-model': { input: 0, cached: 0, output: 0 } };
    const prices = readPrices(JSON.stringify(own), 'prices.json');
    expect(priceOf('gemini-flash-latest', prices)).toEqual({ input: 3, cached: 3, output: 18 });
    expect(priceOf('house-model-7b', prices)).toEqual({ input: 0, cached: 0, output: 0 });
    expect(priceOf('gemini-pro-latest', prices)).toEqual(publishedPrices['gemini-pro-latest']);
  });

  it.each([
    ['{"m": {"input": -1, "output": 2}}', 'm → input'],
    ['{"m": {"input": 1}}', 'm → output'],
    ['{"m": {"input": 1, "output": 2, "ouput": 2}}', 'ouput'],
    ['{"m": "cheap"}', 'm: '],
    ['[]', 'the file: '],
    ['{"a b": {"input": 1, "output": 2}}', 'a b'],
    ['{', 'not valid JSON'],
  ])('with a mistake (%s) names the file and the place', (text, place) => {
    const reading = () => readPrices(text, 'conf/prices.json');
    expect(reading).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
    expect(reading).toThrow('conf/prices.json');
    expect(reading).toThrow(place);
  });
});
