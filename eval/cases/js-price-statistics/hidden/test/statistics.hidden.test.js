import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../src/offer.js';
import { median, percentile } from '../src/statistics.js';

test('numbers are ordered by their value, in both functions', () => {
  assert.equal(median([9, 10, 11, 100, 1000]), 11);
  assert.equal(percentile([9, 100, 1000], 30), 9);
  assert.equal(percentile([9, 100, 1000], 100), 1000);
});

test('negative numbers and fractions are ordered too', () => {
  assert.equal(median([-1, -10, 2.5]), -1);
  assert.equal(percentile([-1, -10, 2.5], 1), -10);
});

test('a bargain is one among prices of two and three digits', () => {
  assert.equal(judge(95, [99, 100, 110, 120, 130]), 'bargain');
});

test('the values are left in their order', () => {
  const values = [100, 9];
  median(values);
  percentile(values, 50);
  assert.deepEqual(values, [100, 9]);
});
