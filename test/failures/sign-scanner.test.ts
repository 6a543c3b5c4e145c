// Bytes in any chunks → every place of every literal, and as many lines as an editor counts.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allSigns } from '../../src/failures/read-job-log.ts';
import { SignScanner, signTable } from '../../src/failures/sign-scanner.ts';

/** How often each sign ends in the bytes, read in chunks of this size. */
function scanned(signs: readonly string[], bytes: Uint8Array, chunkSize = bytes.length): Record<string, number> {
  const table = signTable(signs);
  const scanner = new SignScanner(table);
  const counts: Record<string, number> = {};
  for (let from = 0; from < bytes.length; from += chunkSize) {
    const chunk = bytes.subarray(from, from + chunkSize);
    scanner.scan(chunk, chunk.length, (index) => {
      const sign = table.signs[index] ?? '?';
      counts[sign] = (counts[sign] ?? 0) + 1;
    });
  }
  return counts;
}

/** The same by looking for one sign after the other. */
function searched(signs: readonly string[], bytes: Uint8Array): Record<string, number> {
  const counts: Record<string, number> = {};
  const haystack = Buffer.from(bytes);
  for (const sign of new Set(signs)) {
    for (let at = haystack.indexOf(sign); sign !== '' && at >= 0; at = haystack.indexOf(sign, at + 1))
      counts[sign] = (counts[sign] ?? 0) + 1;
  }
  return counts;
}

const letters = fc.constantFrom('a', 'b', 'é', ' ');
const words = fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 5 }), { maxLength: 8 });

describe('SignScanner', () => {
  it('finds what a search for each sign finds, however the bytes are cut', () => {
    fc.assert(
      fc.property(words, fc.string({ unit: letters, maxLength: 80 }), fc.nat(6), (signs, text, size) => {
        const bytes = Buffer.from(text);
        expect(scanned(signs, bytes, size + 1)).toEqual(searched(signs, bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('finds the signs of every tool, each by itself', () => {
    const signs = allSigns();
    const text = Buffer.from(signs.join('\0'));
    expect(scanned(signs, text)).toEqual(searched(signs, text));
    expect(Object.keys(scanned(signs, text)).sort()).toEqual([...signs].sort());
  });

  it.each([
    ['one within another', ['fail', 'ai', 'failed'], 'failed', { fail: 1, ai: 1, failed: 1 }],
    ['one that ends another', ['SyntaxError: ', 'Error: '], 'SyntaxError: x', { 'SyntaxError: ': 1, 'Error: ': 1 }],
    ['one over itself', ['aa'], 'aaaa', { aa: 3 }],
    ['one that begins like another that does not come', ['aab', 'abc'], 'aabc', { aab: 1, abc: 1 }],
    ['one given twice', ['x', 'x'], 'x', { x: 1 }],
    ['none where one is only begun', ['not ok'], 'not o', {}],
    ['none at all', [], 'text', {}],
  ])('finds %s', (_, signs, text, expected) => {
    expect(scanned(signs, Buffer.from(text))).toEqual(expected);
  });

  it('finds a sign in bytes that are no text', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0]), Buffer.from('E: x'), Buffer.from([0xc3])]);
    expect(scanned(['E: '], bytes, 2)).toEqual({ 'E: ': 1 });
  });

  it('counts line ends as editors do', () => {
    const scanner = new SignScanner(signTable([]));
    for (const chunk of ['a\nb\r', '\nc\rd\n', '\n\r\r\n'])
      scanner.scan(Buffer.from(chunk), chunk.length, () => undefined);
    expect(scanner.newlines).toBe(7);
  });

  it('refuses more signs than its table can hold', () => {
    const many = Array.from({ length: 4_000 }, (_, index) => `${index} is a sign`);
    expect(() => signTable(many)).toThrow('states');
  });
});
