// An artifact's zip → its text files, within limits that count the bytes that really come out.
import { isUtf8 } from 'node:buffer';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { SelfHealError } from '../../errors.ts';
import { allBytes, tooLarge } from './download.ts';

const maxEntries = 100;

export async function unpacked(zip: Buffer, maxBytes: number): Promise<Map<string, string>> {
  try {
    const archive = await fromBufferPromise(zip, { lazyEntries: true, strictFileNames: true });
    if (archive.entryCount > maxEntries) {
      throw new SelfHealError(
        'github-answer-unreadable',
        `The artifact has ${archive.entryCount} entries; ${maxEntries} are read.`,
      );
    }
    return await textFiles(archive, maxBytes);
  } catch (error) {
    if (error instanceof SelfHealError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SelfHealError('github-answer-unreadable', `The artifact is not a readable zip: ${why}.`, {
      cause: error,
    });
  }
}

async function textFiles(archive: ZipFile, maxBytes: number): Promise<Map<string, string>> {
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

/** The size that the entry claims is nobody's promise; a claim beyond the limit is only the quicker way out. */
async function content(archive: ZipFile, entry: Entry, leftBytes: number, maxBytes: number): Promise<Buffer> {
  if (entry.uncompressedSize > leftBytes) throw tooLarge('The unpacked artifact', maxBytes);
  const stream = await archive.openReadStreamPromise(entry);
  try {
    return await allBytes(stream, leftBytes, 'The unpacked artifact');
  } finally {
    stream.destroy();
  }
}

const textOf = (bytes: Buffer): string | undefined =>
  isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined;
