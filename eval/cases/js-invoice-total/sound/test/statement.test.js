import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Exchange } from '../src/exchange.js';
import { statement } from '../src/statement.js';

test('a statement without invoices has a sum of nothing', async () => {
  assert.equal(await statement([], 'EUR', new Exchange(async () => 1)), 'Sum: 0.00 EUR');
});
