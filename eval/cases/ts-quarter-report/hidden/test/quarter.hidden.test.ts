import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastDayOf, quarterOf } from '../src/quarter.ts';

test('every month is in its quarter, from its first day to its last', () => {
  for (let month = 1; month <= 12; month++) {
    const two = String(month).padStart(2, '0');
    const quarter = `2025-Q${[1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4][month - 1]}`;
    assert.equal(quarterOf(`2025-${two}-01`), quarter);
    assert.equal(quarterOf(`2025-${two}-28`), quarter);
  }
  assert.equal(quarterOf('2024-12-31'), '2024-Q4');
});

test('the last day of a quarter is in it', () => {
  for (const quarter of ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4']) assert.equal(quarterOf(lastDayOf(quarter)), quarter);
});

test('what is no day is refused', () => {
  assert.throws(() => quarterOf('2025-13-01'), /2025-13-01 is no day/);
});
