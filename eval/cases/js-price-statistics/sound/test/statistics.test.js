import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, percentile } from '../src/statistics.js';

test('the median is the value in the middle', () => {
  assert.equal(median([9, 100, 8]), 9);
});

test('the median of an even number of values lies between the two in the middle', () => {
  assert.equal(median([30, 10, 40, 20]), 25);
});

test('half of the values do not exceed the 50th percentile', () => {
  assert.equal(percentile([30, 10, 40, 20], 50), 20);
});

test('the values are left in their order', () => {
  const values = [3, 1, 2];
  median(values);
  assert.deepEqual(values, [3, 1, 2]);
});
