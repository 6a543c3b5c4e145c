// A failed workflow run → the failures its jobs' logs name, and the slice of the log that shows them.

import { excerptOf } from '../../failures/excerpt.ts';
import { findFailures } from '../../failures/find-failures.ts';
import { readJobLog } from '../../failures/job-log.ts';
import type { Trigger } from '../../incident/case-file.ts';
import { stop } from '../../incident/outcome.ts';
import type { GitHubDesk, JobSummary } from '../../ports.ts';
import { redact } from '../../text/redact.ts';
import { withoutInvisible } from '../../text/untrusted.ts';
import type { Finding, Findings } from './findings.ts';
import { redactedFailures } from './redacted-failures.ts';

const logBytes = 20_000_000;
const excerptCharacters = 8_000;
const jobsRead = 3;

type RunTrigger = Extract<Trigger, { kind: 'workflow-run' }>;

export async function runFindings(trigger: RunTrigger, desk: GitHubDesk): Promise<Finding> {
  const jobs = await desk.github.jobs(trigger.runId, trigger.runAttempt);
  const failed = jobs.filter((job) => job.conclusion === 'failure' || job.conclusion === 'timed_out');
  if (failed.length === 0)
    return { stopped: stop('no-evidence', 'No job of the run failed: the workflow itself could not start.') };

  let best: Findings | undefined;
  for (const job of failed.slice(0, jobsRead)) {
    const findings = await jobFindings(job, trigger, desk);
    best ??= findings;
    // A test that failed says more than an exit code; the first job that has one is the one that is told about.
    if (findings?.failures.some((failure) => failure.tool !== 'shell')) return { found: findings };
  }
  if (best) return { found: best };
  const lost = stop(
    'no-evidence',
    'The logs of the failed jobs are gone (deleted, expired, or the runner died before it sent them).',
  );
  return { stopped: lost };
}

async function jobFindings(job: JobSummary, trigger: RunTrigger, desk: GitHubDesk): Promise<Findings | undefined> {
  const download = await desk.github.jobLog(job.id, logBytes);
  if (!download) return undefined;
  const log = readJobLog(download.text);
  const failures = findFailures(log).slice(0, 20);
  const step = job.steps.find((one) => one.conclusion === 'failure')?.name ?? log.stepName ?? 'unknown step';
  return {
    baseRef: trigger.headSha,
    baseBranch: trigger.headBranch,
    failures: await redactedFailures(failures),
    excerpt: await redact(withoutInvisible(excerptOf(log, failures, excerptCharacters))),
    job: { id: job.id, name: job.name, step, url: job.url },
    ...(log.failingCommand ? { failingCommand: await redact(log.failingCommand) } : {}),
    ...(log.exitCode === undefined ? {} : { exitCode: log.exitCode }),
  };
}
