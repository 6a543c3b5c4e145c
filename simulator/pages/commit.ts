// Commits: rows in a list, and one commit's page with its changes, checks and comments.
import { html } from 'hono/html';
import { checkList } from './checks.ts';
import { commentBox, commentForm } from './conversation.ts';
import { diffView } from './diff-view.ts';
import type { Html } from './layout.ts';
import { person, when } from './marks.ts';
import { type Commit, checkRunsSchema, commentsSchema, commitsSchema, commitWithFilesSchema } from './shapes.ts';
import type { Visit } from './visit.ts';

const subject = (message: string) => message.split('\n', 1)[0] ?? '';

export function commitRows(fullName: string, commits: Commit[]): Html {
  return html`<ul class="box list">${commits.map(
    ({ sha, commit, author }) => html`<li>
      <a href="/${fullName}/commit/${sha}">${subject(commit.message)}</a>
      <span class="end muted">${author ? person(author) : commit.author?.name} ${when(commit.author?.date)} <code>${sha.slice(0, 7)}</code></span>
    </li>`,
  )}</ul>`;
}

export async function commitPage(visit: Visit) {
  const sha = encodeURIComponent(visit.param('sha'));
  const commit = await visit.client.get(`${visit.api}/commits/${sha}`, commitWithFilesSchema);
  const [checks, comments] = await Promise.all([
    visit.client.find(`${visit.api}/commits/${commit.sha}/check-runs?per_page=100`, checkRunsSchema),
    visit.client.list(`${visit.api}/commits/${commit.sha}/comments`, commentsSchema),
  ]);
  const body = commit.commit.message.slice(subject(commit.commit.message).length).trim();
  return visit.page(
    { title: `${subject(commit.commit.message)} · ${visit.fullName}`, tab: 'code' },
    html`<h1>${subject(commit.commit.message)}</h1>
      ${body === '' ? '' : html`<pre class="box padded">${body}</pre>`}
      <p class="muted">
        ${commit.author ? person(commit.author) : commit.commit.author?.name} committed ${when(commit.commit.author?.date)}
        · <code>${commit.sha}</code>
        ${commit.parents.map(({ sha: parent }) => html` · parent <a href="/${visit.fullName}/commit/${parent}"><code>${parent.slice(0, 7)}</code></a>`)}
      </p>
      ${checkList(visit.fullName, checks?.check_runs ?? [])}
      ${diffView(commit.files)}
      <h2>Comments</h2>
      ${comments.map((comment) => commentBox(comment, visit.fullName))}
      ${commentForm(`/${visit.fullName}/commit/${commit.sha}/comments`)}`,
  );
}

export async function commentOnCommit(visit: Visit) {
  const field = await visit.form();
  const sha = encodeURIComponent(visit.param('sha'));
  await visit.client.send('POST', `${visit.api}/commits/${sha}/comments`, { body: field('body') });
  return visit.go(`/${visit.fullName}/commit/${sha}`);
}

export async function commitsPage(visit: Visit) {
  const ref = visit.param('rest');
  const commits = await visit.client.get(
    `${visit.api}/commits?sha=${encodeURIComponent(ref)}&per_page=100`,
    commitsSchema,
  );
  return visit.page(
    { title: `Commits · ${visit.fullName}`, tab: 'code' },
    html`<h1>Commits of <span class="ref">${ref}</span></h1>${commitRows(visit.fullName, commits)}`,
  );
}
