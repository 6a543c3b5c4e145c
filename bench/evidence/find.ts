// A log's path → as one line of JSON, what finding its failures took: run as a process of its own, so that the peak is its own.
import { open } from 'node:fs/promises';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readJobLog, readJobLogStream } from '../../src/failures/read-job-log.ts';

const [path = ''] = process.argv.slice(2);

/** One buffer for all of it: what the reader keeps it copies. */
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  const buffer = new Uint8Array(65_536);
  for (;;) {
    const { bytesRead } = await handle.read(buffer);
    if (bytesRead === 0) break;
    yield buffer.subarray(0, bytesRead);
  }
  await handle.close();
}

// The App reads logs for as long as it runs: the table of signs is made, and the code compiled, with its first ones.
for (let run = 0; run < 3; run += 1)
  findFailures(readJobLog('2026-03-01T12:00:00Z a line like any other\n'.repeat(5_000)));
const began = performance.now();
const log = await readJobLogStream(chunksOf(path));
const failures = findFailures(log);
const tookMs = performance.now() - began;
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ tookMs, peakBytes, failures: failures.map(({ test, at }) => ({ test, at })) }));
