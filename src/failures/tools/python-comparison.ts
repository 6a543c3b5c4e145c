// The message of a failed Python assertion → what was expected and what came instead.

export interface Comparison {
  expected?: string;
  actual?: string;
}

/** pytest's `assert 5.0 == 6`, unittest's `5.0 != 6` and mock's or numpy's words: what was computed stands left, by convention. */
export function pythonComparison(message: string): Comparison {
  const lines = message.split('\n');
  const asserted = lines.map((line) => /^(?:AssertionError: )?assert (.+)$/.exec(line)?.[1]).find(Boolean);
  if (asserted !== undefined) return filled(sides(asserted, ' == ') ?? sides(asserted, ' is '), lines);
  const first = lines[0]?.replace(/^(?:Lists|Tuples|Sequences|Sets) differ: /, '') ?? '';
  const [note = first.length] = outside(first, ' : ');
  return named(lines) ?? sides(first.slice(0, note), ' != ') ?? {};
}

/** Cut values are told by the diff below them, if that has but one line of each; cut and alike they tell nothing. */
function filled(found: Comparison | undefined, lines: readonly string[]): Comparison {
  if (!found) return {};
  const skips = (side: string) => (lines.some((line) => line.includes(`identical ${side} characters`)) ? '…' : '');
  const only = (sign: string) => {
    const marked = lines.filter((line) => line.startsWith(`  ${sign} `) || line.startsWith(`${sign} `));
    return marked.length === 1 ? `${skips('leading')}${marked[0]?.trim().slice(2)}${skips('trailing')}` : undefined;
  };
  const isCut = (value = '') => value.startsWith("'") && value.endsWith("'") && value.includes('...');
  const expected = isCut(found.expected) ? (only('-') ?? found.expected) : found.expected;
  const actual = isCut(found.actual) ? (only('+') ?? found.actual) : found.actual;
  return expected && actual && expected !== actual ? { expected, actual } : {};
}

function named(lines: readonly string[]): Comparison | undefined {
  const value = (pattern: RegExp) => lines.map((line) => pattern.exec(line)?.[1]).find((one) => one !== undefined);
  const expected = value(/^\s*(?:Expected|DESIRED|\[right\]): +(.+)$/);
  const actual = value(/^\s*(?:Actual|ACTUAL|\[left\]): +(.+)$/);
  return expected !== undefined && actual !== undefined ? { expected, actual } : undefined;
}

/** Both sides of the one such sign that stands outside of quotes and brackets. */
function sides(text: string, sign: string): Comparison | undefined {
  const [at, other] = outside(text, sign);
  if (at === undefined || other !== undefined || text.startsWith('not ')) return undefined;
  const right = text.slice(at + sign.length);
  if (at === 0 || right === '' || (sign === ' is ' && right.startsWith('not '))) return undefined;
  return { actual: text.slice(0, at), expected: right };
}

/** Where the sign stands outside of quotes and brackets. */
function outside(text: string, sign: string): number[] {
  const places: number[] = [];
  let quote = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth <= 0 && character === ' ' && text.startsWith(sign, at)) places.push(at);
  }
  return places;
}
