// A workflow_dispatch → the run that it started, also on servers that do not name it in their answer.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { DispatchedRun, RunPage } from './actions-schemas.ts';
import { answer } from './answer.ts';
import { at, type Connection } from './connection.ts';

interface StartedRun {
  runId: number;
  url: string;
}

/** `204 No Content` comes from servers that do not know `return_run_details`. */
const Dispatched = z.union([DispatchedRun, z.literal('').transform(() => undefined), z.undefined()]);

const lookUps = 5;
/** Clocks of two machines. */
const clockSkewMs = 30_000;

/** Not repeated by the client: a second dispatch would be a second run. */
export async function dispatch(
  connection: Connection,
  workflowFile: string,
  branch: string,
  inputs: Record<string, string>,
): Promise<StartedRun> {
  const since = new Date(Date.now() - clockSkewMs);
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', {
    ...at(connection),
    workflow_id: fileNameOf(workflowFile),
    ref: branch,
    inputs,
    return_run_details: true,
    request: { retries: 0 },
  });
  return (await answer(Dispatched, request)) ?? (await started(connection, workflowFile, branch, inputs, since));
}

async function started(
  connection: Connection,
  workflowFile: string,
  branch: string,
  inputs: Record<string, string>,
  since: Date,
): Promise<StartedRun> {
  for (let lookUp = 1; lookUp <= lookUps; lookUp += 1) {
    await sleep(lookUp * connection.retryBaseMs);
    const request = connection.octokit.request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
      ...at(connection),
      workflow_id: fileNameOf(workflowFile),
      event: 'workflow_dispatch',
      branch,
      created: `>=${since.toISOString()}`,
      per_page: 50,
    });
    const runs = (await answer(RunPage, request)).workflow_runs;
    const run = theOne(runs, Object.values(inputs));
    if (run) return { runId: run.id, url: run.url };
  }
  const message = `${workflowFile} was dispatched, but its run cannot be told apart: put \${{ inputs.incident }} and \${{ inputs.attempt }} into its run-name.`;
  throw new SelfHealError('github-refused', message);
}

/** The run whose name shows more of the inputs than any other's. */
function theOne<Run extends { title: string }>(runs: readonly Run[], values: readonly string[]): Run | undefined {
  const ranked = runs
    .map((run) => ({
      run,
      shown: values.filter((value) => value !== '' && words(run.title).includes(value)).length,
    }))
    .toSorted((one, other) => other.shown - one.shown);
  const [best, second] = ranked;
  return best && best.shown > 0 && best.shown > (second?.shown ?? 0) ? best.run : undefined;
}

const words = (title: string) => title.split(/[\s()[\],:#]+/);

/** The API knows a workflow by its file's name alone. */
export const fileNameOf = (workflowFile: string): string => workflowFile.slice(workflowFile.lastIndexOf('/') + 1);
