// The artifacts of a workflow run: which there are, and the text files in them.
import type { ArtifactSummary, GitHub } from '../../ports.ts';
import { ArtifactPage } from './actions-schemas.ts';
import { answerUnless, isGone } from './answer.ts';
import { textFiles, type Unpacking } from './artifact.ts';
import { at, type Connection } from './connection.ts';
import { allBytes, byHand, download, redirectOf, tooLarge } from './download.ts';

type Artifacts = Pick<GitHub, 'artifact' | 'artifacts' | 'artifactFiles'>;

export function artifacts(connection: Connection): Artifacts {
  return {
    artifact: (runId, name, maxBytes) => artifact(connection, runId, name, maxBytes),
    artifacts: async (runId) => newestOfEach(await listed(connection, runId)),
    artifactFiles: (artifactId, { maxBytes, wants }) =>
      files(connection, artifactId, `The artifact ${artifactId}`, { maxBytes, wants }),
  };
}

async function listed(connection: Connection, runId: number, name?: string): Promise<ArtifactSummary[]> {
  const list = connection.octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
    ...at(connection),
    run_id: runId,
    ...(name === undefined ? {} : { name }),
    per_page: 100,
  });
  return (await answerUnless(isGone, ArtifactPage, list))?.artifacts ?? [];
}

/** Every attempt of a run may have left one; ids grow. */
function newestOfEach(all: readonly ArtifactSummary[]): ArtifactSummary[] {
  const newestFirst = all.toSorted((one, other) => other.id - one.id);
  return newestFirst.filter((one, index) => newestFirst.findIndex(({ name }) => name === one.name) === index);
}

async function artifact(connection: Connection, runId: number, name: string, maxBytes: number) {
  const there = (await listed(connection, runId, name)).filter((found) => found.name === name && !found.expired);
  const [newest] = newestOfEach(there);
  if (newest === undefined) return undefined;
  const what = `The artifact ${name}`;
  if (newest.sizeBytes > maxBytes) throw tooLarge(what, maxBytes);
  return files(connection, newest.id, what, { maxBytes });
}

async function files(connection: Connection, artifactId: number, what: string, unpacking: Unpacking) {
  const redirect = await redirectOf(
    connection.octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
      ...at(connection),
      artifact_id: artifactId,
      archive_format: 'zip',
      request: byHand,
    }),
  );
  if (redirect === undefined) return undefined;
  const { maxBytes } = unpacking;
  const zip = await download(connection, redirect, (bytes) => allBytes(bytes, maxBytes, what));
  return zip === undefined ? undefined : await textFiles(zip, unpacking);
}
