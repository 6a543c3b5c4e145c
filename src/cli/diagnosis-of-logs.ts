// Files with logs, an issue's text and a checkout → the report on them.
import { findFailures } from '../failures/find-failures.ts';
import { type GreenLog, readGreenLogStream } from '../failures/green-log.ts';
import { readIssue } from '../failures/issue-text.ts';
import type { JobLog } from '../failures/job-log.ts';
import { readJobLogStream } from '../failures/read-job-log.ts';
import type { Failure } from '../incident/failure.ts';
import { code } from '../stages/evidence/code.ts';
import { excerptCharacters, isNamed, shownExcerpt } from '../stages/evidence/job-log.ts';
import { redactedFailures } from '../stages/evidence/redacted-failures.ts';
import { bytesPerFile, withinBounds } from '../stages/evidence/sources.ts';
import { suspectsFromText } from '../stages/evidence/suspects-from-text.ts';
import { redact } from '../text/redact.ts';
import { estimatedTokens } from '../text/tokens.ts';
import { cleaned, clipped } from '../text/untrusted.ts';
import type { DiagnosisReport } from './diagnosis-report.ts';
import { type LocalRepository, localRepository } from './local-repository.ts';
import { logsIn } from './log-file.ts';

/** Where nothing failed, only how it ended. */
const endCharacters = 1_500;
/** GitHub's own limit is 256 jobs a matrix. */
const mostJobs = 300;

interface Given {
  log: string | undefined;
  greenLog: string | undefined;
  repo: string | undefined;
  issueText: string | undefined;
}

interface ReadLogs {
  jobs: { name: string; failures: Failure[] }[];
  /** The job that is told about; the other logs are let go, so that memory does not grow with the jobs. */
  best: { name: string; log: JobLog; failures: Failure[] } | undefined;
}

export async function diagnosedLogs({ log, greenLog, repo, issueText }: Given): Promise<DiagnosisReport> {
  const files = repo === undefined ? undefined : await localRepository(repo);
  const green = greenLog === undefined ? new Map<string, GreenLog>() : await greenLogs(greenLog);
  const { jobs, best } = log === undefined ? { jobs: [], best: undefined } : await readLogs(log, green);
  const issue = issueText === undefined ? undefined : readIssue(cleaned(issueText), 'https://github.invalid/none');
  const said = issue ? findFailures(issue.log).filter(isNamed) : [];
  const severalJobs = jobs.length > 1;
  const failures = [
    ...jobs.flatMap(({ name, failures: found }) => found.map((one) => ({ one, job: severalJobs ? name : undefined }))),
    ...said.map((one) => ({ one: { ...one, report: 'the issue' }, job: undefined })),
  ];
  const redacted = await redactedFailures(failures.map(({ one }) => one));
  const room = best && best.failures.length > 0 ? excerptCharacters : endCharacters;
  const shown = best ? await shownExcerpt(best, greenOf(green, best.name), room) : '';
  // A secret that is cut in two is known no more: redacted first.
  const issueShown = issueText === undefined ? '' : clipped(await redact(cleaned(issueText)), excerptCharacters);
  const text = [shown, issueShown].filter((part) => part !== '').join('\n\n');
  const clues = {
    failures: redacted,
    // The files that a green log happens to name are under no suspicion.
    text: failures.length > 0 || issue ? text : '',
    ...(best?.log.failingCommand ? { failingCommand: best.log.failingCommand } : {}),
  };
  const found = await lookedUp(clues, files);
  const excerpt = [text, await redact(found.excerpt.text)].filter((part) => part !== '').join('\n\n');
  return {
    failures: redacted.map((failure, index) => shownFailure(failure, failures[index]?.job)),
    suspects: found.suspects.map(({ lines = [], ...suspect }) => ({ ...suspect, lines })),
    exitCode: best?.log.exitCode ?? null,
    step: best?.log.stepName ?? null,
    command: best?.log.failingCommand ? await redact(best.log.failingCommand) : null,
    jobs: severalJobs ? jobs.map(({ name, failures: own }) => `${name}: ${counted(own.length)}`) : [],
    environment: issue?.environment ?? [],
    changes: [],
    excerpt: { text: excerpt, tokens: estimatedTokens(excerpt), leftOut: found.excerpt.leftOut },
  };
}

const counted = (count: number): string =>
  count === 0 ? 'no failure' : `${count} ${count === 1 ? 'failure' : 'failures'}`;

export function shownFailure(failure: Failure, job?: string): DiagnosisReport['failures'][number] {
  const { at, ...rest } = failure;
  return { ...rest, log: { first: at.from, last: at.to }, ...(job ? { job } : {}) };
}

async function readLogs(path: string, green: ReadonlyMap<string, GreenLog>): Promise<ReadLogs> {
  const read: ReadLogs = { jobs: [], best: undefined };
  for await (const { name, chunks } of logsIn(path)) {
    if (read.jobs.length >= mostJobs) break;
    const log = await readJobLogStream(chunks);
    const known = greenOf(green, name);
    const failures = findFailures(log, known ? { green: known } : {});
    read.jobs.push({ name, failures });
    if (!read.best || worth(failures) > worth(read.best.failures)) read.best = { name, log, failures };
  }
  return read;
}

/** A test that failed says more than an exit code. */
const worth = (failures: readonly Failure[]): number => (failures.some(isNamed) ? 2 : Math.sign(failures.length));

async function greenLogs(path: string): Promise<Map<string, GreenLog>> {
  const green = new Map<string, GreenLog>();
  for await (const { name, chunks } of logsIn(path)) green.set(name, await readGreenLogStream(chunks));
  return green;
}

/** The log of the job of that name; a single green log is that of every job. */
const greenOf = (green: ReadonlyMap<string, GreenLog>, name: string): GreenLog | undefined =>
  green.get(name) ?? (green.size === 1 ? [...green.values()][0] : undefined);

async function lookedUp(
  clues: { failures: Failure[]; text: string; failingCommand?: string },
  files: LocalRepository | undefined,
) {
  if (!files) return { suspects: suspectsFromText(clues), excerpt: { text: '', leftOut: [] } };
  const { paths, read } = files;
  const texts = async (wanted: readonly string[]) => withinBounds(await read(wanted, bytesPerFile(wanted)));
  return code({ ...clues, changes: [] }, { paths, read: texts });
}
