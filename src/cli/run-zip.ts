// The zip of a run's logs, as GitHub gives it → the log of each job.
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { SelfHealError } from '../errors.ts';
import { unreadable } from './given-file.ts';

const mostEntries = 5_000;

interface ZippedLog {
  name: string;
  chunks: AsyncIterable<unknown>;
}

/**
 * GitHub's zip has each job twice: `0_build.txt` whole, and `build/2_Run tests.txt` by step. The whole ones are read; a
 * zip that only has steps is read folder by folder.
 */
export async function* jobsInZip(path: string): AsyncGenerator<ZippedLog> {
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw new SelfHealError(
      'input-invalid',
      `${JSON.stringify(path)} is no whole zip file, perhaps downloaded only in part.`,
      { cause: error },
    );
  });
  try {
    for (const [name, parts] of jobsOf(await entriesOf(archive, path))) yield { name, chunks: joined(archive, parts) };
  } finally {
    archive.close();
  }
}

async function entriesOf(archive: ZipFile, path: string): Promise<Entry[]> {
  if (archive.entryCount > mostEntries)
    throw new SelfHealError('input-invalid', `${path} has ${archive.entryCount} entries; ${mostEntries} are read.`);
  const entries: Entry[] = [];
  try {
    for await (const entry of archive.eachEntry()) if (entry.fileName.endsWith('.txt')) entries.push(entry);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (entries.length === 0)
    throw new SelfHealError('input-invalid', `${path} is a zip without a .txt file: the zip of a run's logs is meant.`);
  return entries;
}

function jobsOf(entries: readonly Entry[]): Map<string, Entry[]> {
  const whole = entries.filter(({ fileName }) => !fileName.includes('/'));
  const jobs = new Map<string, Entry[]>();
  for (const entry of whole.length > 0 ? whole : entries) {
    const [folder = '', file = ''] = entry.fileName.split(/\/(?=[^/]*$)/);
    const name = file === '' ? folder.replace(/^-?\d+_|\.txt$/g, '') : folder;
    jobs.set(name, [...(jobs.get(name) ?? []), entry]);
  }
  for (const parts of jobs.values())
    parts.sort((a, b) => a.fileName.localeCompare(b.fileName, 'en', { numeric: true }));
  return jobs;
}

async function* joined(archive: ZipFile, parts: readonly Entry[]): AsyncGenerator<unknown> {
  for (const entry of parts) {
    const stream = await archive.openReadStreamPromise(entry);
    try {
      yield* stream;
    } finally {
      stream.destroy();
    }
  }
}
