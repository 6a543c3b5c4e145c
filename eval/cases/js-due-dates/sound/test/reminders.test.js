import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOverdue, reminders } from '../src/reminders.js';

const invoice = { day: '2025-05-02', daysToPay: 30 };

test('reminders go out when it is due, one week later and three weeks later', () => {
  assert.deepEqual(reminders(invoice), ['2025-06-01', '2025-06-08', '2025-06-22']);
});

test('an invoice is overdue on the day after it is due', () => {
  assert.equal(isOverdue(invoice, '2025-06-01'), false);
  assert.equal(isOverdue(invoice, '2025-06-02'), true);
});
