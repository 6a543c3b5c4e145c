export function formatMoney(cents) {
  const sign = cents < 0 ? '-' : '';
  const amount = Math.abs(cents);
  return `${sign}${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}

export const sumOf = (amounts) => amounts.reduce((sum, amount) => sum + amount, 0);
