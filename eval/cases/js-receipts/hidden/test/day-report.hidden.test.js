import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayReport } from '../src/day-report.js';
import { formatCents } from '../src/money.js';
import { receipt } from '../src/receipt.js';

test('every line of the report is printed', () => {
  assert.equal(
    dayReport({ opening: 5000, sales: [350, 420], refunds: [350] }),
    'Sales   7.70 (2)\nRefunds -3.50 (1)\nDrawer  54.20',
  );
});

test('what was renamed keeps its new name', () => {
  assert.equal(formatCents(5), '0.05');
  assert.match(receipt([{ name: 'Tea', cents: 350 }]), /^Tea +3\.50$/m);
});
