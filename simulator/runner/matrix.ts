// Expands a job's matrix into the combinations it runs in, with GitHub's rules for include and exclude.
import { z } from 'zod';

export type Combination = Record<string, unknown>;

const LARGEST_MATRIX = 256;
const combinations = z.array(z.record(z.string(), z.unknown()));
const shape = z.record(z.string(), z.unknown());

const same = (left: unknown, right: unknown): boolean => {
  if (typeof left !== 'object' || left === null) return left === right;
  if (typeof right !== 'object' || right === null || Array.isArray(left) !== Array.isArray(right)) return false;
  const pairs = Object.entries(left);
  const other = new Map(Object.entries(right));
  return pairs.length === other.size && pairs.every(([key, value]) => same(value, other.get(key)));
};

/** `pattern` names only some keys of an exclude's combination; nested objects may be partial too. */
function covers(pattern: unknown, value: unknown): boolean {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) return same(pattern, value);
  if (typeof value !== 'object' || value === null) return false;
  const members = new Map(Object.entries(value));
  return Object.entries(pattern).every(([key, expected]) => members.has(key) && covers(expected, members.get(key)));
}

function product(axes: [string, unknown[]][]): Combination[] {
  let all: Combination[] = axes.length === 0 ? [] : [{}];
  for (const [key, values] of axes) all = all.flatMap((one) => values.map((value) => ({ ...one, [key]: value })));
  return all;
}

/** Adds each include to every combination whose own values it leaves alone, or else as a combination of its own. */
function includeInto(base: Combination[], axes: Set<string>, includes: Combination[]): Combination[] {
  const extended = base.map((combination) => ({ ...combination }));
  const added: Combination[] = [];
  for (const include of includes) {
    const fits = base.flatMap((combination, index) => {
      const agrees = Object.entries(include).every(([key, value]) => !axes.has(key) || same(combination[key], value));
      return agrees ? [index] : [];
    });
    for (const index of fits) Object.assign(extended[index] ?? {}, include);
    if (fits.length === 0) added.push({ ...include });
  }
  return [...extended, ...added];
}

/** `[undefined]` where there is no matrix: one job, without a combination. */
export function expandMatrix(matrix: unknown): (Combination | undefined)[] {
  if (matrix === undefined || matrix === null || matrix === '') return [undefined];
  const { include, exclude, ...rest } = shape.parse(matrix);
  const axes = Object.entries(rest).map(([key, values]): [string, unknown[]] => {
    if (!Array.isArray(values)) throw new Error(`Matrix vector '${key}' must be a sequence`);
    if (values.length === 0) throw new Error(`Matrix vector '${key}' does not contain any values`);
    return [key, values];
  });
  const excluded = combinations.parse(exclude ?? []);
  const kept = product(axes).filter((combination) => !excluded.some((pattern) => covers(pattern, combination)));
  const expanded = includeInto(kept, new Set(Object.keys(rest)), combinations.parse(include ?? []));
  if (expanded.length === 0) throw new Error('Matrix must define at least one vector');
  if (expanded.length > LARGEST_MATRIX) {
    throw new Error(
      `The matrix has ${expanded.length} combinations, more than the ${LARGEST_MATRIX} that one job may have`,
    );
  }
  return expanded;
}

function scalars(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value ?? '')];
  return Object.values(value).flatMap(scalars);
}

/** `test (20, ubuntu-latest)`, as GitHub names the jobs of a matrix that have no name of their own. */
export function combinationSuffix(combination: Combination | undefined): string {
  return combination ? ` (${scalars(combination).join(', ')})` : '';
}
