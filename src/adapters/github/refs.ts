// Branches and tags of one repository: looked up, set where nobody else has set them, deleted.
import type { RequestError } from '@octokit/request-error';
import { SelfHealError } from '../../errors.ts';
import { answer, answerUnless, isGone } from './answer.ts';
import { at, type Connection } from './connection.ts';
import { Ref } from './git-schemas.ts';
import { movedAtOnce } from './graphql-changes.ts';
import { Ignored } from './schemas.ts';

const says =
  (pattern: RegExp) =>
  ({ status, message }: RequestError): boolean =>
    status === 422 && pattern.test(message);

export const branchHead = (connection: Connection, branch: string): Promise<string | undefined> =>
  refSha(connection, `heads/${branch}`);

/** 409 is an empty repository. */
async function refSha(connection: Connection, ref: string): Promise<string | undefined> {
  const request = connection.octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...at(connection), ref });
  return answerUnless((refusal) => isGone(refusal) || refusal.status === 409, Ref, request);
}

export async function setBranch(
  connection: Connection,
  branch: string,
  sha: string,
  guard: { expectedSha: string } | 'ours',
): Promise<void> {
  const ref = `heads/${branch}`;
  if (guard !== 'ours' && (await movedAtOnce(connection, `refs/${ref}`, guard.expectedSha, sha))) return;
  // Where a branch is expected it is asked for first: creating it would be refused, and cost one request more.
  const there = guard === 'ours' ? undefined : await refSha(connection, ref);
  const current = there ?? (await createdOrCurrent(connection, ref, sha));
  if (current === sha) return;
  if (guard !== 'ours' && guard.expectedSha !== current) {
    throw new SelfHealError('github-refused', `The branch ${branch} is at ${current}, where somebody else has put it.`);
  }
  const request = connection.octokit.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
    ...at(connection),
    ref,
    sha,
    force: true,
  });
  await answer(Ref, request);
}

/** A tag is never moved. */
export async function setTag(connection: Connection, tag: string, sha: string): Promise<void> {
  const current = await createdOrCurrent(connection, `tags/${tag}`, sha);
  if (current === sha) return;
  throw new SelfHealError('github-refused', `The tag ${tag} already stands at ${current}.`);
}

async function createdOrCurrent(connection: Connection, ref: string, sha: string): Promise<string> {
  const request = connection.octokit.request('POST /repos/{owner}/{repo}/git/refs', {
    ...at(connection),
    ref: `refs/${ref}`,
    sha,
  });
  const created = await answerUnless(says(/reference already exists/i), Ref, request);
  const current = created ?? (await refSha(connection, ref));
  if (current !== undefined) return current;
  throw new SelfHealError('github-unavailable', `The ref ${ref} was deleted while it was being set.`);
}

export async function deleteBranch(connection: Connection, branch: string): Promise<void> {
  const request = connection.octokit.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', {
    ...at(connection),
    ref: `heads/${branch}`,
  });
  const isAway = says(/reference does not exist/i);
  await answerUnless((refusal) => isGone(refusal) || isAway(refusal), Ignored, request);
}
