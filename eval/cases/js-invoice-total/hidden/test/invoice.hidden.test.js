import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Exchange } from '../src/exchange.js';
import { invoiceTotal } from '../src/invoice.js';
import { statement } from '../src/statement.js';

const lines = ['USD', 'GBP', 'EUR', 'USD'].map((currency) => ({ quantity: 1, cents: 1000, currency }));
const delays = { USD: 15, GBP: 1 };
const slowly = new Exchange(async (from) => {
  await sleep(delays[from]);
  return { USD: 0.9, GBP: 1.2 }[from];
});

test('rates may arrive in any order', async () => {
  assert.equal(await invoiceTotal(lines, 'EUR', slowly), 900 + 1200 + 1000 + 900);
});

test('a statement waits for all its invoices', async () => {
  const text = await statement([{ number: 'A-1', lines }, { number: 'A-2', lines: [] }], 'EUR', slowly);
  assert.equal(text, 'A-1: 40.00 EUR\nA-2: 0.00 EUR\nSum: 40.00 EUR');
});

test('a rate that cannot be had makes the total fail', async () => {
  const broken = new Exchange(async () => {
    throw new Error('no rate');
  });
  await assert.rejects(invoiceTotal(lines, 'EUR', broken), /no rate/);
});
