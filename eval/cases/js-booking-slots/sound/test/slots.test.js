import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeSlots } from '../src/slots.js';

test('appointments start every quarter of an hour, and the last one ends at closing time', () => {
  const day = { opens: '09:00', closes: '10:30' };
  assert.deepEqual(freeSlots(day, 45), ['09:00', '09:15', '09:30', '09:45']);
});

test('an appointment does not run into one that is taken', () => {
  const day = { opens: '09:00', closes: '10:00', taken: [{ from: '09:30', to: '09:45' }] };
  assert.equal(freeSlots(day, 30).includes('09:15'), false);
  assert.equal(freeSlots(day, 30).includes('09:00'), true);
});
