// What an organisation's policy file sets and what a repository's does → what holds in the repository.
import { defaultPolicy, type GivenPolicy, stricterMode } from './policy.ts';

export interface Inherited {
  given: GivenPolicy;
  /** What the repository sets and does not get, in words. */
  overruled: string[];
}

/** A list of either stays in force: what the organisation forbids stays forbidden. */
const united = ['forbid', 'generated'] as const;

type Data = Record<string, unknown>;

const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The repository's own keys go before, map by map; but `off` is off for all, lists of what is forbidden add up, and final keys are final. */
export function inheritedPolicy(organisation: GivenPolicy, repository: GivenPolicy): Inherited {
  const named = [...(organisation.final ?? []), ...(organisation.mode === 'off' ? ['mode'] : [])];
  const { final: _, ...own } = repository;
  const ceiling = organisation.mode ?? defaultPolicy.mode;
  // Whoever wants less is not made to have more.
  const wantsLess = own.mode !== undefined && stricterMode(own.mode, ceiling) === own.mode;
  const final = named.filter((key) => key !== 'mode' || !wantsLess);
  const overruled = [...new Set(final)].filter((key) => differs(valueAt(own, key), valueAt(organisation, key)));
  const { final: __, ...above } = organisation;
  const given: GivenPolicy = laidOver(above, without(own, final));
  for (const key of united) {
    const both = [...new Set([...(organisation[key] ?? []), ...(repository[key] ?? [])])];
    if (both.length > 0) given[key] = both;
  }
  return { given, overruled: overruled.map((key) => `${key} is final in the organisation’s policy`) };
}

function laidOver(below: Data, above: Data): Data {
  const merged: Data = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = merged[key];
    merged[key] = isMap(under) && isMap(value) ? laidOver(under, value) : value;
  }
  return merged;
}

function without(data: Data, names: readonly string[]): Data {
  const kept = Object.entries(data).filter(([key]) => !names.includes(key));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      const inside = names.filter((name) => name.startsWith(`${key}.`)).map((name) => name.slice(key.length + 1));
      return [key, isMap(value) && inside.length > 0 ? without(value, inside) : value];
    }),
  );
}

const valueAt = (data: Data, name: string): unknown =>
  name.split('.').reduce<unknown>((at, key) => Object(at)[key], data);

const differs = (own: unknown, above: unknown): boolean =>
  own !== undefined && JSON.stringify(own) !== JSON.stringify(above);
