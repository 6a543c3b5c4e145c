// Endpoints of workflow runs and their jobs: reading, running again, cancelling, logs.
import { readFile } from 'node:fs/promises';
import { accepted, type Call, created, type Endpoints, ok } from '../call.ts';
import { ApiError, notFound } from '../errors.ts';
import { listedUnder } from '../pagination.ts';
import { zipRunLogs } from '../run-logs.ts';
import { jobShape, runShape } from '../shapes/run.ts';
import { findWorkflow } from '../workflow-files.ts';
import { type Attempt, currentAttempt, type Job, type Run } from '../workflow-run.ts';

const r = '/repos/{owner}/{repo}/actions';

/** GitHub lists no more than this many runs of a filtered search. */
const mostFilteredRuns = 1000;

function findRun(call: Call): Run {
  const run = call.repository.runs.find((one) => one.id === call.number('run_id'));
  if (!run) throw notFound();
  return run;
}

function findAttempt(call: Call, run: Run): Attempt {
  const attempt = run.attempts.find((one) => one.number === call.number('attempt_number'));
  if (!attempt) throw notFound();
  return attempt;
}

function findJob(call: Call): { run: Run; job: Job } {
  const id = call.number('job_id');
  for (const run of call.repository.runs) {
    for (const attempt of run.attempts) {
      const job = attempt.jobs.get(id);
      if (job) return { run, job };
    }
  }
  throw notFound();
}

/** `2026-01-01..2026-02-01`, `>=2026-01-01`, `<2026-01-01T10:00:00Z`, `2026-01-01`. */
function isWithin(created: string, range: string): boolean {
  const at = Date.parse(created);
  const [from, to] = range.split('..');
  if (to !== undefined) return (from === '*' || at >= Date.parse(from ?? '')) && (to === '*' || at <= Date.parse(to));
  const [, operator = '', date = ''] = /^(>=|<=|>|<)?(.*)$/.exec(range) ?? [];
  const bound = Date.parse(date);
  if (operator === '>=') return at >= bound;
  if (operator === '<=') return at <= bound;
  if (operator === '>') return at > bound;
  return operator === '<' ? at < bound : created.startsWith(date);
}

function matching(call: Call, runs: readonly Run[]): Run[] {
  const [branch, event, status, sha, actor, range, suite] = [
    'branch',
    'event',
    'status',
    'head_sha',
    'actor',
    'created',
    'check_suite_id',
  ].map((name) => call.query(name));
  const found = runs.filter((run) => {
    const attempt = currentAttempt(run);
    return (
      (!branch || run.headBranch === branch) &&
      (!event || run.trigger.name === event) &&
      // Conclusions are statuses here, all but `startup_failure`.
      (!status || attempt.status === status || (status !== 'startup_failure' && attempt.conclusion === status)) &&
      (!sha || run.headSha === sha) &&
      (!actor || run.actor.login.toLowerCase() === actor.toLowerCase()) &&
      (!range || isWithin(run.createdAt, range)) &&
      (!suite || run.suite.id === Number(suite))
    );
  });
  return branch || event || status || sha || actor || range ? found.slice(0, mostFilteredRuns) : found;
}

const listRuns = (call: Call, runs: readonly Run[]) =>
  listedUnder(call, 'workflow_runs', matching(call, runs), (run) => runShape(call.github, call.repository, run));

function refuseWhileRunning(run: Run): void {
  if (currentAttempt(run).status !== 'completed') throw new ApiError(403, 'This workflow is already running');
}

/** Jobs that need the failed ones were skipped; they run again with them. */
const succeeded = (job: Job) => job.record.conclusion === 'success' || job.record.conclusion === 'neutral';

function rerun(call: Call, run: Run, keep: readonly Job[]) {
  refuseWhileRunning(run);
  call.github.actions.rerun(call.repository, run, call.actor, keep);
  return created({});
}

