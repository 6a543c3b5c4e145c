import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueDate } from '../src/due-date.js';
import { reminders } from '../src/reminders.js';

for (const zone of ['America/Los_Angeles', 'America/New_York', 'UTC', 'Europe/Berlin', 'Pacific/Kiritimati'])
  test(`a day is the same day in ${zone}`, () => {
    process.env.TZ = zone;
    assert.equal(dueDate('2025-03-01', 0), '2025-03-01');
    assert.equal(dueDate('2025-03-01', 14), '2025-03-15');
    assert.equal(dueDate('2025-03-29', 2), '2025-03-31');
    assert.equal(dueDate('2025-11-01', 2), '2025-11-03');
    assert.equal(dueDate('2024-12-20', 30), '2025-01-19');
    assert.deepEqual(reminders({ day: '2025-05-02', daysToPay: 30 }), ['2025-06-01', '2025-06-08', '2025-06-22']);
  });
