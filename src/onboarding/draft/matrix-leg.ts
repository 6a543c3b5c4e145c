// A job's matrix → one of its combinations, with plain values: the one that failed, else the first that runs on Linux.
import { z } from 'zod';

/** By the name an expression uses: `os`, `target.triple`. */
export type Leg = ReadonlyMap<string, string>;

type Combination = Record<string, unknown>;

/** GitHub's own limit for one job. */
const mostLegs = 256;
const Mapping = z.record(z.string(), z.unknown());
const Combinations = z.array(Mapping).catch([]);

export function chooseLeg(matrix: unknown, failed: (leg: Leg) => boolean): Leg {
  const legs = legsOf(matrix).map(flattened);
  const found = legs.find(failed) ?? legs.find((leg) => runsOnLinux(leg, true)) ?? legs.find((leg) => runsOnLinux(leg));
  return found ?? legs[0] ?? new Map();
}

/** `20, ubuntu-latest`, as GitHub writes it behind the job's name. */
export const legInWords = (leg: Leg): string => [...leg.values()].join(', ');

function runsOnLinux(leg: Leg, saysSo = false): boolean {
  const values = [...leg.values()];
  return !values.some((value) => /\b(windows|macos)\b/i.test(value)) && (!saysSo || values.some(isLinux));
}

const isLinux = (value: string): boolean => /\b(ubuntu|linux)\b/i.test(value);

function legsOf(matrix: unknown): Combination[] {
  const { include, exclude, ...rest } = Mapping.catch({}).parse(matrix);
  const axes = Object.entries(rest).flatMap(([key, values]): [string, unknown[]][] =>
    Array.isArray(values) && values.length > 0 ? [[key, values]] : [],
  );
  const excluded = Combinations.parse(exclude).slice(0, mostLegs);
  const kept = product(axes).filter((one) => !excluded.some((pattern) => covers(pattern, one)));
  return withIncluded(kept, new Set(axes.map(([key]) => key)), Combinations.parse(include).slice(0, mostLegs));
}

function product(axes: readonly [string, unknown[]][]): Combination[] {
  let all: Combination[] = axes.length === 0 ? [] : [{}];
  for (const [key, values] of axes)
    all = all.flatMap((one) => values.slice(0, mostLegs).map((value) => ({ ...one, [key]: value }))).slice(0, mostLegs);
  return all;
}

/** An include joins every combination whose own values it leaves alone, or is one of its own. */
function withIncluded(base: readonly Combination[], axes: ReadonlySet<string>, includes: Combination[]): Combination[] {
  const all = base.map((one) => ({ ...one }));
  const added: Combination[] = [];
  for (const include of includes) {
    const fitting = all.filter((_, index) =>
      Object.entries(include).every(([key, value]) => !axes.has(key) || same(base[index]?.[key], value)),
    );
    for (const one of fitting) Object.assign(one, include);
    if (fitting.length === 0) added.push(include);
  }
  return [...all, ...added];
}

const covers = (pattern: Combination, one: Combination): boolean =>
  Object.entries(pattern).every(([key, value]) => same(one[key], value));

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

function flattened(combination: Combination): Leg {
  const leg = new Map<string, string>();
  const open = Object.entries(combination).slice(0, 50);
  for (let at = 0; at < open.length && at < 500; at += 1) {
    const [key, value] = open[at] ?? ['', undefined];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      leg.set(key, String(value));
    const inner = Mapping.safeParse(value);
    if (inner.success) open.push(...Object.entries(inner.data).map(([k, v]): [string, unknown] => [`${key}.${k}`, v]));
  }
  return leg;
}
