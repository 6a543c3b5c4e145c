import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from '../src/report.ts';

test('sales are added up by quarter', () => {
  const sales = [
    { day: '2025-05-05', cents: 1000 },
    { day: '2025-02-03', cents: 500 },
    { day: '2025-06-30', cents: 250 },
  ];
  assert.equal(report(sales), '2025-Q1 (to 2025-03-31): 5.00\n2025-Q2 (to 2025-06-30): 12.50');
});
