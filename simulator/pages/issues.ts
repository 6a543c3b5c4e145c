// Issues: the list, a new one's form, one issue with its conversation, and what a person can do to it.
import { html } from 'hono/html';
import { z } from 'zod';
import { commentBox, commentForm, commentHappened, labelForms, timeline } from './conversation.ts';
import type { Html } from './layout.ts';
import { count, labelBadge, person, stateBadge, when } from './marks.ts';
import { commentsSchema, issueSchema, issuesSchema, labelsSchema } from './shapes.ts';
import type { Visit } from './visit.ts';

export async function issueList(visit: Visit) {
  const state = visit.query('state') === 'closed' ? 'closed' : 'open';
  const all = await visit.client.list(`${visit.api}/issues?state=${state}`, issuesSchema);
  const issues = all.filter((issue) => !issue.pull_request);
  return visit.page(
    { title: `Issues · ${visit.fullName}`, tab: 'issues' },
    html`<p class="bar">${stateLinks(`/${visit.fullName}/issues`, state)}<a class="button primary end" href="/${visit.fullName}/issues/new">New issue</a></p>
      <ul class="box list">
        ${issues.map(
          (issue) => html`<li>
            <a class="strong" href="/${visit.fullName}/issues/${issue.number}">${issue.title}</a> ${issue.labels.map(labelBadge)}
            <p class="muted">#${issue.number} by ${issue.user?.login} ${when(issue.created_at)} · ${count(issue.comments, 'comment')}</p>
          </li>`,
        )}
        ${issues.length === 0 ? html`<li class="empty">No ${state} issues.</li>` : ''}
      </ul>`,
  );
}

export function stateLinks(path: string, current: 'open' | 'closed'): Html {
  return html`${(['open', 'closed'] as const).map(
    (state) =>
      html`<a class="choice" href="${path}?state=${state}" ${state === current ? html`aria-current="page"` : ''}>${state === 'open' ? 'Open' : 'Closed'}</a>`,
  )}`;
}

export function newIssue(visit: Visit) {
  return visit.page(
    { title: `New issue · ${visit.fullName}`, tab: 'issues' },
    html`<h1>New issue</h1>
      <form class="stack" method="post">
        <label>Title <input name="title" required value="${visit.query('title') ?? ''}"></label>
        <label>Description <textarea name="body" rows="14">${visit.query('body') ?? ''}</textarea></label>
        <label>Labels, separated by commas <input name="labels" value="${visit.query('labels') ?? ''}"></label>
        <p><button class="primary">Create</button></p>
      </form>`,
  );
}

export async function createIssue(visit: Visit) {
  const field = await visit.form();
  const labels = field('labels')
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');
  const made = await visit.client.send('POST', `${visit.api}/issues`, {
    title: field('title'),
    body: field('body'),
    ...(labels.length > 0 ? { labels } : {}),
  });
  return visit.go(`/${visit.fullName}/issues/${z.object({ number: z.number() }).parse(made).number}`);
}

export async function issuePage(visit: Visit) {
  const number = encodeURIComponent(visit.param('number'));
  const issue = await visit.client.get(`${visit.api}/issues/${number}`, issueSchema);
  if (issue.pull_request) return visit.go(`/${visit.fullName}/pull/${number}`);
  const [comments, known] = await Promise.all([
    visit.client.list(`${visit.api}/issues/${number}/comments`, commentsSchema),
    visit.client.find(`${visit.api}/labels?per_page=100`, labelsSchema),
  ]);
  const path = `/${visit.fullName}/issues/${number}`;
  const open = issue.state === 'open';
  return visit.page(
    { title: `${issue.title} · #${issue.number}`, tab: 'issues' },
    html`<h1>${issue.title} <span class="number">#${issue.number}</span></h1>
      <p>${stateBadge(open ? 'open' : 'closed')} <span class="muted">${person(issue.user)} opened this issue ${when(issue.created_at)}</span></p>
      <div class="with-side">
        <div>
          ${commentBox({ body: issue.body, user: issue.user, created_at: issue.created_at }, visit.fullName, 'opened')}
          ${timeline(comments.map((comment) => commentHappened(comment, visit.fullName)))}
          ${commentForm(`${path}/comments`)}
          ${stateForm(path, open)}
        </div>
        <aside>${labelForms(path, issue.labels, known ?? [])}</aside>
      </div>`,
  );
}

export function stateForm(path: string, open: boolean): Html {
  return html`<form method="post" action="${path}/state">
    <input type="hidden" name="state" value="${open ? 'closed' : 'open'}"><button>${open ? 'Close' : 'Reopen'}</button>
  </form>`;
}

/** Where `/issues/7/…` and `/pull/7/…` forms go back to. */
function back(visit: Visit): Response {
  const kind = visit.context.req.path.split('/')[3] === 'pull' ? 'pull' : 'issues';
  return visit.go(`/${visit.fullName}/${kind}/${encodeURIComponent(visit.param('number'))}`);
}

const issueApi = (visit: Visit) => `${visit.api}/issues/${encodeURIComponent(visit.param('number'))}`;

export async function commentOnIssue(visit: Visit) {
  const field = await visit.form();
  await visit.client.send('POST', `${issueApi(visit)}/comments`, { body: field('body') });
  return back(visit);
}

export async function addLabel(visit: Visit) {
  const field = await visit.form();
  await visit.client.send('POST', `${issueApi(visit)}/labels`, { labels: [field('label').trim()] });
  return back(visit);
}

export async function removeLabel(visit: Visit) {
  const field = await visit.form();
  await visit.client.send('DELETE', `${issueApi(visit)}/labels/${encodeURIComponent(field('label'))}`);
  return back(visit);
}

export async function setState(visit: Visit) {
  const field = await visit.form();
  const state = field('state') === 'open' ? 'open' : 'closed';
  await visit.client.send('PATCH', issueApi(visit), { state });
  return back(visit);
}
