// One workflow: its runs, and the forms that run it by hand or by its schedule at once.
import { Buffer } from 'node:buffer';
import { html } from 'hono/html';
import { type DispatchInput, dispatchInputs } from '../runner/triggers.ts';
import { type Workflow as ParsedWorkflow, parseWorkflow } from '../runner/workflow.ts';
import { runRows, workflowPath } from './actions.ts';
import { Refused } from './client.ts';
import type { Html } from './layout.ts';
import { inProgress } from './marks.ts';
import { fileSchema, type Repository, repositorySchema, runsSchema, type Workflow, workflowSchema } from './shapes.ts';
import { pathOf, type Visit } from './visit.ts';

interface Read {
  repository: Repository;
  workflow: Workflow;
  /** Undefined where the default branch has none that can be read. */
  parsed: ParsedWorkflow | undefined;
}

async function readWorkflow(visit: Visit): Promise<Read> {
  const name = encodeURIComponent(visit.param('workflow'));
  const [repository, workflow] = await Promise.all([
    visit.client.get(visit.api, repositorySchema),
    visit.client.get(`${visit.api}/actions/workflows/${name}`, workflowSchema),
  ]);
  const ref = encodeURIComponent(repository.default_branch);
  const file = await visit.client.find(`${visit.api}/contents/${pathOf(workflow.path)}?ref=${ref}`, fileSchema);
  const text = Buffer.from(file?.content ?? '', 'base64').toString('utf8');
  const parsed = file && parseWorkflow({ path: workflow.path, text });
  return { repository, workflow, parsed: parsed?.ok ? parsed.workflow : undefined };
}

export async function workflowPage(visit: Visit) {
  const { repository, workflow, parsed } = await readWorkflow(visit);
  const api = `${visit.api}/actions/workflows/${workflow.id}`;
  const { workflow_runs: runs } = await visit.client.get(`${api}/runs?per_page=100`, runsSchema);
  const path = workflowPath(visit.fullName, workflow);
  const inputs = parsed && dispatchInputs(parsed);
  return visit.page(
    {
      title: `${workflow.name} · ${visit.fullName}`,
      tab: 'actions',
      refreshSeconds: runs.some(inProgress) ? 3 : undefined,
    },
    html`<h1>${workflow.name}</h1>
      <p class="muted"><a href="/${visit.fullName}/blob/${pathOf(repository.default_branch)}/${pathOf(workflow.path)}">${workflow.path}</a></p>
      ${parsed?.on.schedule === undefined ? '' : html`<form class="box padded" method="post" action="${path}/schedule"><button>Run schedule now</button></form>`}
      ${inputs ? dispatchForm(path, repository.default_branch, inputs) : ''}
      ${runRows(visit.fullName, runs)}`,
  );
}

function dispatchForm(path: string, branch: string, inputs: Record<string, DispatchInput>): Html {
  return html`<details class="box padded"><summary><b>Run workflow</b></summary>
    <form class="stack" method="post" action="${path}/dispatch">
      <label>Branch or tag <input name="ref" value="${branch}" required></label>
      ${Object.entries(inputs).map(([name, input]) => inputField(name, input))}
      <p><button class="primary">Run workflow</button></p>
    </form></details>`;
}

function inputField(
  name: string,
  { type, options, required, default: standard = '', description }: DispatchInput,
): Html {
  const field = `input.${name}`;
  const label = description ?? name;
  if (type === 'boolean')
    return html`<label class="inline"><input type="checkbox" name="${field}" value="true" ${standard === 'true' ? html`checked` : ''}> ${label}</label>`;
  if (options)
    return html`<label>${label} <select name="${field}">${options.map((option) => html`<option ${option === standard ? html`selected` : ''}>${option}</option>`)}</select></label>`;
  return html`<label>${label} <input name="${field}" value="${standard}" ${required ? html`required` : ''}></label>`;
}

export async function dispatchWorkflow(visit: Visit) {
  const { workflow, parsed } = await readWorkflow(visit);
  const field = await visit.form();
  const inputs = Object.entries((parsed && dispatchInputs(parsed)) ?? {}).map(([name, { type }]) => {
    const value = field(`input.${name}`);
    return [name, type === 'boolean' ? String(value === 'true') : value];
  });
  await visit.client.send('POST', `${visit.api}/actions/workflows/${workflow.id}/dispatches`, {
    ref: field('ref'),
    inputs: Object.fromEntries(inputs.filter(([, value]) => value !== '')),
  });
  return visit.go(workflowPath(visit.fullName, workflow));
}

export async function runSchedule(visit: Visit) {
  const { workflow } = await readWorkflow(visit);
  if (workflow.state !== 'active') throw new Refused(422, `${workflow.name} is disabled`);
  const run = await visit.beyond.runSchedule(visit.client.login, visit.fullName, workflow.path);
  return visit.go(`/${visit.fullName}/actions/runs/${run}`);
}
