import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Exchange } from '../src/exchange.js';
import { invoiceTotal } from '../src/invoice.js';

const rates = { 'USD/EUR': 0.9, 'GBP/EUR': 1.2 };
const exchange = () => new Exchange(async (from, to) => rates[`${from}/${to}`]);

test('lines in several currencies are added up', async () => {
  const lines = [
    { quantity: 2, cents: 1000, currency: 'USD' },
    { quantity: 1, cents: 500, currency: 'GBP' },
  ];
  assert.equal(await invoiceTotal(lines, 'EUR', exchange()), 2400);
});

test('an invoice without lines costs nothing', async () => {
  assert.equal(await invoiceTotal([], 'EUR', exchange()), 0);
});
