// Pull requests: the list, and one with its conversation, checks, commits and changed files.
import { html } from 'hono/html';
import { checkList } from './checks.ts';
import { commitRows } from './commit.ts';
import {
  commentBox,
  commentForm,
  commentHappened,
  commitHappened,
  labelForms,
  reviewHappened,
  timeline,
} from './conversation.ts';
import { diffView } from './diff-view.ts';
import { stateForm, stateLinks } from './issues.ts';
import type { Html } from './layout.ts';
import { labelBadge, person, stateBadge, when } from './marks.ts';
import { mergeBox, reviewForm } from './pull-forms.ts';
import {
  changedFilesSchema,
  checkRunsSchema,
  commentsSchema,
  commitsSchema,
  labelsSchema,
  type Pull,
  pullSchema,
  pullsSchema,
  refSchema,
  reviewsSchema,
  statusSchema,
} from './shapes.ts';
import { lineForm, threadsHappened } from './threads.ts';
import { pathOf, type Visit } from './visit.ts';

export async function pullList(visit: Visit) {
  const state = visit.query('state') === 'closed' ? 'closed' : 'open';
  const pulls = await visit.client.list(`${visit.api}/pulls?state=${state}`, pullsSchema);
  return visit.page(
    { title: `Pull requests · ${visit.fullName}`, tab: 'pulls' },
    html`<p class="bar">${stateLinks(`/${visit.fullName}/pulls`, state)}</p>
      <ul class="box list">
        ${pulls.map(
          (pull) => html`<li>
            ${stateBadge(stateOf(pull))} <a class="strong" href="/${visit.fullName}/pull/${pull.number}">${pull.title}</a> ${pull.labels.map(labelBadge)}
            <p class="muted">#${pull.number} by ${pull.user?.login} ${when(pull.created_at)} · ${pull.head.ref}</p>
          </li>`,
        )}
        ${pulls.length === 0 ? html`<li class="empty">No ${state} pull requests.</li>` : ''}
      </ul>`,
  );
}

function stateOf(pull: Pull): 'open' | 'closed' | 'merged' | 'draft' {
  if (pull.merged || pull.merged_at) return 'merged';
  if (pull.state !== 'open') return 'closed';
  return pull.draft ? 'draft' : 'open';
}

async function readPull(visit: Visit) {
  const path = `/${visit.fullName}/pull/${encodeURIComponent(visit.param('number'))}`;
  const api = `${visit.api}/pulls/${encodeURIComponent(visit.param('number'))}`;
  return { pull: await visit.client.get(api, pullSchema), path, api };
}

function head(visit: Visit, pull: Pull, path: string, tab: 'conversation' | 'commits' | 'files'): Html {
  const tabs = [
    ['conversation', 'Conversation', ''],
    ['commits', 'Commits', '/commits'],
    ['files', 'Files changed', '/files'],
  ] as const;
  return html`<h1>${pull.title} <span class="number">#${pull.number}</span></h1>
    <p>${stateBadge(stateOf(pull))} <span class="muted">${person(pull.user)} wants to merge
      <a class="ref" href="/${visit.fullName}/tree/${pull.head.ref}">${pull.head.ref}</a> into <span class="ref">${pull.base.ref}</span></span></p>
    <nav class="tabs inner">${tabs.map(([id, name, end]) => html`<a href="${path}${end}" ${id === tab ? html`aria-current="page"` : ''}>${name}</a>`)}</nav>`;
}

export async function pullPage(visit: Visit) {
  const { pull, path, api } = await readPull(visit);
  const { client } = visit;
  const [comments, reviews, remarks, commits, checks, status, known, branch] = await Promise.all([
    client.list(`${visit.api}/issues/${pull.number}/comments`, commentsSchema),
    client.list(`${api}/reviews`, reviewsSchema),
    client.list(`${api}/comments`, commentsSchema),
    client.list(`${api}/commits`, commitsSchema),
    client.find(`${visit.api}/commits/${pull.head.sha}/check-runs?per_page=100`, checkRunsSchema),
    client.find(`${visit.api}/commits/${pull.head.sha}/status`, statusSchema),
    client.find(`${visit.api}/labels?per_page=100`, labelsSchema),
    client.find(`${visit.api}/git/ref/heads/${pathOf(pull.head.ref)}`, refSchema),
  ]);
  const running = checks?.check_runs.some(({ status: state }) => state !== 'completed');
  return visit.page(
    { title: `${pull.title} · #${pull.number}`, tab: 'pulls', refreshSeconds: running ? 4 : undefined },
    html`${head(visit, pull, path, 'conversation')}
      <div class="with-side">
        <div>
          ${commentBox({ body: pull.body, user: pull.user, created_at: pull.created_at }, visit.fullName, 'opened')}
          ${timeline([
            ...commits.map((commit) => commitHappened(commit, visit.fullName)),
            ...comments.map((comment) => commentHappened(comment, visit.fullName)),
            ...threadsHappened(remarks, visit.fullName, path),
            ...reviews.flatMap((review) => reviewHappened(review, visit.fullName)),
          ])}
          ${checkList(visit.fullName, checks?.check_runs ?? [])}
          ${status?.statuses.length ? html`<ul class="box list">${status.statuses.map(({ context, state, description }) => html`<li><b>${context}</b> ${state} <span class="muted">${description}</span></li>`)}</ul>` : ''}
          ${mergeBox(pull, path, branch !== undefined)}
          ${commentForm(`${path}/comments`)}
          ${pull.state === 'open' ? reviewForm(path) : ''}
          ${pull.merged ? '' : stateForm(path, pull.state === 'open')}
        </div>
        <aside>${labelForms(path, pull.labels, known ?? [])}</aside>
      </div>`,
  );
}

export async function pullFiles(visit: Visit) {
  const { pull, path, api } = await readPull(visit);
  const files = await visit.client.list(`${api}/files`, changedFilesSchema);
  return visit.page(
    { title: `Files · ${pull.title}`, tab: 'pulls' },
    html`${head(visit, pull, path, 'files')}${diffView(files, (file) => (pull.state === 'open' ? lineForm(path, file) : ''))}`,
  );
}

export async function pullCommits(visit: Visit) {
  const { pull, path, api } = await readPull(visit);
  const commits = await visit.client.list(`${api}/commits`, commitsSchema);
  return visit.page(
    { title: `Commits · ${pull.title}`, tab: 'pulls' },
    html`${head(visit, pull, path, 'commits')}${commitRows(visit.fullName, commits)}`,
  );
}
