// A repository's code: its front page, folders, files, and a new file's form.
import { Buffer } from 'node:buffer';
import { html } from 'hono/html';
import type { z } from 'zod';
import { runRows } from './actions.ts';
import { Refused } from './client.ts';
import { commitRows } from './commit.ts';
import type { Html } from './layout.ts';
import { markdown } from './markdown.ts';
import { byteSize } from './marks.ts';
import {
  branchesSchema,
  commitsSchema,
  contentsSchema,
  type fileSchema,
  issuesSchema,
  type Repository,
  repositorySchema,
  runsSchema,
} from './shapes.ts';
import { pathOf, type Visit } from './visit.ts';

type Contents = z.infer<typeof contentsSchema>;
type File = z.infer<typeof fileSchema>;

export async function overview(visit: Visit) {
  const repository = await visit.client.get(visit.api, repositorySchema);
  return folder(visit, repository, repository.default_branch, '');
}

export async function tree(visit: Visit) {
  const repository = await visit.client.get(visit.api, repositorySchema);
  const { ref, path } = await refAndPath(visit, visit.param('rest'));
  return folder(visit, repository, ref, path);
}

export async function blob(visit: Visit) {
  const { ref, path } = await refAndPath(visit, visit.param('rest'));
  const contents = await contentsAt(visit, ref, path);
  if (contents === undefined || Array.isArray(contents)) throw new Refused(404, `${path} is no file at ${ref}`);
  return visit.page(
    { title: `${path} at ${ref}`, tab: 'code' },
    html`<h1 class="path">${crumbs(visit.fullName, ref, path)}</h1>${fileBox(visit, contents)}`,
  );
}

async function folder(visit: Visit, repository: Repository, ref: string, path: string) {
  const [branches, contents, commits] = await Promise.all([
    visit.client.list(`${visit.api}/branches`, branchesSchema),
    contentsAt(visit, ref, path),
    visit.client.find(
      `${visit.api}/commits?sha=${encodeURIComponent(ref)}&path=${encodeURIComponent(path)}&per_page=8`,
      commitsSchema,
    ),
  ]);
  const entries = Array.isArray(contents) ? contents : [];
  const readme = entries.find(({ name, type }) => type === 'file' && /^readme(\.md|\.txt)?$/i.test(name));
  const shown = readme && (await contentsAt(visit, ref, readme.path));
  return visit.page(
    { title: visit.fullName, tab: 'code' },
    html`${path === '' ? html`<p>${repository.description}</p>` : html`<h1 class="path">${crumbs(visit.fullName, ref, path)}</h1>`}
      <div class="with-side">
        <div>
          <p class="bar">
            <span class="ref">${ref}</span>
            <a class="button end" href="/${visit.fullName}/new/${pathOf(ref)}">Add file</a>
          </p>
          ${entryList(visit.fullName, ref, entries)}
          ${shown && !Array.isArray(shown) ? html`<h3>${shown.name}</h3>${fileBox(visit, shown)}` : ''}
        </div>
        <aside>
          ${await underWay(visit)}
          <h3>Branches</h3>
          <ul class="box list">${branches.map(
            ({ name }) => html`<li><a href="/${visit.fullName}/tree/${pathOf(name)}">${name}</a></li>`,
          )}</ul>
          <h3>Recent commits</h3>
          ${commitRows(visit.fullName, commits ?? [])}
        </aside>
      </div>`,
  );
}

