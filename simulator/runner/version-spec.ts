// Decides whether an installed version satisfies what a setup action was asked for (`20`, `3.11.x`, `>=18`, `lts/*`).

const numbersOf = (version: string): number[] => (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);

function compare(left: number[], right: number[]): number {
  for (let at = 0; at < 3; at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function fitsComparator(version: number[], comparator: string): boolean {
  const [, operator = '', rest = ''] = /^(>=|<=|>|<|=|\^|~)?v?(.*)$/.exec(comparator) ?? [];
  const wanted = numbersOf(rest.replace(/[.][xX*].*$/, ''));
  if (wanted.length === 0) return true;
  const order = compare(version, wanted);
  if (operator === '>=') return order >= 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  const fixed = operator === '^' ? 1 : operator === '~' ? Math.min(2, wanted.length) : wanted.length;
  return order >= 0 && wanted.slice(0, fixed).every((part, index) => version[index] === part);
}

/** Names without a number (`lts/*`, `latest`, `node`) are satisfied by whatever is there. */
export function fitsVersion(version: string, spec: string): boolean {
  const installed = numbersOf(version);
  return spec.split('||').some((alternative) => {
    const comparators = alternative
      .trim()
      .replace(/(>=|<=|>|<|=|\^|~)\s+/g, '$1')
      .split(/\s+/);
    return comparators.every((comparator) => !/\d/.test(comparator) || fitsComparator(installed, comparator));
  });
}
