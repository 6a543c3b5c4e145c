// A seed → numbers that are the same every time, by a linear congruential sequence.

export interface Random {
  below(limit: number): number;
  oneOf<T>(choices: readonly T[]): T | undefined;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, oneOf: (choices) => choices[below(choices.length)] };
}
