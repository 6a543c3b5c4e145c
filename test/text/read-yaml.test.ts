// YAML of strangers → data, or a fault with its place; whatever it is, within bounds that are counted, and without a throw.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { boundedYaml, deepestYaml } from '../../src/text/bounded-yaml.ts';
import { readYaml } from '../../src/text/read-yaml.ts';

const read = (text: string) => readYaml(text).data;
const faults = (text: string) =>
  readYaml(text).faults.map(({ line, column, path, message }) => `${line}:${column} ${path.join('.')} ${message}`);

/** Of the library, whatever is read of it: what a text costs, without a clock. */
function lexemesOf(text: string): number {
  const budget = { parts: 1_000_000 };
  boundedYaml(text, budget);
  return 1_000_000 - budget.parts;
}

describe('readYaml', () => {
  it('reads scalars of the core schema, lists, mappings, blocks and anchors', () => {
    expect(read('a: [1, yes, on, true, ~, "x", 0x1f]\nb: |\n  two\n  lines\nc: &c { d: 1 }\ne: *c\n')).toEqual({
      a: [1, 'yes', 'on', true, null, 'x', 31],
      b: 'two\nlines\n',
      c: { d: 1 },
      e: { d: 1 },
    });
    expect([read(''), read('# nothing'), read('- a'), read('a')]).toEqual([null, null, ['a'], 'a']);
  });

  it('reads as GitHub does, whatever version or tag the text names', () => {
    expect(read('%YAML 1.1\n---\non: push\nwhen: 2020-01-01\nat: 12:30\n<<: { a: b }')).toEqual({
      ...{ on: 'push', when: '2020-01-01', at: '12:30', '<<': { a: 'b' } },
    });
    const { data, faults: none, warnings } = readYaml('a: !!set { b, c }\nd: !mine e');
    expect(data).toEqual({ a: { b: null, c: null }, d: 'e' });
    expect(none).toEqual([]);
    expect(warnings).toMatchObject([{ line: 1, column: 4, code: 'TAG_RESOLVE_FAILED' }, { line: 2 }]);
  });

  it('takes an alias for the anchor before it, and for what stood there', () => {
    expect(read('[&a 1, *a, &a 2, *a]')).toEqual([1, 1, 2, 2]);
    expect(read('[&b 1, &a [*b], &b 2, *a, *b]')).toEqual([1, [1], 2, [1], 2]);
    expect(read('[&a [&b 1], &b 2, *a, *b]')).toEqual([[1], 2, [1], 2]);
  });

  it('keeps names of JavaScript as data', () => {
    const data = read('__proto__: { a: 1 }\nconstructor: 2');
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(JSON.stringify(data)).toBe('{"__proto__":{"a":1},"constructor":2}');
  });

  it('says what is wrong, and where', () => {
    expect(faults('a: 1\nb: [c\n')).toEqual([expect.stringMatching(/^3:1 {2}/)]);
    expect(faults('a: 1\nb:\n  c: 1\n  c: 2\n')).toEqual(['4:3 b.c stands here a second time']);
    expect(faults('a: *b\n[c]: 1')).toEqual([
      '1:4 a has an alias (*…) to nothing that stands before it',
      '2:1  has a key that is no plain word',
    ]);
    expect(faults('a: 1\n---\nb: 1\n')).toEqual(['2:1  a second document begins here']);
    expect(read('a: 1\na: 2')).toBeUndefined();
  });

  it('knows the places of keys and values, and the nearest where there is none', () => {
    const { placeOf } = readYaml('a:\n  - x\n  - b: 1\n    c: &c\n      d: 2\ne: *c\n');
    expect(placeOf(['a', 1, 'b'])).toEqual({ line: 3, column: 8 });
    expect(placeOf(['a', 1, 'b'], 'key')).toEqual({ line: 3, column: 5 });
    expect(placeOf(['e', 'd'])).toEqual({ line: 5, column: 10 });
    expect(placeOf(['a', 1, 'gone', 'on'])).toEqual({ line: 3, column: 5 });
    expect(placeOf(['toString'])).toEqual({ line: 1, column: 1 });
  });
});

const aliases = (of: string, count: number) => `[${`*${of},`.repeat(count)}]`;

