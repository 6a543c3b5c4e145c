// GitHub Actions of one repository: its runs, jobs, logs and artifacts, and asking for more of them.
import type { GitHub, JobSummary, RunSummary } from '../../ports.ts';
import { type Answer, answer, answerUnless, everyPage, isGone } from './answer.ts';
import { unpacked } from './artifact.ts';
import { at, type Connection } from './connection.ts';
import { dispatch, fileNameOf } from './dispatch.ts';
import { allBytes, byHand, download, lastBytes, tooLarge } from './download.ts';
import { ArtifactPage, Ignored, JobPage, Run, RunPage } from './schemas.ts';

type Actions = Pick<GitHub, 'jobs' | 'jobLog' | 'run' | 'runsOf' | 'artifact' | 'rerunFailedJobs' | 'dispatch'>;

export function actions(connection: Connection): Actions {
  return {
    jobs: (runId, attempt) => jobs(connection, runId, attempt),
    jobLog: (jobId, maxBytes) => jobLog(connection, jobId, maxBytes),
    run: (runId) => run(connection, runId),
    runsOf: (workflowFile, query) => runsOf(connection, workflowFile, query),
    artifact: (runId, name, maxBytes) => artifact(connection, runId, name, maxBytes),
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

async function jobLog(connection: Connection, jobId: number, maxBytes: number) {
  const redirect = await redirectOf(
    connection.octokit.request('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', {
      ...at(connection),
      job_id: jobId,
      request: byHand,
    }),
  );
  if (redirect === undefined) return undefined;
  const end = await download(connection, redirect, (bytes) => lastBytes(bytes, maxBytes));
  if (end === undefined) return undefined;
  return { text: textFromFirstWholeCharacter(end.bytes, end.truncated), truncated: end.truncated };
}

/** A cut in the middle of a character leaves continuation bytes in front. */
function textFromFirstWholeCharacter(bytes: Buffer, truncated: boolean): string {
  let start = 0;
  while (truncated && start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.toString('utf8', start);
}

async function redirectOf(request: Promise<Answer>): Promise<Answer | undefined> {
  let redirect: Answer | undefined;
  const remembered = request.then((response) => {
    redirect = response;
    return response;
  });
  await answerUnless(isGone, Ignored, remembered);
  return redirect;
}

async function run(connection: Connection, runId: number): Promise<RunSummary | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
    ...at(connection),
    run_id: runId,
  });
  return answerUnless(isGone, Run, request);
}

async function runsOf(
  connection: Connection,
  workflowFile: string,
  query: { branch?: string; headSha?: string; createdAfter?: Date },
): Promise<RunSummary[]> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
    ...at(connection),
    workflow_id: fileNameOf(workflowFile),
    per_page: 50,
    ...(query.branch === undefined ? {} : { branch: query.branch }),
    ...(query.headSha === undefined ? {} : { head_sha: query.headSha }),
    ...(query.createdAfter === undefined ? {} : { created: `>=${query.createdAfter.toISOString()}` }),
  });
  return (await answerUnless(isGone, RunPage, request))?.workflow_runs ?? [];
}

async function artifact(connection: Connection, runId: number, name: string, maxBytes: number) {
  const list = connection.octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
    ...at(connection),
    run_id: runId,
    name,
    per_page: 100,
  });
  const named = (await answerUnless(isGone, ArtifactPage, list))?.artifacts.filter(
    (found) => found.name === name && !found.expired,
  );
  // Every attempt of a run may have left one; ids grow.
  const newest = named?.toSorted((one, other) => other.id - one.id)[0];
  if (newest === undefined) return undefined;
  if (newest.size_in_bytes > maxBytes) throw tooLarge(`The artifact ${name}`, maxBytes);
  const redirect = await redirectOf(
    connection.octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
      ...at(connection),
      artifact_id: newest.id,
      archive_format: 'zip',
      request: byHand,
    }),
  );
  if (redirect === undefined) return undefined;
  const zip = await download(connection, redirect, (bytes) => allBytes(bytes, maxBytes, `The artifact ${name}`));
  return zip === undefined ? undefined : await unpacked(zip, maxBytes);
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
