// A log's path → as one line of JSON, what finding its failures took: run as a process of its own, so that the peak is its own.
import { createReadStream } from 'node:fs';
import { findFailures } from '../../src/failures/find-failures.ts';
import { readJobLogStream } from '../../src/failures/read-job-log.ts';

const [path = ''] = process.argv.slice(2);
const began = performance.now();
const log = await readJobLogStream(createReadStream(path, { highWaterMark: 1 << 18 }));
const failures = findFailures(log);
const tookMs = performance.now() - began;
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ tookMs, peakBytes, failures: failures.map(({ test, at }) => ({ test, at })) }));
