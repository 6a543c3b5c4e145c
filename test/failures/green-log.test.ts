// The log of a passed run → what a failed one prints for the first time, whatever the clock and the machine were.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GreenLog, readGreenLog, readGreenLogStream } from '../../src/failures/green-log.ts';
import { readJobLog } from '../../src/failures/read-job-log.ts';
import { jobLog } from './fixture.ts';

const knows = (green: string, text: string): boolean => readGreenLog(green).has({ text });

describe('GreenLog', () => {
  it.each([
    ['times', 'started 2026-03-01T12:00:00.123Z', 'started 2026-11-22 02:53:37'],
    ['clocks', '[12:00:01] Starting build', '[23:59:59.120] Starting build'],
    ['dates', 'report-2026-03-01.xml', 'report-2026-12-24.xml'],
    ['durations', 'done in 1.25s (900 ms)', 'done in 14s (12 ms)'],
    ['hashes', 'HEAD is now at 3f2c1ab add', 'HEAD is now at 90cd0ffee1 add'],
    ['digests', `sha256:${'0a'.repeat(32)}`, `sha256:${'f3'.repeat(32)}`],
    ['UUIDs', 'id 0f4fa034-b70e-43e6-b794-c89bb0870a7e', 'id 11111111-aaaa-4bbb-8ccc-0123456789AB'],
    ['temporary paths', 'wrote /tmp/dIBV1K0J1d/out.txt', 'wrote /tmp/x8/y/z.txt'],
    [
      'temporary paths of Windows',
      'C:\\Users\\a\\AppData\\Local\\Temp\\abc.txt x',
      'C:\\Users\\a\\AppData\\Local\\Temp\\q x',
    ],
    ['addresses in memory', '<Price object at 0x7f3a1c>', '<Price object at 0xDEADBEEF>'],
    ['hosts', 'listening at 127.0.0.1:40123', 'listening at 10.1.0.4:80'],
    ['counters', 'Progress (3): 12/400 kB', 'Progress (11): 399/400 kB'],
    ['percentages', '12% done', '99.5% done'],
    ['widths', 'price.js   |   12 |', 'price.js | 7 |'],
    ['colours and timestamps', '2026-03-01T12:00:00.1234567Z \x1b[32mok\x1b[0m a', 'ok a'],
  ])('knows a line again that differs in %s only', (_, green, red) => {
    expect(knows(green, red)).toBe(true);
  });

  it.each([
    ['a result', 'Tests: 3 passed, 0 failed', 'Tests: 2 passed, 1 failed'],
    ['nought among others', 'exit code 0', 'exit code 1'],
    ['a word', 'price.js ok', 'price.js failed'],
    ['a version', 'using lodash 4.17.20', 'using lodash 4.17.21'],
    ['a word of hexadecimal letters', 'feed the facade', 'feed the decade'],
    ['a path', 'wrote /srv/a/out.txt', 'wrote /srv/b/out.txt'],
    ['a test’s name', 'ok 1 - adds tax', 'ok 1 - adds discount'],
  ])('takes a line for new that differs in %s', (_, green, red) => {
    expect(knows(green, red)).toBe(false);
    expect(knows(green, green)).toBe(true);
  });

  it('takes no empty line for news', () => {
    expect(knows('a', '   ')).toBe(true);
  });

  it('says when it holds too little to tell what is usual', () => {
    expect(readGreenLog('').isEmpty).toBe(true);
    expect(readGreenLog('a\nb\nc\nd\ne\nf\n').isEmpty).toBe(false);
  });

  it('knows every line of the very same log', () => {
    const text = jobLog([
      {
        command: 'make',
        output: `##[warning]beware\n##[group]A part\n##[endgroup]\n${'\x1b[31mé\x1b[0m'.repeat(900)}\n10%\r50%\r100%\nlast`,
      },
    ]);
    const green = readGreenLog(text);
    expect(readJobLog(text).lines.filter((line) => !green.has(line))).toEqual([]);
  });

  it('is the same however its bytes arrive', async () => {
    const line = fc.string({
      unit: fc.constantFrom('a', 'é', '🙂', '1', ' ', '\r', '\x1b[1m', '/tmp/'),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const bytes = Buffer.from(lines.join('\n'));
        const chunks = async function* () {
          for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
        };
        const [whole, streamed] = [readGreenLog(lines.join('\n')), await readGreenLogStream(chunks())];
        for (const { text } of readJobLog(lines.join('\n')).lines) {
          expect(whole.has({ text })).toBe(true);
          expect(streamed.has({ text })).toBe(true);
        }
        for (const text of ['new', 'a 1', 'é']) expect(streamed.has({ text })).toBe(whole.has({ text }));
      }),
      { numRuns: 100 },
    );
  });

  it('learns no more lines than it may hold, and keeps nothing of a line without an end', () => {
    const green = new GreenLog(3);
    const endless = Buffer.from('x'.repeat(65_536));
    for (let chunk = 0; chunk < 50; chunk += 1) green.push(endless);
    green.push(Buffer.from('\nb\nb\nc\nd\n'));
    green.end();
    expect(['b', 'c', 'd'].map((text) => green.has({ text }))).toEqual([true, true, false]);
    expect(green.has({ text: 'x'.repeat(8_000) })).toBe(true);
  });
});
