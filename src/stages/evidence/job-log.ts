// A job of a run → its log as far as it is worth keeping, and what failed in it.
import { excerptOf } from '../../failures/excerpt.ts';
import { findFailures } from '../../failures/find-failures.ts';
import { type GreenLog, readGreenLogStream } from '../../failures/green-log.ts';
import type { JobLog } from '../../failures/job-log.ts';
import { readJobLogStream } from '../../failures/read-job-log.ts';
import type { Failure } from '../../incident/failure.ts';
import type { GitHub, JobSummary, RunSummary } from '../../ports.ts';
import { redact, redactedLines } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';

const mostFailures = 20;
export const excerptCharacters = 8_000;

export interface ReadJob {
  job: JobSummary;
  log: JobLog;
  failures: Failure[];
}

/** Undefined where the log is gone: deleted, expired, or never sent by a runner that died. */
export async function readJob(
  job: JobSummary,
  github: Pick<GitHub, 'jobLog'>,
  signal: AbortSignal,
): Promise<ReadJob | undefined> {
  const stream = await github.jobLog(job.id, signal);
  if (!stream) return undefined;
  const log = await readJobLogStream(stream, job.steps);
  return { job, log, failures: failuresOf(log) };
}

const failuresOf = (log: JobLog, green?: GreenLog): Failure[] =>
  findFailures(log, { failed: true, ...(green ? { green } : {}) }).slice(0, mostFailures);

/** The same job of the run that was green last, which may have been so only when it was run again. */
export async function greenLogOf(
  job: JobSummary,
  run: Pick<RunSummary, 'id' | 'attempt'>,
  github: Pick<GitHub, 'jobs' | 'jobLog'>,
  signal: AbortSignal,
): Promise<GreenLog | undefined> {
  const jobs = await github.jobs(run.id, run.attempt);
  const same = jobs.find(({ name, conclusion }) => name === job.name && conclusion === 'success');
  const stream = same && (await github.jobLog(same.id, signal));
  return stream && (await readGreenLogStream(stream));
}

/** What the green run printed too is taken away. */
export const withoutGreen = (read: ReadJob, green: GreenLog): ReadJob => ({
  ...read,
  failures: failuresOf(read.log, green),
});

/** The names that tools gave: an exit code and the last words before it are no name. */
export const isNamed = (failure: Failure): boolean => failure.tool !== 'shell';

export async function shownExcerpt(
  read: Pick<ReadJob, 'log' | 'failures'>,
  green?: GreenLog,
  maxCharacters = excerptCharacters,
): Promise<string> {
  const log = await withoutSecrets(read);
  return redact(withoutInvisible(excerptOf(log, read.failures, maxCharacters, green)));
}

/** Lines around a failure that may be shown, and the last ones. */
const [near, last] = [40, 120];
const mostRedacted = 3_000;

/** Redacted before it is cut: what is left of a key's middle looks like nothing. Only what may be shown, for this takes time. */
async function withoutSecrets({ log, failures }: Pick<ReadJob, 'log' | 'failures'>): Promise<JobLog> {
  const end = log.endedBy?.line ?? log.errors.at(-1)?.line ?? log.lines.at(-1)?.number ?? 0;
  const spans = [...failures.map(({ at }) => at), { from: end - last, to: end }];
  const isShown = (number: number) => spans.some(({ from, to }) => from - near <= number && number <= to + near);
  const shown = log.lines.filter(({ number }) => isShown(number)).slice(-mostRedacted);
  const texts = await redactedLines(shown.map(({ text }) => text));
  const redacted = new Map(shown.map((line, index) => [line, { ...line, text: texts[index] ?? '' }]));
  return { ...log, lines: log.lines.map((line) => redacted.get(line) ?? line) };
}

export const failedStepOf = ({ job, log }: ReadJob): string =>
  job.steps.find((one) => one.conclusion === 'failure')?.name ?? log.stepName ?? 'unknown step';
