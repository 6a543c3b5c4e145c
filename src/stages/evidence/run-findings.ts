// A failed workflow run → the failures its jobs' logs name, the slice of the log that shows them, and what changed since it was green.
import type { GreenLog } from '../../failures/green-log.ts';
import { jobGroups, jobsWorthReading, matrixInWords } from '../../failures/matrix.ts';
import type { Trigger } from '../../incident/case-file.ts';
import type { Failure } from '../../incident/failure.ts';
import type { Repository } from '../../incident/incident.ts';
import { stop } from '../../incident/outcome.ts';
import type { GitHub, JobSummary } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import type { Read } from '../../text/taint.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import type { Finding } from './findings.ts';
import { type History, history } from './history.ts';
import { failedStepOf, greenLogOf, isNamed, type ReadJob, readJob, shownExcerpt, withoutGreen } from './job-log.ts';
import { redactedFailures } from './redacted-failures.ts';
import { earlierCause, withAnnotations, withTestReports } from './told-elsewhere.ts';

const jobsRead = 3;
const mostFailures = 20;
const longestWarning = 500;
const mostFolders = 12;

type RunTrigger = Extract<Trigger, { kind: 'workflow-run' }>;

export interface RunDesk {
  github: Pick<GitHub, 'jobs' | 'jobLog' | 'artifactFiles' | 'jobAnnotations' | 'runsOf' | 'compare' | 'commit'>;
  signal: AbortSignal;
}

export async function runFindings(trigger: RunTrigger, repository: Repository, desk: RunDesk): Promise<Finding> {
  const jobs = await desk.github.jobs(trigger.runId, trigger.runAttempt);
  if (!jobs.some(({ conclusion }) => conclusion === 'failure' || conclusion === 'timed_out'))
    return { stopped: stop('no-evidence', 'No job of the run failed: the workflow itself could not start.') };
  const read = await readJobs(jobs, desk);
  const [first] = read;
  if (!first) {
    const said = 'The logs of the failed jobs are gone (deleted, expired, or the runner died before it sent them).';
    return { stopped: stop('no-evidence', said) };
  }
  if (read.every(({ failures }) => failures.length > 0 && failures.every(isCancelled)))
    return { stopped: stop('not-ours', 'The run was cancelled: nothing failed by itself.') };
  const told = await history(trigger, repository, spokenOf(read), desk.github);
  if (!told) return { stopped: stop('no-evidence', `The commit ${trigger.headSha} is gone.`) };
  const { best, green } = await completed(bestOf(read), told, desk);
  return { found: await findings(trigger, jobs, { read, best, green, told }, desk) };
}

const isCancelled = ({ tool, type }: Failure): boolean => tool === 'runner' && type === 'Cancelled';

/** One of each kind of job; the others of a matrix only as long as nothing was named. */
async function readJobs(jobs: readonly JobSummary[], { github, signal }: RunDesk): Promise<ReadJob[]> {
  const groups = jobGroups(jobs);
  const groupOf = (job: JobSummary) => groups.find(({ failed }) => failed.includes(job.name))?.name;
  const named = new Set<string | undefined>();
  const read: ReadJob[] = [];
  for (const job of jobsWorthReading(jobs, jobsRead)) {
    if (named.has(groupOf(job))) continue;
    const one = await readJob(job, github, signal);
    if (!one) continue;
    read.push(one);
    if (one.failures.some(isNamed)) named.add(groupOf(job));
  }
  return read;
}

/** A test that failed says more than an exit code; the first job that has one is the one that is told about. */
const bestOf = (read: readonly ReadJob[]): ReadJob | undefined =>
  read.find(({ failures }) => failures.some(isNamed)) ?? read[0];

const spokenOf = (read: readonly ReadJob[]): string[] => {
  const printed = read.flatMap(({ failures }) =>
    failures.flatMap(({ file, frames }) => [file ?? '', ...frames.map((one) => one.file)]),
  );
  return [...new Set(printed)].flatMap(ends);
};

/** The tree is not known yet: of `/home/runner/work/shop/shop/src/cart.js` any end may be a path of the repository. */
function ends(printed: string): string[] {
  const parts = printed.split(/[\\/]/).slice(-mostFolders);
  return parts.map((_, start) => parts.slice(start).join('/'));
}

/** What the log itself leaves open is looked for elsewhere; each of these costs requests. */
async function completed(
  best: ReadJob | undefined,
  { green: run }: History,
  { github, signal }: RunDesk,
): Promise<{ best: ReadJob; green: GreenLog | undefined }> {
  if (!best) throw new TypeError('no job was read');
  const reported = await withTestReports(best, github);
  if (reported.failures.some(isNamed)) return { best: reported, green: undefined };
  const annotated = await withAnnotations(reported, github);
  const green = run && (await greenLogOf(best.job, run, github, signal));
  if (!green || annotated.failures.some(isNamed)) return { best: annotated, green };
  return { best: withoutGreen(annotated, green), green };
}

interface Told {
  read: readonly ReadJob[];
  best: ReadJob;
  green: GreenLog | undefined;
  told: History;
}

async function findings(trigger: RunTrigger, jobs: readonly JobSummary[], found: Told, desk: RunDesk) {
  const { best, green, told } = found;
  const { log, job } = best;
  const others = found.read.filter((one) => one.job !== job && one.failures.some(isNamed));
  const failures = distinct([best, ...others].flatMap((one) => one.failures)).slice(0, mostFailures);
  const earlier = await earlierCause(best, jobs, desk.github, desk.signal);
  const excerpt = await shownExcerpt(best, green);
  const words = matrixInWords(jobs);
  const shown = await redactedFailures(failures);
  return {
    commit: told.commit,
    baseBranch: trigger.headBranch,
    changes: told.changes,
    files: told.files,
    failures: shown,
    excerpt: [...(await Promise.all(earlier.map(shownWarning))), excerpt].join('\n'),
    job: { id: job.id, name: job.name, step: failedStepOf(best), url: job.url },
    ...(jobs.length > 1 ? { jobs: words.map(withoutInvisible) } : {}),
    ...(log.failingCommand ? { failingCommand: await redact(log.failingCommand) } : {}),
    ...(log.exitCode === undefined ? {} : { exitCode: log.exitCode }),
    reads: [
      ...found.read.map((one) => ({
        source: 'job log' as const,
        of: one.job.name,
        text: one === best || one.job === job ? excerpt : textOf(shown),
        bytes: one.log.bytes,
      })),
      ...readElsewhere(shown, job.name),
    ],
  };
}

const textOf = (failures: readonly Failure[]): string => failures.map(({ message }) => message).join('\n');

/** Test reports and annotations that failures come from. */
function readElsewhere(failures: readonly Failure[], job: string): Read[] {
  const reports = new Set(failures.flatMap(({ report }) => report ?? []));
  const annotations = failures.filter(({ tool }) => tool === 'annotation');
  return [
    ...[...reports].map(
      (of): Read => ({
        source: 'test report',
        of,
        text: textOf(failures.filter(({ report }) => report === of)),
      }),
    ),
    ...(annotations.length > 0 ? [{ source: 'annotation' as const, of: job, text: textOf(annotations) }] : []),
  ];
}

const shownWarning = async (text: string): Promise<string> =>
  (await redact(withoutInvisible(text))).slice(0, longestWarning).toWellFormed();

/** The same failure in ten shards is one failure. */
function distinct(failures: readonly Failure[]): Failure[] {
  const seen = new Map<string, Failure>();
  for (const one of failures) {
    const key = JSON.stringify([one.tool, one.test, one.type, one.test ? '' : one.message, one.file, one.line]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}
