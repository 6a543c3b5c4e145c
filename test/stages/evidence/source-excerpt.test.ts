import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ExcerptFile, sourceExcerpt } from '../../../src/stages/evidence/source-excerpt.ts';

const file = (path: string, text: string, ...lines: number[]): ExcerptFile => ({
  path,
  text,
  lines: lines.map((line) => ({ line, reason: 'in the stack trace' })),
});

const filler = (name: string, length: number) =>
  `def ${name}(x):\n${Array.from({ length }, (_, i) => `    x = x + ${i}  # ${name}`).join('\n')}\n`;

const cart = `import json
from decimal import Decimal

RATE = 3


class Cart:
    """A cart."""

    def add(self, name, price):
        self.items.append((name, price))

    def total(self):
        net = sum(price for _, price in self.items)
        return net * RATE

${filler('unrelated', 150)}`;

const cartTest = `import pytest
from cart import Cart


def make_items():
    return [("a", 1)]


@pytest.fixture
def filled_cart():
    return Cart(make_items())


def test_empty():
    assert Cart([]).total() == 0


def test_total(filled_cart):
    assert filled_cart.total() == 3
`;

/** Line numbers shown of a file, each held to be the file's own line. */
function shownOf({ path, text }: ExcerptFile, excerpt: string): number[] {
  const part = excerpt.split(/^### /m).find((one) => one.startsWith(`${path} (`)) ?? '';
  const lines = text.split('\n');
  return [...part.matchAll(/^ *(\d+) \| (.*)$/gm)].map(([, number, shown]) => {
    expect(shown).toBe(lines[Number(number) - 1]);
    return Number(number);
  });
}

describe('a source excerpt', () => {
  const files = [file('cart.py', cart, 15), file('test_cart.py', cartTest)];
  const total = cart.split('\n').indexOf('    def total(self):') + 1;

  it('shows the function at fault, the failing test, its fixture and the imports whole', async () => {
    const { text } = await sourceExcerpt(files, ['test_cart.py::test_total'], 600);
    expect(text).toContain(`${total + 2} |         return net * RATE`);
    expect(text).toContain('assert filled_cart.total() == 3');
    expect(text).toContain('return Cart(make_items())');
    expect(text).toContain('from decimal import Decimal');
    expect(text).toContain('class Cart:');
    expect(text).toContain('def unrelated(x):');
    expect(text).not.toContain('x = x + 10');
    expect(text).toContain('### cart.py (167 lines): line 15 in the stack trace');
  });

  it('says what was left out, and where it stands', async () => {
    const { leftOut } = await sourceExcerpt(files, ['test_cart.py::test_total'], 600);
    expect(leftOut).toContainEqual({
      path: 'cart.py',
      from: 17,
      to: 167,
      name: 'unrelated',
      why: 'only its signature is shown',
    });
  });

  it('fills a small budget with the first file first', async () => {
    const { text, tokens, leftOut, shown } = await sourceExcerpt(files, ['test_total'], 110);
    expect(tokens).toBeLessThanOrEqual(110);
    expect(text).toContain('return net * RATE');
    expect(text).not.toContain('assert');
    expect(shown).toContainEqual({ path: 'cart.py', from: 13, to: 15 });
    expect(leftOut[0]).toMatchObject({ path: 'test_cart.py', name: 'test_total', why: 'does not fit' });
  });

  it('cuts the one function that is larger than everything, and says so', async () => {
    const { text, tokens } = await sourceExcerpt([file('a.py', filler('huge', 400), 200)], [], 400);
    expect(tokens).toBeLessThanOrEqual(400);
    expect(text).toContain('huge in lines 1 to 401 is too large to show: cut around line 200');
    expect(text).toContain('200 | ');
  });

  it('shows what has no grammar whole when it is short, else the lines around those of interest', async () => {
    const config = '[tool]\nname = "x"\n';
    const long = Array.from({ length: 500 }, (_, i) => `key${i}: value`).join('\n');
    const { text, shown } = await sourceExcerpt([file('a.yml', long, 250), file('pyproject.toml', config)], [], 1_500);
    expect(shown[0]).toEqual({ path: 'a.yml', from: 220, to: 280 });
    expect(text).toContain('2 | name = "x"');
  });

  it('shows a line between functions with its neighbours, but cuts none of those', async () => {
    const text = `${filler('before', 40)}\nSETTINGS = load("x")\nprint(SETTINGS)\n\n${filler('after', 40)}`;
    const { shown } = await sourceExcerpt([file('a.py', text, 44)], [], 200);
    expect(shown).toContainEqual({ path: 'a.py', from: 43, to: 46 });
  });

  it.each([
    [
      'a.test.js',
      "describe('cart', () => {\n  it('adds %s', () => {\n    one();\n  });\n  it('adds tax', () => {\n    two();\n  });\n});\n",
      'cart › adds tax',
      'two',
    ],
    [
      'a.test.js',
      "describe('cart', () => {\n  beforeEach(() => { reset(); });\n  it.each(x)('adds %i', () => { one(); });\n});\n",
      'cart adds 3',
      'reset',
    ],
    [
      'a_test.go',
      'package a\n\nfunc TestOther(t *testing.T) { one() }\n\nfunc TestCart(t *testing.T) {\n\tt.Run("no items", func(t *testing.T) { two() })\n}\n',
      'TestCart/no_items',
      'two',
    ],
    [
      'ATest.java',
      'class ATest {\n  @Test void adds() {\n    one();\n  }\n  @Test void addsTax() {\n    two();\n  }\n}\n',
      'com.x.ATest.addsTax',
      'two',
    ],
    [
      'a_spec.rb',
      "describe Cart do\n  it 'adds' do\n    one\n  end\n  it 'adds tax' do\n    two\n  end\nend\n",
      'Cart adds tax',
      'two',
    ],
  ])('finds in %s the test that its tool calls otherwise: %#', async (path, test, name, found) => {
    const text = `${test}\n${'// end\n'.repeat(200)}`;
    const excerpt = await sourceExcerpt([file(path, text)], [name], 90);
    expect(excerpt.text).toContain(found);
    if (found === 'two') expect(excerpt.text).not.toContain('one');
  });

  const unit = fc.record({ name: fc.stringMatching(/^[a-z]{3,8}$/), length: fc.integer({ min: 1, max: 40 }) });
  const units = fc.uniqueArray(unit, { minLength: 1, maxLength: 12, selector: ({ name }) => name });

  it('keeps the budget, shows true lines, and functions whole or by their signature', async () => {
    const some = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(units, { minLength: 1, maxLength: 3 }),
        some,
        fc.integer({ min: 50, max: 3_000 }),
        async (parts, lines, budget) => {
          const given = parts.map((functions, i) =>
            file(
              `f${i}.py`,
              functions.map(({ name, length }) => `${filler(name, length)}\n`).join(''),
              ...(i === 0 ? lines : []),
            ),
          );
          const { text, tokens } = await sourceExcerpt(given, [], budget);
          expect(tokens).toBeLessThanOrEqual(budget);
          for (const [i, one] of given.entries()) {
            const shown = new Set(shownOf(one, text));
            let from = 1;
            for (const { length } of parts[i] ?? []) {
              const body = Array.from({ length }, (_, at) => shown.has(from + 1 + at));
              if (!text.includes('too large to show')) expect(new Set(body).size).toBe(1);
              if (body.every(Boolean)) expect(shown.has(from)).toBe(true);
              from += length + 2;
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the same twice, keeps the budget and throws on no text', async () => {
    const path = fc.constantFrom('a.ts', 'b.py', 'c.txt', 'd.go', 'e.rb', '', 'f\n### x.c');
    const content = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constant('[('.repeat(2_000)),
      fc.constant('\uFEFFa\r\nb\rc\n\n\n'),
    );
    const files = fc.array(fc.tuple(path, content, fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 3 })), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 0, max: 400 }), async (given, budget) => {
        const all = given.map(([name, text, lines]) => file(name, text, ...lines));
        const excerpt = await sourceExcerpt(all, ['a > b'], budget);
        expect(excerpt.tokens).toBeLessThanOrEqual(budget);
        expect(await sourceExcerpt(all, ['a > b'], budget)).toEqual(excerpt);
      }),
      { numRuns: 30 },
    );
  });
});
