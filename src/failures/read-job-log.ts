// A log as text or as bytes that arrive in chunks → the job log, with the signs of every tool looked for.
import type { JobLog, JobStep } from './job-log.ts';
import { defaultLimits, type LogLimits, LogReader } from './log-reader.ts';
import { type SignTable, signTable } from './sign-scanner.ts';
import { tools } from './tools.ts';

/** What the runner itself writes at the turns of a job, and what any shell or system says when it ends badly. */
const runnerSigns = [
  '##[group]Run ',
  '##[error]',
  '##[warning]',
  'Post job cleanup.',
  'command not found',
  'Permission denied',
  'No such file or directory',
  'egmentation fault',
];

/** Every literal that a log is searched for while it arrives. */
export const allSigns = (): string[] => [...new Set([...runnerSigns, ...tools.flatMap((tool) => tool.signs)])];

let table: SignTable | undefined;

/** Made when the first log is read: it holds a megabyte. */
export function newLogReader(limits: LogLimits = defaultLimits): LogReader {
  table ??= signTable(allSigns());
  return new LogReader(table, limits);
}

export function readJobLog(text: string, steps: readonly JobStep[] = []): JobLog {
  const reader = newLogReader();
  reader.push(Buffer.from(text));
  return reader.end(steps);
}

/** Reads what arrives, keeping no more of it than fixed memory allows. */
export async function readJobLogStream(
  chunks: AsyncIterable<Uint8Array>,
  steps: readonly JobStep[] = [],
): Promise<JobLog> {
  const reader = newLogReader();
  for await (const chunk of chunks) reader.push(chunk);
  return reader.end(steps);
}
