/** '2025-03-31' → '2025-Q1'. */
export function quarterOf(day: string): string {
  const [year = '', month = ''] = day.split('-');
  return `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** '2025-Q1' → '2025-03-31'. */
export function lastDayOf(quarter: string): string {
  const [year = '', number = ''] = quarter.split('-Q');
  return new Date(Date.UTC(Number(year), Number(number) * 3, 0)).toISOString().slice(0, 10);
}
