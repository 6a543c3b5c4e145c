// What a person can do to a pull request: merge it, review it, take it out of draft, delete its branch.
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from './layout.ts';
import { when } from './marks.ts';
import { type Pull, pullSchema } from './shapes.ts';
import { pathOf, type Visit } from './visit.ts';

const pullApi = (visit: Visit) => `${visit.api}/pulls/${encodeURIComponent(visit.param('number'))}`;

const back = (visit: Visit) => visit.go(`/${visit.fullName}/pull/${encodeURIComponent(visit.param('number'))}`);

export function mergeBox(pull: Pull, path: string, branchIsThere: boolean): Html {
  if (pull.state !== 'open') return closedBox(pull, path, branchIsThere);
  if (pull.draft)
    return html`<form class="box padded buttons" method="post" action="${path}/ready">
      This pull request is still a draft: it cannot be merged. <button class="primary">Ready for review</button>
    </form>`;
  if (pull.mergeable === false)
    return html`<p class="box padded removed">This branch has conflicts with ${pull.base.ref}.</p>`;
  return html`${autoMergeBox(pull, path)}<form class="box padded buttons" method="post" action="${path}/merge">
    <input type="hidden" name="sha" value="${pull.head.sha}">
    <button class="primary" name="method" value="merge">Merge pull request</button>
    <button name="method" value="squash">Squash and merge</button>
    <button name="method" value="rebase">Rebase and merge</button>
  </form>`;
}

/** Offered, as on GitHub, where something is still in the way. */
function autoMergeBox({ auto_merge: enabled, mergeable_state: state }: Pull, path: string): Html {
  if (enabled)
    return html`<form class="box padded buttons" method="post" action="${path}/disable-auto-merge">
      <b>${enabled.enabled_by.login}</b> enabled auto-merge (${enabled.merge_method}). <button>Disable auto-merge</button>
    </form>`;
  if (state !== 'blocked') return html``;
  return html`<form class="box padded buttons" method="post" action="${path}/enable-auto-merge">
    Merging is blocked: the rules of the branch are not met. <button>Enable auto-merge (squash)</button>
  </form>`;
}

function closedBox(pull: Pull, path: string, branchIsThere: boolean): Html {
  const commit = pull.merge_commit_sha?.slice(0, 7);
  const merged = pull.merged
    ? html`Merged ${when(pull.merged_at)}${commit ? html` in <code>${commit}</code>` : ''}.`
    : '';
  if (!pull.merged && !branchIsThere) return html``;
  return html`<form class="box padded buttons ${pull.merged ? 'merged' : ''}" method="post" action="${path}/delete-branch">
    ${merged} ${branchIsThere ? html`<button>Delete branch</button>` : ''}
  </form>`;
}

export function reviewForm(path: string): Html {
  return html`<form class="box padded stack" method="post" action="${path}/reviews">
    <label>Review these changes <textarea name="body" rows="3"></textarea></label>
    <p class="buttons">
      <button name="event" value="COMMENT">Comment</button>
      <button name="event" value="REQUEST_CHANGES">Request changes</button>
      <button class="primary" name="event" value="APPROVE">Approve</button>
    </p>
  </form>`;
}

export async function merge(visit: Visit) {
  const field = await visit.form();
  await visit.client.send('PUT', `${pullApi(visit)}/merge`, {
    merge_method: field('method') || 'merge',
    ...(field('sha') === '' ? {} : { sha: field('sha') }),
  });
  return back(visit);
}

export async function review(visit: Visit) {
  const field = await visit.form();
  const body = field('body').trim();
  await visit.client.send('POST', `${pullApi(visit)}/reviews`, {
    event: field('event'),
    ...(body === '' ? {} : { body }),
  });
  return back(visit);
}

/** The REST API cannot: https://docs.github.com/graphql/reference/mutations#markpullrequestreadyforreview */
const readyMutation =
  'mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft } } }';

const nodeIdOf = async (visit: Visit): Promise<string> =>
  (await visit.client.get(pullApi(visit), z.object({ node_id: z.string() }))).node_id;

const enableMutation =
  'mutation($id: ID!) { enablePullRequestAutoMerge(input: {pullRequestId: $id, mergeMethod: SQUASH}) { clientMutationId } }';
const disableMutation =
  'mutation($id: ID!) { disablePullRequestAutoMerge(input: {pullRequestId: $id}) { clientMutationId } }';

export async function enableAutoMerge(visit: Visit) {
  await visit.client.mutate(enableMutation, { id: await nodeIdOf(visit) });
  return back(visit);
}

export async function disableAutoMerge(visit: Visit) {
  await visit.client.mutate(disableMutation, { id: await nodeIdOf(visit) });
  return back(visit);
}

export async function markReady(visit: Visit) {
  await visit.client.mutate(readyMutation, { id: await nodeIdOf(visit) });
  return back(visit);
}

export async function deleteBranch(visit: Visit) {
  const { head } = await visit.client.get(pullApi(visit), pullSchema);
  await visit.client.send('DELETE', `${visit.api}/git/refs/heads/${pathOf(head.ref)}`);
  return back(visit);
}
