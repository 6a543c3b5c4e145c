// GitHub's filter patterns and a name → whether the name passes; no backtracking, whoever wrote the pattern.
// Source: https://docs.github.com/en/actions/reference/workflow-syntax-for-github-actions#filter-pattern-cheat-sheet

/** One unit of a pattern, and how often it may come. */
interface Unit {
  fits(character: string): boolean;
  many: boolean;
  optional: boolean;
  /** Units behind it that may be passed over with it. */
  skips?: number;
}

/** The last pattern that fits decides; one that begins with `!` takes the name out again. */
export function passesFilter(patterns: readonly string[], name: string): boolean {
  let passes = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    if (negated !== passes) continue;
    if (fits(negated ? pattern.slice(1) : pattern, name)) passes = !negated;
  }
  return passes;
}

function fits(pattern: string, name: string): boolean {
  const units = unitsOf(pattern);
  let states = closed(new Set([0]), units);
  for (const character of name) {
    const next = new Set<number>();
    for (const state of states) {
      const unit = units[state];
      if (!unit?.fits(character)) continue;
      next.add(state + 1);
      if (unit.many) next.add(state);
    }
    states = closed(next, units);
    if (states.size === 0) return false;
  }
  return states.has(units.length);
}

/** A unit that was met may be left, one that is optional may be passed over. */
function closed(states: Set<number>, units: readonly Unit[]): Set<number> {
  for (const state of states) {
    if (units[state]?.optional) states.add(state + 1);
    states.add(state + (units[state]?.skips ?? 0));
  }
  return states;
}

const any = () => true;
const none = () => false;
const notSlash = (character: string) => character !== '/';

function unitsOf(pattern: string): Unit[] {
  const units: Unit[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const last = units.at(-1);
    if (character === '*' && characters[at + 1] === '*') {
      // `**/` also stands for no folder at all.
      if (characters[at + 2] === '/' && (at === 0 || characters[at - 1] === '/'))
        units.push({ fits: none, many: false, optional: true, skips: 3 });
      units.push({ fits: any, many: true, optional: true });
      at += 1;
    } else if (character === '*') units.push({ fits: notSlash, many: true, optional: true });
    else if (character === '?' && last) last.optional = true;
    else if (character === '+' && last) last.many = true;
    else if (character === '[') at = classAt(characters, at, units);
    else {
      if (character === '\\') at += 1;
      const literal = characters[at] ?? '';
      units.push({ fits: (one) => one === literal, many: false, optional: false });
    }
  }
  return units;
}

/** Characters and ranges in brackets; the place of the closing one. */
function classAt(characters: readonly string[], from: number, units: Unit[]): number {
  const end = characters.indexOf(']', from + 1);
  if (end < 0) {
    units.push({ fits: (one) => one === '[', many: false, optional: false });
    return from;
  }
  const body = characters.slice(from + 1, end);
  const ranges: [string, string][] = [];
  for (let at = 0; at < body.length; at += 1) {
    const first = body[at] ?? '';
    const isRange = body[at + 1] === '-' && at + 2 < body.length;
    ranges.push([first, isRange ? (body[at + 2] ?? '') : first]);
    if (isRange) at += 2;
  }
  units.push({ fits: (one) => ranges.some(([low, high]) => one >= low && one <= high), many: false, optional: false });
  return end;
}
