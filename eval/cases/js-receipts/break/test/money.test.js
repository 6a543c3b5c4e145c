import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCents } from '../src/money.js';

test('cents have two digits', () => {
  assert.equal(formatCents(1205), '12.05');
  assert.equal(formatCents(-7), '-0.07');
});
