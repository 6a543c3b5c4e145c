// Check runs: the list on a commit or pull request, and one check's page with its report and annotations.
import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { markdown } from './markdown.ts';
import { conclusion, duration, inProgress, sign } from './marks.ts';
import { annotationsSchema, type CheckRun, checkRunSchema } from './shapes.ts';
import type { Visit } from './visit.ts';

export function checkList(fullName: string, checks: CheckRun[]): Html {
  if (checks.length === 0) return html``;
  const good = checks.filter((check) => ['success', 'neutral', 'skipped'].includes(conclusion(check))).length;
  return html`<section class="box checks">
    <h3>${good === checks.length ? 'All checks have passed' : `${good} of ${checks.length} checks have passed`}</h3>
    <ul class="list">${checks.map((check) => checkRow(fullName, check))}</ul>
  </section>`;
}

function checkRow(fullName: string, check: CheckRun): Html {
  const title = check.output?.title;
  return html`<li>
    ${sign(check)} <a class="strong" href="${checkPath(fullName, check)}">${check.name}</a>
    ${title ? html`<span class="muted">${title}</span>` : ''}
    <span class="end muted">${check.app?.name} ${duration(check.started_at, check.completed_at)}</span>
  </li>`;
}

/** A job's check leads to the job's log, another App's to its report. */
function checkPath(fullName: string, check: CheckRun): string {
  const job = /\/actions\/runs\/\d+\/job\/\d+$/.exec(check.html_url ?? check.details_url ?? '')?.[0];
  return `/${fullName}${job ?? `/runs/${check.id}`}`;
}

export async function checkPage(visit: Visit) {
  const path = `${visit.api}/check-runs/${encodeURIComponent(visit.param('check'))}`;
  const check = await visit.client.get(path, checkRunSchema);
  const annotations = (await visit.client.find(`${path}/annotations?per_page=100`, annotationsSchema)) ?? [];
  const { title, summary, text } = check.output ?? {};
  return visit.page(
    { title: check.name, tab: 'code', refreshSeconds: inProgress(check) ? 3 : undefined },
    html`<h1>${sign(check)} ${check.name}</h1>
      <p class="muted">${check.app?.name} · <a href="/${visit.fullName}/commit/${check.head_sha}"><code>${check.head_sha.slice(0, 7)}</code></a> · ${conclusion(check)}</p>
      ${title ? html`<h2>${title}</h2>` : ''}
      ${[summary, text].map((part) => (part ? html`<div class="box padded">${markdown(part, visit.fullName)}</div>` : ''))}
      ${annotations.map(
        (annotation) => html`<div class="box padded annotation annotation-${annotation.annotation_level}">
          <b>${annotation.path}:${annotation.start_line}</b> ${annotation.title}
          <pre>${annotation.message}</pre>
        </div>`,
      )}`,
  );
}
