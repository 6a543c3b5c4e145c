// Endpoints of workflows, artifacts and variables, and starting a workflow by hand.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { dispatchInputs } from '../../runner/triggers.ts';
import { parseWorkflow } from '../../runner/workflow.ts';
import { type Call, type Endpoints, noContent, ok } from '../call.ts';
import { ApiError, notFound, unprocessable } from '../errors.ts';
import { findRef } from '../git/refs.ts';
import { listedUnder } from '../pagination.ts';
import { simpleUser } from '../shapes/account.ts';
import { repositoryHtmlUrl, repositoryShape, repositoryUrl } from '../shapes/repository.ts';
import { artifactShape, workflowShape } from '../shapes/run.ts';
import { findWorkflow, registeredWorkflows, workflowFiles } from '../workflow-files.ts';
import type { Artifact, Run } from '../workflow-run.ts';

const r = '/repos/{owner}/{repo}';
const workflowPath = `${r}/actions/workflows/{workflow_id}`;

const Dispatch = z.object({
  ref: z.string(),
  inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  return_run_details: z.boolean().default(false),
});

async function theWorkflow(call: Call) {
  const workflow = await findWorkflow(call.github, call.repository, call.param('workflow_id'));
  if (!workflow) throw notFound();
  return workflow;
}

