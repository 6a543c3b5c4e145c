// A labelled issue → the failures its text and the runs it links to show, if the person who asked may ask.
import { findFailures } from '../../failures/find-failures.ts';
import { type IssueText, readIssue } from '../../failures/issue-text.ts';
import type { Trigger } from '../../incident/case-file.ts';
import type { Evidence } from '../../incident/evidence.ts';
import type { Failure } from '../../incident/failure.ts';
import { fullName, type Incident } from '../../incident/incident.ts';
import { stop } from '../../incident/outcome.ts';
import type { CommitSummary, GitHubDesk } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import type { Read } from '../../text/taint.ts';
import { cleaned, clipped } from '../../text/untrusted.ts';
import type { Finding } from './findings.ts';
import { isNamed, readJob } from './job-log.ts';
import { redactedFailures } from './redacted-failures.ts';

const excerptCharacters = 8_000;
const mostFailures = 20;

type IssueTrigger = Extract<Trigger, { kind: 'issue' }>;

export async function issueFindings(trigger: IssueTrigger, incident: Incident, desk: GitHubDesk): Promise<Finding> {
  const permission = await desk.github.permission(trigger.labelledBy);
  if (permission !== 'admin' && permission !== 'write') {
    const said = `${trigger.labelledBy} set the label but has no write access here; only people who have may start a heal.`;
    return { stopped: stop('not-ours', said) };
  }
  const { defaultBranch } = incident.repository;
  const text = cleaned(`${trigger.title}\n\n${trigger.body}`);
  const issue = readIssue(text, homeOf(trigger, incident));
  const linked = await linkedTo(issue, desk);
  const failures = [...findFailures(issue.log).filter(isNamed), ...linked.failures].slice(0, mostFailures);
  const affected = await affectedBy(issue, desk);
  return {
    found: {
      baseBranch: defaultBranch,
      failures: await redactedFailures(failures),
      // A secret that is cut in two is known no more: redacted first.
      excerpt: clipped(await redact([text, ...linked.notes].join('\n\n')), excerptCharacters),
      files: linked.files,
      reads: linked.reads,
      ...(issue.environment.length > 0
        ? { environment: await Promise.all(issue.environment.map((line) => redact(line))) }
        : {}),
      ...(affected ? { affected } : {}),
    },
  };
}

/** `https://github.com/octo/shop`, on whatever host the issue is. */
function homeOf(trigger: IssueTrigger, { repository }: Incident): string {
  const name = fullName(repository);
  const [host = ''] = trigger.url.split(`/${name}/`);
  return `${host}/${name}`;
}

interface Linked {
  failures: Failure[];
  files: CommitSummary['files'];
  notes: string[];
  reads: Read[];
}

/** Followed in this repository only: a run's failed jobs are read like those of our own incidents, a commit's files count as changed. */
async function linkedTo({ runs, commits }: IssueText, { github, signal }: GitHubDesk): Promise<Linked> {
  const found: Linked = { failures: [], files: [], notes: [], reads: [] };
  for (const { id, attempt, jobId } of runs.slice(0, 1)) {
    const run = await github.run(id);
    const jobs = run ? await github.jobs(id, attempt ?? run.attempt) : [];
    const failed = jobs.filter(({ conclusion }) => conclusion === 'failure' || conclusion === 'timed_out');
    const job = failed.find((one) => jobId === undefined || one.id === jobId);
    const read = job && (await readJob(job, github, signal));
    if (!read) continue;
    found.failures.push(...read.failures);
    const text = read.failures.map(({ message }) => message).join('\n');
    found.reads.push({
      source: 'job log',
      of: `${job.name} of run ${id}`,
      text: await redact(text),
      bytes: read.log.bytes,
    });
    found.notes.push(`The linked run ${id} failed in the job ${job.name}.`);
  }
  for (const sha of commits.slice(0, 1)) {
    const commit = await github.commit(sha);
    if (!commit) continue;
    found.files.push(...commit.files);
    found.notes.push(`The linked commit ${commit.sha.slice(0, 7)}: ${cleaned(commit.message).split('\n')[0] ?? ''}`);
  }
  return found;
}

/** The tag of the version that the issue names, in the forms that people give to tags. */
async function affectedBy({ versions }: IssueText, { github }: GitHubDesk): Promise<Evidence['affected']> {
  const [version] = versions;
  if (!version) return undefined;
  for (const tag of [`v${version}`, version]) {
    const commit = await github.commit(`tags/${tag}`);
    if (commit) return { version, tag, sha: commit.sha };
  }
  return undefined;
}
