// Bytes in any chunks → the same lines; of logs too large to keep, the ends and the surroundings of signs, in bounded memory.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findFailures } from '../../src/failures/find-failures.ts';
import { newLogReader, readJobLog } from '../../src/failures/read-job-log.ts';

const limits = { endBlocks: 2, markedBlocks: 12, placesPerSign: 2, lines: 5_000 };

function inChunks(bytes: Uint8Array, size: number, given = limits) {
  const reader = newLogReader(given);
  for (let from = 0; from < bytes.length; from += size) reader.push(bytes.subarray(from, from + size));
  return reader.end();
}

const filler = (lines: number) => 'downloading a package that nobody needs to read about\n'.repeat(lines);
const failing = [
  'FAIL test/price.test.js',
  '  ● takes the discount off',
  '',
  '    expect(received).toBe(expected)',
  '',
  '      at Object.toBe (test/price.test.js:5:46)',
  '',
  'Test Suites: 1 failed, 1 total',
  'Tests:       1 failed, 1 total',
  '',
].join('\n');

describe('LogReader', () => {
  it('gives the same however the bytes are cut', () => {
    const text = 'héllo\r\n🙂 wörld\n10%\r50%\r100%\nlast – line';
    const whole = readJobLog(text);
    expect(whole.lines.map(({ number, text: shown }) => [number, shown])).toEqual([
      [1, 'héllo'],
      [2, '🙂 wörld'],
      [5, '100%'],
      [6, 'last – line'],
    ]);
    for (const size of [1, 2, 3, 7]) expect(inChunks(Buffer.from(text), size)).toEqual(whole);
  });

  it('keeps of a huge log its ends and what stands around a failure, with the true line numbers', () => {
    const bytes = Buffer.from(`first line\n${filler(20_000)}${failing}${filler(20_000)}last line\n`);
    const log = inChunks(bytes, 65_536, { ...limits, lines: 100_000 });
    expect(log.bytes).toBe(bytes.length);
    expect(log.lineCount).toBe(40_011);
    expect(log.lines.length).toBeLessThan(4_000);
    expect(log.lines[0]).toMatchObject({ number: 1, text: 'first line' });
    expect(log.lines.at(-1)).toMatchObject({ number: 40_011, text: 'last line' });
    expect(findFailures(log, { failed: true })).toMatchObject([
      { tool: 'jest', test: 'takes the discount off', file: 'test/price.test.js', at: { from: 20_003, to: 20_007 } },
    ]);
  });

  it('is not crowded out by a sign that stands in every line', () => {
    const noisy = '##[warning] nothing to worry about, it is only said very often indeed\n'.repeat(20_000);
    const log = inChunks(Buffer.from(`${noisy}${failing}${noisy}`), 65_536, { ...limits, lines: 100_000 });
    expect(findFailures(log, { failed: true })).toMatchObject([{ test: 'takes the discount off' }]);
  });

  it.each([
    ['one line of 5 MB', 'x'.repeat(5_000_000), 1],
    ['nothing but line ends', '\n'.repeat(3_000_000), 3_000_000],
    ['nothing but carriage returns', '\r'.repeat(1_000_000), 1_000_000],
    ['NUL bytes', '\0'.repeat(1_000_000), 1],
  ])('stays bounded on %s', (_, text, lines) => {
    const log = inChunks(Buffer.from(text), 65_536);
    expect(log.lineCount).toBe(lines);
    expect(log.lines.length).toBeLessThanOrEqual(limits.lines + 2 * 16_384);
    for (const line of log.lines) expect(line.text.length).toBeLessThanOrEqual(8_000);
  });

  it('reads cut-off UTF-8 and binary garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.integer({ min: 1, max: 64 }), (bytes, size) => {
        const log = inChunks(bytes, size);
        const numbers = log.lines.map((line) => line.number);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        expect(log.lineCount).toBeGreaterThanOrEqual(numbers.at(-1) ?? 0);
      }),
      { numRuns: 200 },
    );
  });
});
