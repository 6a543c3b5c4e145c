import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney } from '../src/money.js';

test('cents have two digits', () => {
  assert.equal(formatMoney(1205), '12.05');
  assert.equal(formatMoney(-7), '-0.07');
});
