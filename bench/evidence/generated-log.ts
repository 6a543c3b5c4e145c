// A size → a file that looks like a GitHub Actions job log of that size, with one failed test in its middle and its end.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const words =
  'installing building package module resolved fetched cached compiling test passed ok info debug download unpack src lib node index error_handling config value request response server client warning: retrying'.split(
    ' ',
  );

const failure = [
  'FAIL test/price.test.js',
  '  price',
  '    ✕ takes the discount off (3 ms)',
  '',
  '  ● price › takes the discount off',
  '',
  '    expect(received).toBe(expected) // Object.is equality',
  '',
  '    Expected: 90',
  '    Received: 0',
  '',
  '      at Object.toBe (test/price.test.js:5:46)',
  '',
  'Test Suites: 1 failed, 1 total',
  'Tests:       1 failed, 1 total',
];

/** The same bytes every time: numbers come from a fixed linear congruential sequence. */
export async function generatedLog(path: string, bytes: number): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  let [seed, written, number] = [42, 0, 0];
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const write = async (lines: readonly string[]): Promise<void> => {
    const text = lines.map((line) => `${stamp(number++)} ${line}\n`).join('');
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  };
  const filler = (): string[] =>
    Array.from({ length: 2_000 }, () => {
      const said = Array.from({ length: 4 + random(12) }, () => words[random(words.length)]);
      return `${said.join(' ')} ${random(10_000)} ms`;
    });
  await write(['##[group]Run npm test', '\x1b[36;1mnpm test\x1b[0m', 'shell: /usr/bin/bash -e {0}', '##[endgroup]']);
  while (written < bytes / 2) await write(filler());
  await write(failure);
  while (written < bytes) await write(filler());
  await write(['Tests:       1 failed, 1 total', '##[error]Process completed with exit code 1.']);
  file.end();
  await once(file, 'close');
}

const start = Date.parse('2026-03-01T12:00:00Z');
const stamp = (number: number): string => new Date(start + number).toISOString().replace('Z', '4321Z');
