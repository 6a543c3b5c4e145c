import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimatedTokens } from '../../src/text/tokens.ts';

/** Counted with Gemma 3's tokenizer. */
const counted: readonly [string, number, string][] = [
  [
    'TypeScript',
    96,
    `export function total(items: readonly Item[], taxRate: number): number {
  const net = items.reduce((sum, item) => sum + item.price * item.quantity, 0);
  if (!Number.isFinite(net)) throw new RangeError(\`not a number: \${net}\`);
  return Math.round(net * (1 + taxRate) * 100) / 100;
}
`,
  ],
  [
    'Python',
    66,
    `class TestCart(unittest.TestCase):
    def test_adds_tax(self):
        cart = Cart(rate=0.19)
        cart.add("apple", 1.50)
        self.assertAlmostEqual(cart.total(), 1.785)
`,
  ],
  [
    'C',
    108,
    `#define XK_MAX_KEYSYMS 0x20
static int parse_header(const unsigned char *buf, size_t len, struct hdr_t *out)
{
	if (len < sizeof(*out) || buf[0] != 0x7F)
		return -EINVAL;
	memcpy(out, buf, sizeof(*out));
	return ntohl(out->magic) == HDR_MAGIC ? 0 : -EBADMSG;
}
`,
  ],
  [
    'JSON',
    50,
    `{"name": "cart", "version": "1.20.3", "dependencies": {"left-pad": "^1.3.0", "zod": "4.1.12"}, "private": true}
`,
  ],
  ['numbered lines', 32, ' 120 | def total(self):\n 121 |     return sum(self.prices)\n 122 | \n'],
  ['a hash', 33, 'a1b2c3d4e5f60718293a4b5c6d7e8f90\n'],
];

describe('estimated tokens', () => {
  it.each(counted)('of %s are near what was counted, rather above', (_, count, text) => {
    expect(estimatedTokens(text)).toBeGreaterThanOrEqual(count * 0.9);
    expect(estimatedTokens(text)).toBeLessThanOrEqual(count * 1.35);
  });

  it('do not take other alphabets for cheap', () => {
    expect(estimatedTokens('错误：找不到配置文件，请检查路径。')).toBeGreaterThanOrEqual(10);
    expect(estimatedTokens('Ошибка: не удалось найти файл настроек.')).toBeGreaterThanOrEqual(10);
    expect(estimatedTokens('')).toBe(0);
  });

  it('add up: lines apart are never estimated below the lines together', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const apart = lines.reduce((sum, one) => sum + estimatedTokens(`${one}\n`), 0);
        expect(estimatedTokens(lines.map((one) => `${one}\n`).join(''))).toBeLessThanOrEqual(apart);
      }),
      { numRuns: 300 },
    );
  });
});
