// An artifact's zip → its text files, within limits that count the bytes that really come out.
import { isUtf8 } from 'node:buffer';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { SelfHealError } from '../../errors.ts';
import { allBytes, tooLarge } from './download.ts';

export interface Unpacking {
  /** Of all files together, packed as well as unpacked. */
  maxBytes: number;
  /** Only these, as far as they fit; without it every file has to fit, and an artifact that has too many is refused. */
  wants?: (path: string) => boolean;
}

const maxEntries = 100;
/** Of an artifact that somebody else made: test reports among screenshots and coverage pages. */
const maxForeignEntries = 20_000;
/** Text packs 1:20 at most, repetitive reports 1:100; deflate's own end is 1:1032. */
const maxRatio = 250;
const smallBytes = 1_000_000;

export async function textFiles(zip: Buffer, unpacking: Unpacking): Promise<Map<string, string>> {
  try {
    const archive = await fromBufferPromise(zip, { lazyEntries: true, strictFileNames: true });
    const most = unpacking.wants ? maxForeignEntries : maxEntries;
    if (archive.entryCount > most) {
      throw new SelfHealError(
        'github-answer-unreadable',
        `The artifact has ${archive.entryCount} entries; ${most} are read.`,
      );
    }
    return unpacking.wants
      ? await wantedFiles(archive, unpacking.maxBytes, unpacking.wants)
      : await everyFile(archive, unpacking.maxBytes);
  } catch (error) {
    if (error instanceof SelfHealError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SelfHealError('github-answer-unreadable', `The artifact is not a readable zip: ${why}.`, {
      cause: error,
    });
  }
}

async function everyFile(archive: ZipFile, maxBytes: number): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  let leftBytes = maxBytes;
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const bytes = await content(archive, entry, leftBytes, maxBytes);
    leftBytes -= bytes.byteLength;
    const text = textOf(bytes);
    if (text !== undefined) files.set(entry.fileName, text);
  }
  return files;
}

/** What does not fit is left out; its bytes are counted as far as they were read, so that many bombs cost no more than one. */
async function wantedFiles(archive: ZipFile, maxBytes: number, wants: (path: string) => boolean) {
  const files = new Map<string, string>();
  let leftBytes = maxBytes;
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.endsWith('/') || !wants(entry.fileName)) continue;
    const bound = Math.min(leftBytes, Math.ceil(maxBytes / 2));
    if (entry.uncompressedSize > bound || isBomb(entry)) continue;
    let bytes: Buffer;
    try {
      bytes = await content(archive, entry, bound, maxBytes);
    } catch {
      // Larger than it claimed, or damaged.
      leftBytes -= bound;
      if (leftBytes <= 0) break;
      continue;
    }
    leftBytes -= bytes.byteLength;
    const text = textOf(bytes);
    if (text !== undefined) files.set(entry.fileName, text);
  }
  return files;
}

const isBomb = (entry: Entry): boolean =>
  entry.uncompressedSize > smallBytes && entry.uncompressedSize > entry.compressedSize * maxRatio;

/** The size that the entry claims is nobody's promise; a claim beyond the limit is only the quicker way out. */
async function content(archive: ZipFile, entry: Entry, leftBytes: number, maxBytes: number): Promise<Buffer> {
  if (entry.uncompressedSize > leftBytes || isBomb(entry)) throw tooLarge('The unpacked artifact', maxBytes);
  const stream = await archive.openReadStreamPromise(entry);
  try {
    return await allBytes(stream, leftBytes, 'The unpacked artifact');
  } finally {
    stream.destroy();
  }
}

const textOf = (bytes: Buffer): string | undefined =>
  isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined;
