import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyHall, freeSeats } from '../src/seat-map.ts';

test('a hall has its rows and seats, all free', () => {
  const hall = emptyHall(12, 20);
  assert.equal(hall.length, 12);
  assert.equal(freeSeats(hall), 240);
});