function rerunFailed(call: Call) {
  const run = findRun(call);
  refuseWhileRunning(run);
  const jobs = [...currentAttempt(run).jobs.values()];
  const keep = jobs.filter(succeeded);
  if (keep.length === jobs.length) throw new ApiError(403, 'This workflow run has no failed jobs to re-run');
  return rerun(call, run, keep);
}

function jobLog(call: Call) {
  const { job } = findJob(call);
  if (job.record.status !== 'completed') throw notFound();
  const produce = () => readFile(job.record.logFile);
  const location = call.github.signedUrls.issue({
    contentType: 'text/plain; charset=utf-8',
    fileName: 'job.txt',
    produce,
  });
  return { status: 302, headers: { location } };
}

function runLogs(call: Call, run: Run, attempt: Attempt) {
  if (attempt.status !== 'completed' || attempt.jobs.size === 0) throw notFound();
  const produce = () => zipRunLogs([...attempt.jobs.values()].map((job) => job.record));
  const fileName = `logs_${run.id}.zip`;
  return {
    status: 302,
    headers: { location: call.github.signedUrls.issue({ contentType: 'application/zip', fileName, produce }) },
  };
}

const listJobs = (call: Call, run: Run, jobs: readonly Job[]) =>
  listedUnder(call, 'jobs', jobs, (job) => jobShape(call.github, call.repository, run, job));

export const runEndpoints: Endpoints = {
  [`GET ${r}/runs`]: (call) => listRuns(call, call.repository.runs),
  [`GET ${r}/workflows/{workflow_id}/runs`]: async (call) => {
    const workflow = await findWorkflow(call.github, call.repository, call.param('workflow_id'));
    if (!workflow) throw notFound();
    return await listRuns(
      call,
      call.repository.runs.filter((run) => run.workflow === workflow),
    );
  },
  [`GET ${r}/runs/{run_id}`]: async (call) => ok(await runShape(call.github, call.repository, findRun(call))),
  [`GET ${r}/runs/{run_id}/attempts/{attempt_number}`]: async (call) => {
    const run = findRun(call);
    return ok(await runShape(call.github, call.repository, run, findAttempt(call, run)));
  },
  [`GET ${r}/runs/{run_id}/jobs`]: (call) => {
    const run = findRun(call);
    const all = call.query('filter') === 'all';
    const attempts = all ? run.attempts : [currentAttempt(run)];
    return listJobs(call, run, [...new Set(attempts.flatMap((attempt) => [...attempt.jobs.values()]))]);
  },
  [`GET ${r}/runs/{run_id}/attempts/{attempt_number}/jobs`]: (call) => {
    const run = findRun(call);
    return listJobs(call, run, [...findAttempt(call, run).jobs.values()]);
  },
  [`GET ${r}/jobs/{job_id}`]: (call) => {
    const { run, job } = findJob(call);
    return ok(jobShape(call.github, call.repository, run, job));
  },
  [`GET ${r}/jobs/{job_id}/logs`]: jobLog,
  [`GET ${r}/runs/{run_id}/logs`]: (call) => {
    const run = findRun(call);
    return runLogs(call, run, currentAttempt(run));
  },
  [`GET ${r}/runs/{run_id}/attempts/{attempt_number}/logs`]: (call) => {
    const run = findRun(call);
    return runLogs(call, run, findAttempt(call, run));
  },
  [`POST ${r}/runs/{run_id}/rerun`]: (call) => rerun(call, findRun(call), []),
  [`POST ${r}/runs/{run_id}/rerun-failed-jobs`]: rerunFailed,
  [`POST ${r}/jobs/{job_id}/rerun`]: (call) => {
    const { run, job } = findJob(call);
    return rerun(
      call,
      run,
      [...currentAttempt(run).jobs.values()].filter((one) => one !== job && succeeded(one)),
    );
  },
  [`POST ${r}/runs/{run_id}/cancel`]: (call) => {
    const run = findRun(call);
    if (currentAttempt(run).status === 'completed')
      throw new ApiError(409, 'Cannot cancel a workflow run that is completed.');
    call.github.actions.cancel(run);
    return accepted();
  },
};