async function fullRef(call: Call, name: string): Promise<string> {
  const candidates = name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/tags/${name}`];
  for (const candidate of candidates) {
    if (await findRef(call.repository.gitDirectory, candidate)) return candidate;
  }
  throw unprocessable(`No ref found for: ${name}`);
}

/** The values as the workflow gets them, or GitHub's complaint about them. */
function checkInputs(declared: NonNullable<ReturnType<typeof dispatchInputs>>, given: Record<string, string>) {
  const unexpected = Object.keys(given).filter((name) => !(name in declared));
  if (unexpected.length > 0) throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  for (const [name, input] of Object.entries(declared)) {
    const value = given[name] ?? input.default;
    if (input.required && (value === undefined || value === ''))
      throw unprocessable(`Required input '${name}' not provided`);
    if (input.options && value !== undefined && !input.options.includes(value)) {
      throw unprocessable(`Provided value '${value}' for input '${name}' not in the list of allowed values`);
    }
    if (input.type === 'boolean' && value !== undefined && !['true', 'false', ''].includes(value)) {
      throw unprocessable(`Provided value '${value}' for input '${name}' is not a boolean`);
    }
  }
}

function runDetails(call: Call, run: Run) {
  const { github, repository } = call;
  return ok({
    workflow_run_id: run.id,
    run_url: `${repositoryUrl(github, repository)}/actions/runs/${run.id}`,
    html_url: `${repositoryHtmlUrl(github, repository)}/actions/runs/${run.id}`,
  });
}

async function dispatch(call: Call) {
  const { github, repository, actor: sender } = call;
  const workflow = await theWorkflow(call);
  const body = call.body(Dispatch);
  const ref = await fullRef(call, body.ref);
  const commit = await repository.objects.read(`${ref}^{commit}`);
  const source = (await workflowFiles(repository, commit?.sha ?? '')).find((one) => one.path === workflow.path);
  if (!source) throw notFound();
  const parsed = parseWorkflow(source);
  if (!parsed.ok) throw unprocessable(`Invalid workflow file: ${workflow.path}#L${parsed.line}: ${parsed.message}`);
  const declared = dispatchInputs(parsed.workflow);
  if (!declared) throw unprocessable("Workflow does not have 'workflow_dispatch' trigger");
  if (workflow.state !== 'active')
    throw new ApiError(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const inputs = Object.fromEntries(Object.entries(body.inputs).map(([name, value]) => [name, String(value)]));
  checkInputs(declared, inputs);
  const subject = { kind: 'dispatch' as const, ref, workflowPath: workflow.path, inputs };
  const payload = {
    inputs: Object.keys(inputs).length > 0 ? inputs : null,
    ref,
    repository: repositoryShape(github, repository),
    sender: simpleUser(github, sender),
    workflow: workflow.path,
  };
  const event = { name: 'workflow_dispatch', repository, sender, byActions: call.byActions, subject, payload };
  const [run] = await github.actions.start(event, payload);
  if (!run) throw new Error(`${workflow.path} was dispatched and did not start`);
  return body.return_run_details ? runDetails(call, run) : noContent();
}

const RepositoryDispatch = z.object({
  event_type: z.string().max(100),
  client_payload: z.record(z.string(), z.unknown()).default({}),
});

function findArtifact(call: Call): Artifact {
  const artifact = call.repository.artifacts.find((one) => one.id === call.number('artifact_id'));
  if (!artifact) throw notFound();
  return artifact;
}

function listArtifacts(call: Call, artifacts: readonly Artifact[]) {
  const name = call.query('name');
  const wanted = artifacts.filter((one) => name === null || one.name === name).reverse();
  return listedUnder(call, 'artifacts', wanted, (one) => artifactShape(call.github, call.repository, one));
}

function downloadArtifact(call: Call) {
  const artifact = findArtifact(call);
  if (call.param('archive_format') !== 'zip') throw notFound();
  if (Date.parse(artifact.expiresAt) <= call.github.clock.nowMs()) throw new ApiError(410, 'Artifact has expired');
  const download = {
    contentType: 'application/zip',
    fileName: `${artifact.name}.zip`,
    produce: () => readFile(artifact.file),
  };
  return { status: 302, headers: { location: call.github.signedUrls.issue(download) } };
}

export const workflowEndpoints: Endpoints = {
  [`GET ${r}/actions/workflows`]: async (call) => {
    const workflows = await registeredWorkflows(call.github, call.repository);
    return await listedUnder(call, 'workflows', workflows, (one) => workflowShape(call.github, call.repository, one));
  },
  [`GET ${workflowPath}`]: async (call) => ok(workflowShape(call.github, call.repository, await theWorkflow(call))),
  [`POST ${workflowPath}/dispatches`]: dispatch,
  [`POST ${r}/dispatches`]: (call) => {
    const { github, repository, actor: sender, byActions } = call;
    const { event_type: action, client_payload } = call.body(RepositoryDispatch);
    const payload = { branch: repository.defaultBranch, client_payload };
    github.publish({ name: 'repository_dispatch', action, repository, sender, byActions, payload });
    return noContent();
  },
  [`GET ${r}/actions/artifacts`]: (call) => listArtifacts(call, call.repository.artifacts),
  [`GET ${r}/actions/runs/{run_id}/artifacts`]: (call) => {
    const run = call.repository.runs.find((one) => one.id === call.number('run_id'));
    if (!run) throw notFound();
    return listArtifacts(
      call,
      call.repository.artifacts.filter((one) => one.run === run),
    );
  },
  [`GET ${r}/actions/artifacts/{artifact_id}`]: (call) =>
    ok(artifactShape(call.github, call.repository, findArtifact(call))),
  [`GET ${r}/actions/artifacts/{artifact_id}/{archive_format}`]: downloadArtifact,
  [`DELETE ${r}/actions/artifacts/{artifact_id}`]: (call) => {
    const { artifacts } = call.repository;
    artifacts.splice(artifacts.indexOf(findArtifact(call)), 1);
    return noContent();
  },
  [`GET ${r}/actions/variables`]: (call) => {
    const all = [...call.repository.variables].map(([name, one]) => ({ name, ...one }));
    return listedUnder(call, 'variables', all, ({ name, value, createdAt, updatedAt }) => ({
      name,
      value,
      created_at: createdAt,
      updated_at: updatedAt,
    }));
  },
  [`GET ${r}/actions/variables/{name}`]: (call) => {
    const found = call.repository.variables.get(call.param('name').toUpperCase());
    if (!found) throw notFound();
    const { value, createdAt, updatedAt } = found;
    return ok({ name: call.param('name').toUpperCase(), value, created_at: createdAt, updated_at: updatedAt });
  },
};
