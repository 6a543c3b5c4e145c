import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receipt } from '../src/receipt.js';

test('a receipt ends with the sum', () => {
  const text = receipt([
    { name: 'Tea', cents: 350 },
    { name: 'Cake', cents: 420 },
  ]);
  assert.equal(text.split('\n').at(-1), 'Sum                 7.70');
});
