// A job's failures → completed by what stands outside of its log: test reports among its artifacts, annotations, other jobs' warnings.
import type { JobLog } from '../../failures/job-log.ts';
import { isTestReport, reportFailures, withReports } from '../../failures/reports/test-reports.ts';
import type { Failure } from '../../incident/failure.ts';
import type { Annotation, GitHub, JobSummary } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import { isNamed, type ReadJob, readJob } from './job-log.ts';

const reportBytes = 20_000_000;
const mostArtifacts = 2;

/** Asked for only where the log says that the job uploaded something that may be a report: each costs a request. */
export async function withTestReports(read: ReadJob, github: Pick<GitHub, 'artifactFiles'>): Promise<ReadJob> {
  let { failures } = read;
  for (const id of uploadedReports(read.log)) {
    const files = await github.artifactFiles(id, { maxBytes: reportBytes, wants: isTestReport });
    if (files) failures = withReports(failures, reportFailures(files));
  }
  return { ...read, failures };
}

const reportName = /test|junit|report|result|tap|surefire|spec/i;

/** actions/upload-artifact prints `Artifact NAME has been successfully uploaded! Final size is 1 bytes. Artifact ID is 2`. */
function uploadedReports(log: JobLog): number[] {
  const ids = log.lines.flatMap(({ text }) => {
    const [, name = '', id] =
      /^Artifact (.{1,200}?)(?:\.zip)? (?:has been successfully uploaded|successfully finalized)\b.{0,200}\bArtifact ID(?: is)? (\d{1,15})/.exec(
        text,
      ) ?? [];
    return id && reportName.test(name) ? [Number(id)] : [];
  });
  return [...new Set(ids)].slice(0, mostArtifacts);
}

/** Where the log names no place, what the job's steps marked in files does. */
export async function withAnnotations(read: ReadJob, github: Pick<GitHub, 'jobAnnotations'>): Promise<ReadJob> {
  if (read.failures.some((failure) => isNamed(failure) || failure.file !== undefined)) return read;
  const marks = (await github.jobAnnotations(read.job.id)).filter(isMark);
  if (marks.length === 0) return read;
  const [end] = read.failures;
  return { ...read, failures: await Promise.all(marks.slice(0, 20).map((mark) => annotated(mark, read.log, end))) };
}

const isMark = ({ level, path, message }: Annotation): boolean =>
  level === 'failure' && path !== '.github' && !/^Process completed with exit code/.test(message);

async function annotated(
  { path, startLine, title, message }: Annotation,
  log: JobLog,
  end: Failure | undefined,
): Promise<Failure> {
  const line = log.errors.find(({ text }) => message.startsWith(text.trim()) && text.trim() !== '')?.line;
  const at = line === undefined ? (end?.at ?? { from: 1, to: 1 }) : { from: line, to: line };
  return {
    tool: 'annotation',
    // Not a name of a tool's, as types are: anything may stand in it.
    ...(title ? { type: (await redact(withoutInvisible(title))).slice(0, 200) } : {}),
    message: message.slice(0, 2_000),
    file: path,
    ...(startLine > 0 ? { line: startLine } : {}),
    frames: [],
    at,
  };
}

const nothingUploaded =
  /No files were found with the provided path|no artifacts? will be uploaded|Artifact .{1,200} (?:is empty|not found)/i;
const mostEarlierJobs = 2;

/** An artifact that was not there: the job that should have made it passed, and said so in a warning nobody read. */
export async function earlierCause(
  read: ReadJob,
  jobs: readonly JobSummary[],
  github: Pick<GitHub, 'jobLog'>,
  signal: AbortSignal,
): Promise<string[]> {
  const missing = read.failures.some(({ type }) => type === 'ArtifactMissing');
  if (!missing) return [];
  const before = jobs.filter(
    (job) => job.conclusion === 'success' && (job.completedAt ?? 0) <= (read.job.startedAt ?? Number.POSITIVE_INFINITY),
  );
  const told: string[] = [];
  for (const job of before.slice(-mostEarlierJobs)) {
    const earlier = await readJob(job, github, signal);
    const said = earlier?.log.warnings.filter(({ text }) => nothingUploaded.test(text)) ?? [];
    told.push(...said.slice(0, 5).map(({ text }) => `In the job ${job.name}, which passed: ${text}`));
  }
  return told;
}
