// Workflow runs: the list, one run with its jobs and artifacts, one job with its log, and the buttons to run again or cancel.
import { html } from 'hono/html';
import type { z } from 'zod';
import { jobLog } from './job-log.ts';
import type { Html } from './layout.ts';
import { markdown } from './markdown.ts';
import { byteSize, conclusion, count, duration, inProgress, sign, when } from './marks.ts';
import {
  artifactsSchema,
  type Job,
  jobSchema,
  jobsSchema,
  type Run,
  runSchema,
  runsSchema,
  type Workflow,
  workflowsSchema,
} from './shapes.ts';
import type { Visit } from './visit.ts';

type Artifact = z.infer<typeof artifactsSchema>['artifacts'][number];

export function runRows(fullName: string, runs: Run[]): Html {
  return html`<ul class="box list">
    ${runs.map(
      (run) => html`<li>
        ${sign(run)} <a class="strong" href="/${fullName}/actions/runs/${run.id}">${run.display_title || run.name}</a>
        <span class="end muted">${when(run.created_at)}</span>
        <p class="muted">${run.name} #${run.run_number}${run.run_attempt > 1 ? `, attempt ${run.run_attempt}` : ''}: ${run.event} by ${run.actor?.login} on ${run.head_branch} <code>${run.head_sha.slice(0, 7)}</code></p>
      </li>`,
    )}
    ${runs.length === 0 ? html`<li class="empty">No workflow has run yet.</li>` : ''}
  </ul>`;
}

export const workflowPath = (fullName: string, { path }: Workflow): string =>
  `/${fullName}/actions/workflows/${encodeURIComponent(path.split('/').at(-1) ?? path)}`;

function workflowList(fullName: string, workflows: readonly Workflow[]): Html {
  return html`<h3>Workflows</h3>
    <ul class="box list">
      ${workflows.map((workflow) => html`<li><a href="${workflowPath(fullName, workflow)}">${workflow.name}</a></li>`)}
      ${workflows.length === 0 ? html`<li class="empty">None</li>` : ''}
    </ul>`;
}

export async function runList(visit: Visit) {
  const [{ workflow_runs: runs }, { workflows }] = await Promise.all([
    visit.client.get(`${visit.api}/actions/runs?per_page=100`, runsSchema),
    visit.client.get(`${visit.api}/actions/workflows?per_page=100`, workflowsSchema),
  ]);
  return visit.page(
    { title: `Actions · ${visit.fullName}`, tab: 'actions', refreshSeconds: runs.some(inProgress) ? 3 : undefined },
    html`<h1>Workflow runs</h1>
      <div class="with-side"><div>${runRows(visit.fullName, runs)}</div><aside>${workflowList(visit.fullName, workflows)}</aside></div>`,
  );
}

export async function runPage(visit: Visit) {
  const id = encodeURIComponent(visit.param('run'));
  const attempt = visit.param('attempt');
  const api = `${visit.api}/actions/runs/${id}`;
  const attemptApi = attempt === '' ? api : `${api}/attempts/${encodeURIComponent(attempt)}`;
  const [latest, run, { jobs }, artifacts] = await Promise.all([
    visit.client.get(api, runSchema),
    visit.client.get(attemptApi, runSchema),
    visit.client.get(`${attemptApi}/jobs?per_page=100`, jobsSchema),
    visit.client.find(`${api}/artifacts?per_page=100`, artifactsSchema),
  ]);
  const path = `/${visit.fullName}/actions/runs/${id}`;
  return visit.page(
    { title: `${run.display_title} · ${run.name}`, tab: 'actions', refreshSeconds: inProgress(run) ? 2 : undefined },
    html`<h1>${sign(run)} ${run.display_title || run.name} <span class="number">#${run.run_number}</span></h1>
      <p class="muted">${run.name} · ${run.event} by ${run.actor?.login} ${when(run.created_at)} on <span class="ref">${run.head_branch}</span>
        <a href="/${visit.fullName}/commit/${run.head_sha}"><code>${run.head_sha.slice(0, 7)}</code></a>
        · ${conclusion(run)} ${inProgress(run) ? '' : duration(run.created_at, run.updated_at)}</p>
      ${attemptLinks(path, latest.run_attempt, run.run_attempt)}
      ${runButtons(path, run)}
      <h2>Jobs</h2>
      <ul class="box list">${jobs.map((job) => jobRow(path, job))}${jobs.length === 0 ? html`<li class="empty">No job has started.</li>` : ''}</ul>
      ${jobs.map((job) => jobSummary(visit, job))}
      ${artifactList(path, artifacts?.artifacts ?? [])}`,
  );
}

