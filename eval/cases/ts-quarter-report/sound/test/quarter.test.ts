import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastDayOf, quarterOf } from '../src/quarter.ts';

test('a quarter has three months', () => {
  assert.equal(quarterOf('2025-01-15'), '2025-Q1');
  assert.equal(quarterOf('2025-03-31'), '2025-Q1');
  assert.equal(quarterOf('2025-04-01'), '2025-Q2');
});

test('a quarter ends with its third month', () => {
  assert.equal(lastDayOf('2025-Q1'), '2025-03-31');
  assert.equal(lastDayOf('2024-Q4'), '2024-12-31');
});
