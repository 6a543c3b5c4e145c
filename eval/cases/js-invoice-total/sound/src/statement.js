import { invoiceTotal } from './invoice.js';

/** What a customer owes: one line an invoice, and the sum. */
export async function statement(invoices, currency, exchange) {
  const totals = [];
  for (const invoice of invoices) totals.push(await invoiceTotal(invoice.lines, currency, exchange));
  const text = invoices.map(({ number }, i) => `${number}: ${(totals[i] / 100).toFixed(2)} ${currency}`);
  const sum = totals.reduce((all, total) => all + total, 0);
  return [...text, `Sum: ${(sum / 100).toFixed(2)} ${currency}`].join('\n');
}