/** What a person comes to look at: open issues and pull requests, the latest runs. */
async function underWay(visit: Visit): Promise<Html> {
  const [issues, runs] = await Promise.all([
    visit.client.find(`${visit.api}/issues?state=open&per_page=5`, issuesSchema),
    visit.client.find(`${visit.api}/actions/runs?per_page=5`, runsSchema),
  ]);
  return html`<h3>Open issues and pull requests</h3>
    <ul class="box list">
      ${(issues ?? []).map(
        ({ number, title, pull_request }) =>
          html`<li><a href="/${visit.fullName}/${pull_request ? 'pull' : 'issues'}/${number}">${title}</a> <span class="muted">#${number}</span></li>`,
      )}
      ${issues?.length ? '' : html`<li class="muted">None</li>`}
    </ul>
    <h3>Latest runs</h3>
    ${runRows(visit.fullName, runs?.workflow_runs ?? [])}`;
}

function entryList(fullName: string, ref: string, entries: Exclude<Contents, File>): Html {
  const sorted = [...entries].sort(
    (a, b) => Number(b.type === 'dir') - Number(a.type === 'dir') || (a.name < b.name ? -1 : 1),
  );
  return html`<ul class="box list">
    ${sorted.map(
      ({ type, path, name, size }) => html`<li>
        <span class="icon" aria-hidden="true">${type === 'dir' ? '▸' : ' '}</span>
        <a href="/${fullName}/${type === 'dir' ? 'tree' : 'blob'}/${pathOf(ref)}/${pathOf(path)}">${name}${type === 'dir' ? '/' : ''}</a>
        <span class="end muted">${type === 'file' ? byteSize(size) : type === 'dir' ? '' : type}</span>
      </li>`,
    )}
    ${sorted.length === 0 ? html`<li class="empty">No files yet.</li>` : ''}
  </ul>`;
}

function fileBox(visit: Visit, file: File): Html {
  const bytes = Buffer.from(file.content, 'base64');
  if (bytes.includes(0)) return html`<p class="box empty">Binary file, ${byteSize(file.size)}.</p>`;
  const text = bytes.toString('utf8');
  if (/\.(md|markdown)$/i.test(file.name) && visit.query('plain') === undefined)
    return html`<div class="box padded">${markdown(text, visit.fullName, 'file')}</div>`;
  const lines = text.replace(/\n$/, '').split('\n');
  return html`<div class="box scroll"><table class="diff"><tbody>${lines.map(
    (line, index) =>
      html`<tr id="L${index + 1}"><td class="line-number">${index + 1}</td><td class="code">${line}</td></tr>`,
  )}</tbody></table></div>`;
}

function crumbs(fullName: string, ref: string, path: string): Html {
  const steps = path.split('/');
  const link = (step: string, index: number) =>
    index === steps.length - 1
      ? html`<b>${step}</b>`
      : html`<a href="/${fullName}/tree/${pathOf(ref)}/${pathOf(steps.slice(0, index + 1).join('/'))}">${step}</a> / `;
  return html`<span class="ref">${ref}</span> ${steps.map(link)}`;
}

async function contentsAt(visit: Visit, ref: string, path: string): Promise<Contents | undefined> {
  return visit.client.find(`${visit.api}/contents/${pathOf(path)}?ref=${encodeURIComponent(ref)}`, contentsSchema);
}

/** A branch's name may hold slashes: the longest branch that the address begins with is meant, else its first step. */
async function refAndPath(visit: Visit, rest: string): Promise<{ ref: string; path: string }> {
  const branches = await visit.client.list(`${visit.api}/branches`, branchesSchema);
  const names = branches.map(({ name }) => name).filter((name) => rest === name || rest.startsWith(`${name}/`));
  const ref = names.sort((a, b) => b.length - a.length)[0] ?? rest.split('/')[0] ?? '';
  return { ref, path: rest.slice(ref.length).replace(/^\/+|\/+$/g, '') };
}

export function newFile(visit: Visit) {
  const branch = visit.param('branch');
  const filename = visit.query('filename') ?? '';
  return visit.page(
    { title: `New file · ${visit.fullName}`, tab: 'code' },
    html`<h1>New file</h1>
      <form class="stack" method="post">
        <label>Path <input name="filename" value="${filename}" required placeholder=".github/workflows/self-heal.yml"></label>
        <label>Content <textarea name="value" rows="22" class="mono" spellcheck="false">${visit.query('value') ?? ''}</textarea></label>
        <label>Commit message <input name="message" placeholder="Create ${filename || 'file'}"></label>
        <p><button class="primary">Commit to ${branch}</button></p>
      </form>`,
  );
}

export async function commitNewFile(visit: Visit) {
  const field = await visit.form();
  const filename = field('filename').trim().replace(/^\/+/, '');
  const branch = visit.param('branch');
  await visit.client.send('PUT', `${visit.api}/contents/${pathOf(filename)}`, {
    message: field('message').trim() || `Create ${filename}`,
    content: Buffer.from(field('value'), 'utf8').toString('base64'),
    branch,
  });
  return visit.go(`/${visit.fullName}/blob/${pathOf(branch)}/${pathOf(filename)}`);
}
