import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayPlan } from '../src/day-plan.js';
import { freeSlots } from '../src/slots.js';

test('an appointment as long as the day fits once', () => {
  assert.deepEqual(freeSlots({ opens: '09:00', closes: '09:30' }, 30), ['09:00']);
});

test('an appointment longer than the day fits never', () => {
  assert.deepEqual(freeSlots({ opens: '09:00', closes: '09:30' }, 31), []);
  assert.deepEqual(freeSlots({ opens: '09:00', closes: '09:30' }, 120), []);
});

test('no appointment ends after closing time, also where steps do not meet it', () => {
  assert.deepEqual(freeSlots({ opens: '09:00', closes: '10:10' }, 30, 20), ['09:00', '09:20', '09:40']);
});

test('the plan of a day names its last slot', () => {
  assert.equal(
    dayPlan({ name: 'Friday', opens: '08:00', closes: '12:00' }, 60),
    'Friday: 13 free, first 08:00, last 11:00',
  );
});
