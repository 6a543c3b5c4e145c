import { formatCents, sumOf } from './money.js';

const width = 24;

/** One line an article, and the sum below a rule. */
export function receipt(items) {
  const row = (name, cents) => name.padEnd(width - 8) + formatCents(cents).padStart(8);
  const rows = items.map(({ name, cents }) => row(name, cents));
  return [...rows, '-'.repeat(width), row('Sum', sumOf(items.map(({ cents }) => cents)))].join('\n');
}
