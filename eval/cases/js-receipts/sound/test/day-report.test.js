import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayReport } from '../src/day-report.js';

test('the drawer holds what it held, and what was taken', () => {
  const text = dayReport({ opening: 5000, sales: [350, 420], refunds: [] });
  assert.equal(text.split('\n').at(-1), 'Drawer  57.70');
});
