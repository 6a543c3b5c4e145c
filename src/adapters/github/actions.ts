// GitHub Actions of one repository: its runs, jobs and their logs, and asking for more of them.
import { z } from 'zod';
import type { Annotation, GitHub, JobSummary, RunSummary } from '../../ports.ts';
import { JobAnnotation, JobPage, Run, RunPage } from './actions-schemas.ts';
import { answer, answerUnless, everyPage, isGone } from './answer.ts';
import { at, type Connection } from './connection.ts';
import { dispatch, fileNameOf } from './dispatch.ts';
import { byHand, redirectOf, streamed } from './download.ts';
import { Ignored } from './schemas.ts';

type Actions = Pick<GitHub, 'jobs' | 'jobLog' | 'jobAnnotations' | 'run' | 'runsOf' | 'rerunFailedJobs' | 'dispatch'>;
type RunQuery = Parameters<GitHub['runsOf']>[1];

export function actions(connection: Connection): Actions {
  return {
    jobs: (runId, attempt) => jobs(connection, runId, attempt),
    jobLog: (jobId, signal) => jobLog(connection, jobId, signal),
    jobAnnotations: (jobId) => jobAnnotations(connection, jobId),
    run: (runId) => run(connection, runId),
    runsOf: (workflowFile, query) => runsOf(connection, workflowFile, query),
    rerunFailedJobs: (runId) => rerunFailedJobs(connection, runId),
    dispatch: (workflowFile, branch, inputs) => dispatch(connection, workflowFile, branch, inputs),
  };
}

async function jobs(connection: Connection, runId: number, attempt: number): Promise<JobSummary[]> {
  return everyPage(
    async (position) => {
      const request = connection.octokit.request(
        'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
        {
          ...at(connection),
          ...position,
          run_id: runId,
          attempt_number: attempt,
        },
      );
      return (await answer(JobPage, request)).jobs;
    },
    { maxPages: 5 },
  );
}

async function jobLog(connection: Connection, jobId: number, signal?: AbortSignal) {
  const redirect = await redirectOf(
    connection.octokit.request('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', {
      ...at(connection),
      job_id: jobId,
      request: byHand,
    }),
  );
  return redirect && streamed(connection, redirect, signal);
}

/** A job is a check run of the same id. */
async function jobAnnotations(connection: Connection, jobId: number): Promise<Annotation[]> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations', {
    ...at(connection),
    check_run_id: jobId,
    per_page: 100,
  });
  return (await answerUnless(isGone, z.array(JobAnnotation), request)) ?? [];
}

async function run(connection: Connection, runId: number): Promise<RunSummary | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
    ...at(connection),
    run_id: runId,
  });
  return answerUnless(isGone, Run, request);
}

async function runsOf(connection: Connection, workflowFile: string, query: RunQuery): Promise<RunSummary[]> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
    ...at(connection),
    workflow_id: fileNameOf(workflowFile),
    per_page: 50,
    ...(query.branch === undefined ? {} : { branch: query.branch }),
    ...(query.headSha === undefined ? {} : { head_sha: query.headSha }),
    ...(query.event === undefined ? {} : { event: query.event }),
    ...(query.status === undefined ? {} : { status: query.status }),
    ...(query.createdAfter === undefined ? {} : { created: `>=${query.createdAfter.toISOString()}` }),
  });
  return (await answerUnless(isGone, RunPage, request))?.workflow_runs ?? [];
}

/** Not repeated by the client: a second re-run would be a second attempt. */
async function rerunFailedJobs(connection: Connection, runId: number): Promise<void> {
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs', {
    ...at(connection),
    run_id: runId,
    request: { retries: 0 },
  });
  await answerUnless(({ status, message }) => status === 403 && /already running/i.test(message), Ignored, request);
}
