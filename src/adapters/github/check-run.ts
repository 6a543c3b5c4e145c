// A check → a completed check run on its commit.
import type { NewCheckRun } from '../../ports.ts';
import { answer } from './answer.ts';
import { at, type Connection } from './connection.ts';
import { Ignored } from './schemas.ts';

/** Made anew each time: of several with one name GitHub shows the newest. */
export async function checkRun(connection: Connection, check: NewCheckRun): Promise<void> {
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/check-runs', {
    ...at(connection),
    name: check.name,
    head_sha: check.headSha,
    status: 'completed' as const,
    conclusion: check.conclusion,
    external_id: check.externalId,
    output: { title: check.title, summary: check.summary.text },
    ...(check.detailsUrl === undefined ? {} : { details_url: check.detailsUrl }),
  });
  await answer(Ignored, request);
}
