// The path of a file that was given on the command line → its text or first bytes, or what is wrong with it and what was meant.
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { SelfHealError } from '../errors.ts';

const sampleBytes = 4_096;

export const firstBytes = (path: string): Promise<Buffer> => read(path, sampleBytes);

/** Not more than `mostBytes` of it: nobody's issue is longer than GitHub lets it be. */
export const textOf = async (path: string, mostBytes: number): Promise<string> =>
  (await read(path, mostBytes)).toString('utf8');

async function read(path: string, length: number): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

const meanings: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, and a file is meant',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'you have no permission to read it',
  EPERM: 'you have no permission to read it',
  Z_BUF_ERROR: 'it is cut off, perhaps downloaded only in part',
  Z_DATA_ERROR: 'it is no valid gzip file',
};

/** By shape: what another realm throws is no instance of our Error. */
const Told = z.object({ code: z.string().optional(), message: z.string() });

export function unreadable(path: string, error: unknown): SelfHealError {
  if (error instanceof SelfHealError) return error;
  const { code = '', message = String(error) } = Told.safeParse(error).data ?? {};
  const why = meanings[code] ?? message.replace(/[.\s]+$/, '');
  return new SelfHealError('input-invalid', `${JSON.stringify(path)} cannot be read: ${why}.`, { cause: error });
}
