import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueDate } from '../src/due-date.js';

test('an invoice is due so many days after its own', () => {
  assert.equal(dueDate('2025-03-01', 14), '2025-03-15');
});

test('months and years have their own lengths', () => {
  assert.equal(dueDate('2024-02-20', 10), '2024-03-01');
  assert.equal(dueDate('2024-12-20', 30), '2025-01-19');
});
