import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayPlan } from '../src/day-plan.js';

test('a day that is taken from opening to closing is fully booked', () => {
  const day = { name: 'Monday', opens: '09:00', closes: '12:00', taken: [{ from: '09:00', to: '12:00' }] };
  assert.equal(dayPlan(day, 30), 'Monday: fully booked');
});
