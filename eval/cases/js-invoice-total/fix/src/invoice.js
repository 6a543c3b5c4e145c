/** The sum of all lines in cents of `currency`, each line rounded by itself. */
export async function invoiceTotal(lines, currency, exchange) {
  let total = 0;
  for (const line of lines) {
    const rate = await exchange.rate(line.currency, currency);
    total += Math.round(line.quantity * line.cents * rate);
  }
  return total;
}