function attemptLinks(path: string, attempts: number, current: number): Html {
  if (attempts < 2) return html``;
  const numbers = Array.from({ length: attempts }, (_, index) => index + 1);
  return html`<p class="bar">Attempts ${numbers.map(
    (number) =>
      html`<a class="choice" href="${path}/attempts/${number}" ${number === current ? html`aria-current="page"` : ''}>${number}</a>`,
  )}</p>`;
}

function runButtons(path: string, run: Run): Html {
  if (inProgress(run)) return html`<form method="post" action="${path}/cancel"><button>Cancel run</button></form>`;
  return html`<form class="buttons" method="post">
    <button formaction="${path}/rerun">Re-run all jobs</button>
    <button formaction="${path}/rerun-failed-jobs">Re-run failed jobs</button>
  </form>`;
}

function jobRow(path: string, job: Job): Html {
  return html`<li>
    ${sign(job)} <a class="strong" href="${path}/job/${job.id}">${job.name}</a>
    <span class="end muted">${duration(job.started_at, job.completed_at)}</span>
    <ol class="steps">${job.steps.map((step) => html`<li>${sign(step)} ${step.name} <span class="muted">${duration(step.started_at, step.completed_at)}</span></li>`)}</ol>
  </li>`;
}

function jobSummary({ beyond, fullName }: Visit, job: Job): Html {
  const summary = beyond.jobSummary(job.id);
  return summary === undefined
    ? html``
    : html`<h2>${job.name} summary</h2><div class="box padded">${markdown(summary, fullName, 'file')}</div>`;
}

function artifactList(path: string, artifacts: Artifact[]): Html {
  if (artifacts.length === 0) return html``;
  return html`<h2>${count(artifacts.length, 'artifact')}</h2>
    <ul class="box list">${artifacts.map(
      ({ id, name, size_in_bytes, expired }) =>
        html`<li><a class="strong" href="${path}/artifacts/${id}">${name}</a> <span class="muted">${byteSize(size_in_bytes)}${expired ? ', expired' : ''}</span></li>`,
    )}</ul>`;
}

export async function jobPage(visit: Visit) {
  const api = `${visit.api}/actions/jobs/${encodeURIComponent(visit.param('job'))}`;
  const job = await visit.client.get(api, jobSchema);
  const log = inProgress(job) ? undefined : await (await visit.client.download(`${api}/logs`)).text();
  return visit.page(
    { title: `${job.name} · ${visit.fullName}`, tab: 'actions', refreshSeconds: inProgress(job) ? 2 : undefined },
    html`<h1>${sign(job)} ${job.name}</h1>
      <p class="muted"><a href="/${visit.fullName}/actions/runs/${job.run_id}">Run ${job.run_id}</a>, attempt ${job.run_attempt} · ${conclusion(job)} ${duration(job.started_at, job.completed_at)}</p>
      <ol class="steps box padded">${job.steps.map((step) => html`<li>${sign(step)} ${step.name} <span class="muted">${duration(step.started_at, step.completed_at)}</span></li>`)}</ol>
      ${
        log === undefined
          ? html`<p class="box empty">The log appears when the job has ended.</p>`
          : html`<label class="toggle"><input type="checkbox"> Show timestamps</label>${jobLog(log)}`
      }`,
  );
}

export async function runCommand(visit: Visit) {
  const id = encodeURIComponent(visit.param('run'));
  await visit.client.send('POST', `${visit.api}/actions/runs/${id}/${visit.param('command')}`);
  return visit.go(`/${visit.fullName}/actions/runs/${id}`);
}

export async function artifact(visit: Visit) {
  const id = encodeURIComponent(visit.param('artifact'));
  const zip = await visit.client.download(`${visit.api}/actions/artifacts/${id}/zip`);
  const headers = {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="artifact-${id}.zip"`,
  };
  return new Response(zip.body, { headers });
}
