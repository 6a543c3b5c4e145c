import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { quote } from '../src/quote.js';

test('every tier overseas has its new price', () => {
  const costs = [100, 2000, 2001, 4900, 18_000, 20_000].map((grams) => quote({ country: 'US', grams }));
  assert.deepEqual(costs, [2649, 2649, 4099, 4099, 9199, 9199]);
});

test('the other zones are as they were', () => {
  assert.deepEqual([1500, 4000, 15_000].map((grams) => quote({ country: 'FR', grams })), [1449, 1749, 2599]);
});

test('a parcel of more than 20 kg has no price anywhere', () => {
  for (const country of ['DE', 'FR', 'US']) assert.throws(() => quote({ country, grams: 20_001 }), RangeError);
});

test('weights in the file are grams', () => {
  const { zones } = JSON.parse(readFileSync(new URL('../config/rates.json', import.meta.url), 'utf8'));
  for (const { tiers } of Object.values(zones)) assert.equal(tiers.at(-1).upToGrams, 20_000);
});
