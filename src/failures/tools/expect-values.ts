// What an assertion printed of the value it wanted and the value it got, inline or as a diff → both.

export interface Values {
  expected?: string;
  actual?: string;
}

/** The line that says which sign is whose, and the sign of what was expected. */
const legends: readonly { legend: RegExp; expected: '+' | '-' }[] = [
  { legend: /^\s*\+ expected - actual$/, expected: '+' },
  { legend: /^\s*Difference \(- actual, \+ expected\):$/, expected: '+' },
  { legend: /^\s*- (?:Expected|Snapshot)\b/, expected: '-' },
  { legend: /^\s*--- expected$/, expected: '-' },
  { legend: /^\s*\+ actual - expected\b/, expected: '-' },
];

export function expectValues(texts: readonly string[]): Values {
  const expected = inline(texts, /^\s*Expected(?: [a-z ]{1,60})?: +(\S.*)$/);
  const actual = inline(texts, /^\s*Received(?: [a-z ]{1,60})?: +(\S.*)$/);
  return expected !== undefined || actual !== undefined ? known(expected, actual) : diffValues(texts);
}

const inline = (texts: readonly string[], pattern: RegExp): string | undefined =>
  texts.map((text) => pattern.exec(text)?.[1]).find((value) => value !== undefined);

export function diffValues(texts: readonly string[]): Values {
  for (const { legend, expected } of legends) {
    const start = texts.findIndex((text) => legend.test(text));
    if (start < 0) continue;
    const column = texts[start]?.search(/\S/) ?? 0;
    const below = texts.slice(start + 1).filter((text) => !isLegend(text));
    const end = below.findIndex((text) => /^\s*(?:at \S|[❯›] |(?:>\s*)?\d{1,7} ?\|)/.test(text));
    const lines = end < 0 ? below : below.slice(0, end);
    const side = (sign: string) =>
      lines
        .filter((text) => text[column] === sign)
        .map((text) => text.slice(column + 1).trim())
        .join('\n');
    return known(side(expected), side(expected === '+' ? '-' : '+'));
  }
  return {};
}

const isLegend = (text: string): boolean => /^\s*(?:\+ Received\b|\+\+\+ actual$)/.test(text);

const known = (expected: string | undefined, actual: string | undefined): Values => ({
  ...(expected ? { expected } : {}),
  ...(actual ? { actual } : {}),
});
