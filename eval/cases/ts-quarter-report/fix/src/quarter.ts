/** '2025-03-31' → '2025-Q1'. */
export function quarterOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) throw new RangeError(`${day} is no day`);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}

/** '2025-Q1' → '2025-03-31'. */
export function lastDayOf(quarter: string): string {
  const [year = '', number = ''] = quarter.split('-Q');
  return new Date(Date.UTC(Number(year), Number(number) * 3, 0)).toISOString().slice(0, 10);
}
