// A file with a log, plain, gzipped, or the zip of a whole run → its jobs' logs as streams of bytes.
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SelfHealError } from '../errors.ts';
import { firstBytes, unreadable } from './given-file.ts';
import { jobsInZip } from './run-zip.ts';

export interface NamedLog {
  /** The job's name in a run's zip; the file's path else. */
  name: string;
  chunks: AsyncIterable<Uint8Array>;
}

/** What is read of one file, whatever a packed one claims: the reader of logs keeps little of it anyway. */
const mostBytes = 4 * 1024 ** 3;

export async function* logsIn(path: string): AsyncGenerator<NamedLog> {
  const start = await firstBytes(path);
  if (start.length === 0) throw new SelfHealError('input-invalid', `${path} is empty.`);
  const budget = { left: mostBytes };
  if (/^PK(?:\x03\x04|\x05\x06)/.test(start.toString('latin1', 0, 4))) {
    for await (const { name, chunks } of jobsInZip(path)) yield { name, chunks: bounded(chunks, path, budget) };
    return;
  }
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  if (!isGzip && isBinary(start))
    throw new SelfHealError(
      'input-invalid',
      `${path} is no text: a log, a gzipped log, or the zip of a run's logs is meant.`,
    );
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const bytes = bounded(isGzip ? pipeline(file, createGunzip(), () => undefined) : file, path, budget);
  yield { name: path, chunks: isUtf16(start) ? decoded(bytes) : bytes };
}

/** What PowerShell's `>` writes. */
const isUtf16 = (start: Buffer): boolean => start[0] === 0xff && start[1] === 0xfe;

/** Half of a picture or an archive is no UTF-8; a log with a torn character or a few NULs is one yet. */
function isBinary(start: Buffer): boolean {
  if (isUtf16(start)) return false;
  const text = start.toString('utf8');
  const odd = text.match(/[\ufffd\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return odd > text.length * 0.3;
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-16le');
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}

async function* bounded(
  chunks: AsyncIterable<unknown>,
  path: string,
  budget: { left: number },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of chunks) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of bytes gave something else');
      if (budget.left <= 0) return;
      budget.left -= chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}
