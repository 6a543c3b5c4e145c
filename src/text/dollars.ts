// An amount in dollars → how pages and terminals show it.

/** A fraction of a cent is not nothing, and no digits say more. */
export const isUnderACent = (usd: number): boolean => usd > 0 && usd < 0.01;

export const dollars = (usd: number): string => (isUnderACent(usd) ? '< 0.01 $' : `${usd.toFixed(2)} $`);
