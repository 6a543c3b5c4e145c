import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book } from '../src/booking.ts';
import { printed } from '../src/print.ts';
import { emptyHall } from '../src/seat-map.ts';

test('seats are booked side by side', () => {
  const hall = emptyHall(1, 6);
  assert.equal(book(hall, 0, 2), true);
  assert.equal(book(hall, 0, 3), true);
  assert.equal(printed(hall), 'xxxxx.');
  assert.equal(book(hall, 0, 2), false);
});

test('a row that is not there cannot be booked', () => {
  assert.throws(() => book(emptyHall(2, 2), 2, 1), /there is no row 2/);
});
