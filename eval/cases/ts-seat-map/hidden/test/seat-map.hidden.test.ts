import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book } from '../src/booking.ts';
import { printed } from '../src/print.ts';
import { emptyHall, freeSeats } from '../src/seat-map.ts';

test('each row is its own', () => {
  const hall = emptyHall(3, 4);
  book(hall, 1, 2);
  assert.equal(printed(hall), '....\nxx..\n....');
  book(hall, 2, 4);
  assert.equal(printed(hall), '....\nxx..\nxxxx');
  assert.equal(freeSeats(hall), 6);
});

test('two halls have nothing in common', () => {
  const [one, other] = [emptyHall(1, 2), emptyHall(1, 2)];
  book(one, 0, 2);
  assert.equal(printed(other), '..');
});

test('a hall without rows has no seats', () => {
  assert.equal(freeSeats(emptyHall(0, 5)), 0);
});
