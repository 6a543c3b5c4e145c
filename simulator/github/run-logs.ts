// The jobs of a run attempt → the zip of their logs, laid out as GitHub's.
import { existsSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import type { JobRecord } from '../runner/contract.ts';

/** GitHub drops what file systems dislike and cuts long names. */
const fileName = (name: string): string =>
  name
    .replace(/[<>:"/\\|?*]/g, '')
    .slice(0, 90)
    .trim();

export async function zipRunLogs(jobs: readonly JobRecord[]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const add = (file: string, name: string) => {
    // A job that was skipped or cancelled early has written none.
    if (existsSync(file)) zip.addFile(file, name);
  };
  for (const [index, job] of jobs.entries()) {
    add(job.logFile, `${index}_${fileName(job.name)}.txt`);
    for (const step of job.stepLogFiles)
      add(step.file, `${fileName(job.name)}/${step.number}_${fileName(step.name)}.txt`);
  }
  zip.end();
  return await buffer(zip.outputStream);
}
