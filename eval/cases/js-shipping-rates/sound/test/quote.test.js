import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quote } from '../src/quote.js';

test('a parcel within the country', () => {
  assert.equal(quote({ country: 'DE', grams: 1500 }), 549);
});

test('a heavier parcel costs more', () => {
  assert.ok(quote({ country: 'FR', grams: 4000 }) > quote({ country: 'FR', grams: 400 }));
});

test('a parcel overseas has a price', () => {
  assert.ok(quote({ country: 'JP', grams: 1500 }) > 0);
});

test('too heavy, or to a country without a rate', () => {
  assert.throws(() => quote({ country: 'DE', grams: 20001 }), /no rate for 20001 g in zone home/);
  assert.throws(() => quote({ country: 'XX', grams: 100 }), /we do not deliver to XX/);
});