describe('a text made to be slow', () => {
  it.each([
    ['braces', '{'.repeat(100_000)],
    ['brackets that close', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['braces and brackets', '[{'.repeat(50_000)],
    ['questions', '? '.repeat(50_000)],
    ['dashes', '- '.repeat(50_000)],
    ['keys in keys', 'a: '.repeat(50_000)],
    ['keys in lines', Array.from({ length: 400 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
    ['keys that are lists', '{[a]: '.repeat(20_000)],
  ])('by its depth is left at the bound: %s', (_, text) => {
    expect(faults(text)).toEqual([expect.stringMatching(/ is nested too deeply$/)]);
    expect(lexemesOf(text)).toBeLessThan(10 * deepestYaml);
  });

  it.each([
    ['many documents', '--- a\n'.repeat(40_000), /a second document/],
    ['documents that end', 'a\n...\n'.repeat(40_000), /a second document/],
    ['braces that close nothing', '}'.repeat(100_000), /Unexpected/],
    ['a directive that is none, again and again', '%\n'.repeat(100_000), /too large/],
  ])('by its number is left at the first: %s', (_, text, says) => {
    expect(faults(text)).toEqual([expect.stringMatching(says)]);
  });

  it.each([
    ['characters', `# ${'x'.repeat(300_000)}`],
    ['parts', '[a,'.repeat(30).concat('a,'.repeat(60_000))],
  ])('is not read with too many %s', (_, text) => {
    expect(faults(text)).toEqual([expect.stringMatching(/ is too large$/)]);
    expect(lexemesOf(text)).toBeLessThanOrEqual(100_000);
  });

  it('grows by its aliases to a bound', () => {
    const bomb = ['- &a [x]', ...Array.from('abcdefgh', (of, at) => `- &${'bcdefghi'[at]} ${aliases(of, 30)}`)];
    expect(faults(bomb.join('\n'))).toEqual([expect.stringMatching(/ grows too large by its aliases$/)]);
    expect(faults(`- &a [${'x,'.repeat(900)}]\n${'- *a\n'.repeat(900)}`)).toHaveLength(1);
    expect(faults(`a: &a ${aliases('a', 20)}`)).toContainEqual(expect.stringMatching(/too (deeply|large)/));
    expect(faults('&a [*a]')).toEqual([expect.stringMatching(/ is nested too deeply$/)]);
  });

  it('tells a hundred faults at most', () => {
    expect(faults(`a: 1\n${'a: 2\n'.repeat(5_000)}`)).toHaveLength(100);
    expect(faults('- *a\n'.repeat(20_000))).toHaveLength(1);
    expect(readYaml('- !a b\n'.repeat(5_000)).warnings).toHaveLength(100);
  });

  it('takes from a budget that others share', () => {
    const budget = { parts: 100 };
    expect(readYaml('a: [1, 2]', budget).data).toEqual({ a: [1, 2] });
    expect(budget.parts).toBeLessThan(100);
    expect(readYaml('a: 1\n'.repeat(50), budget).faults).toMatchObject([{ message: 'is too large' }]);
    expect(budget.parts).toBe(0);
    expect(readYaml('a', budget).data).toBeUndefined();
  });

  it.each([
    ['faults', `[${','.repeat(3_001)}]`, 30_000],
    ['what aliases stand for', `- &a [${'x,'.repeat(900)}]\n${'- *a\n'.repeat(30)}`, 27_000],
  ])('takes %s from it', (_, text, least) => {
    const budget = { parts: 100_000 };
    readYaml(text, budget);
    expect(100_000 - budget.parts).toBeGreaterThan(least);
  });
});

const pieces = fc.constantFrom(
  ...['a: ', 'b', '- ', '? ', ': ', ', ', '[', ']', '{', '}', '&a ', '*a', '&b ', '*b', '<<: ', '!!set ', '!t ', '!'],
  ...['|\n', '>-\n', '"', "'", '#', ' #', '\n', '\n  ', '\n    ', '\t', '\r\n', '\r', '---\n', '...\n', '%YAML 1.1\n'],
  ...['%', '@', '`', '\\', '__proto__: ', '~', '0x', '1', '.inf', '\uFEFF', '\0', '\u2028', '\uD800'],
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.tuple(fc.array(pieces, { maxLength: 6 }), fc.nat(300)).map(([parts, times]) => parts.join('').repeat(times)),
);

function measured(data: unknown): { depth: number; nodes: number } {
  const inner = typeof data === 'object' && data !== null ? Object.values(data).map(measured) : [];
  return {
    depth: inner.reduce((deepest, { depth }) => Math.max(deepest, depth + 1), 0),
    nodes: inner.reduce((sum, { nodes }) => sum + nodes, 1),
  };
}

describe('any text', () => {
  it('ends in data within the bounds, or in faults that have a place', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { data, faults: found, placeOf } = readYaml(text);
        expect(data === undefined).toBe(found.length > 0);
        const { depth, nodes } = measured(data);
        expect(depth).toBeLessThanOrEqual(deepestYaml);
        expect(nodes).toBeLessThanOrEqual(50_000);
        expect(placeOf(['a', 0]).line).toBeGreaterThanOrEqual(1);
        for (const { line, column } of found) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        expect(lexemesOf(text)).toBeLessThanOrEqual(100_000);
      }),
      { numRuns: 150 },
    );
  });

  it('is read as the library reads it, where we read it', () => {
    const small = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(small, (text) => {
        const { data, faults: found } = readYaml(text);
        if (found.length > 0) return;
        // An empty key is named otherwise.
        const theirs: unknown = parse(text, { schema: 'core', resolveKnownTags: false, logLevel: 'silent' });
        expect(JSON.stringify(data).replaceAll('"null":', '"":')).toBe(
          JSON.stringify(theirs ?? null).replaceAll('"null":', '"":'),
        );
      }),
      { numRuns: 600 },
    );
  });

  it('that says a value says it here', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => expect(read(stringify(value))).toEqual(value)));
  });
});
