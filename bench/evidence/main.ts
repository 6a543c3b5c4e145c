// Finding failures in generated logs of 10 MB, 100 MB and 1 GB → a table against ripgrep, which looks for the same signs in the same run.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { allSigns } from '../../src/failures/read-job-log.ts';
import { generatedLog } from './generated-log.ts';

const sizes = [10_000_000, 100_000_000, 1_000_000_000];
const runs = 5;
const bound = 0.25;
const Took = z.object({ tookMs: z.number(), peakBytes: z.number(), failures: z.array(z.unknown()) });

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const perSecond = (bytes: number, ms: number): string => `${(bytes / 1e3 / ms).toFixed(0)} MB/s`;

if (spawnSync('rg', ['--version']).status !== 0) {
  console.error('bench: ripgrep (rg) is not here; install the package ripgrep and run this again.');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'self-heal-bench-'));
try {
  const signs = join(folder, 'signs.txt');
  // A sign may end with its line; to ripgrep an empty pattern would be found everywhere.
  writeFileSync(
    signs,
    `${allSigns()
      .map((sign) => sign.replaceAll('\n', ''))
      .join('\n')}\n`,
  );
  console.log(`${allSigns().length} signs, ${runs} runs each, medians. Bound: ratio ≥ ${bound}, peak ≤ 150 MB.\n`);
  console.log('| log | Self-Heal | peak | found | ripgrep, the same signs | ratio |');
  console.log('|---|---|---|---|---|---|');
  for (const size of sizes) console.log(await row(size, signs));
} finally {
  rmSync(folder, { recursive: true });
}

async function row(size: number, signs: string): Promise<string> {
  const log = join(folder, 'log.txt');
  await generatedLog(log, size);
  const [ours, theirs]: [z.infer<typeof Took>[], number[]] = [[], []];
  // The first run, which fills the cache, does not count.
  for (let run = -1; run < runs; run += 1) {
    const output = execFileSync(process.execPath, [join(import.meta.dirname, 'find.ts'), log], {
      encoding: 'utf8',
      // As src/main.ts does for the App.
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    });
    if (run >= 0) ours.push(Took.parse(JSON.parse(output)));
    const began = performance.now();
    const { status, stderr } = spawnSync('rg', ['--count', '--fixed-strings', '--file', signs, log], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`ripgrep ended with ${status}: ${stderr}`);
    theirs.push(performance.now() - began);
  }
  const [mine, peer] = [median(ours.map(({ tookMs }) => tookMs)), median(theirs)];
  const peak = Math.max(...ours.map(({ peakBytes }) => peakBytes));
  const found = ours[0]?.failures.length ?? 0;
  const cells = [`${size / 1e6} MB`, perSecond(size, mine), `${(peak / 1e6).toFixed(0)} MB`, String(found)];
  return `| ${[...cells, perSecond(size, peer), (peer / mine).toFixed(2)].join(' | ')} |`;
}
