// What `${{ github }}` is for a job, from the event that started the run.
import { z } from 'zod';
import type { RunRequest } from './contract.ts';
import { dispatchInputs } from './triggers.ts';
import type { Workflow } from './workflow.ts';

const pullRequestPayload = z.looseObject({
  pull_request: z.looseObject({
    base: z.looseObject({ ref: z.string() }),
    head: z.looseObject({ ref: z.string() }),
  }),
});
const senderPayload = z.looseObject({ sender: z.looseObject({ id: z.number() }) });

const shortName = (ref: string): string => ref.replace(/^refs\/(heads|tags|pull)\//, '');

/** The event as GITHUB_EVENT_PATH has it; a dispatch's inputs with their defaults. */
function eventPayload(workflow: Workflow, request: RunRequest): Record<string, unknown> {
  const { event } = request;
  if (event.name !== 'workflow_dispatch') return event.payload;
  return { ...event.payload, inputs: dispatchValues(workflow, request), ref: event.ref, workflow: workflow.path };
}

function dispatchValues(workflow: Workflow, request: RunRequest): Record<string, string> {
  const declared = Object.entries(dispatchInputs(workflow) ?? {});
  const defaults = declared.map(([name, input]) => [name, input.default ?? (input.type === 'boolean' ? 'false' : '')]);
  return { ...Object.fromEntries(defaults), ...request.inputs };
}

/** `${{ inputs }}`: unlike in the event, booleans and numbers are what they say. */
export function inputsContext(workflow: Workflow, request: RunRequest): Record<string, unknown> {
  if (request.event.name !== 'workflow_dispatch') return {};
  const types = dispatchInputs(workflow) ?? {};
  return Object.fromEntries(
    Object.entries(dispatchValues(workflow, request)).map(([name, value]) => {
      const type = types[name]?.type;
      if (type === 'boolean') return [name, value === 'true'];
      return [name, type === 'number' && value !== '' ? Number(value) : value];
    }),
  );
}

/** Numbers are text here, as on GitHub. */
export function githubContext(workflow: Workflow, request: RunRequest): Record<string, unknown> {
  const { repository, event, run, urls, actor } = request;
  const pull = pullRequestPayload.safeParse(event.payload).data?.pull_request;
  const isPull = event.name.startsWith('pull_request');
  const fullName = `${repository.owner}/${repository.name}`;
  return {
    actor,
    actor_id: String(senderPayload.safeParse(event.payload).data?.sender.id ?? ''),
    api_url: urls.api,
    base_ref: isPull ? (pull?.base.ref ?? '') : '',
    event: eventPayload(workflow, request),
    event_name: event.name,
    graphql_url: urls.graphql,
    head_ref: isPull ? (pull?.head.ref ?? '') : '',
    ref: event.ref,
    ref_name: shortName(event.ref),
    ref_protected: false,
    ref_type: event.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository: fullName,
    repository_id: String(repository.id),
    repository_owner: repository.owner,
    repository_owner_id: '',
    repository_visibility: repository.private ? 'private' : 'public',
    repositoryUrl: `${urls.server.replace(/^http/, 'git')}/${fullName}.git`,
    retention_days: '90',
    run_attempt: String(run.attempt),
    run_id: String(run.id),
    run_number: String(run.number),
    secret_source: Object.keys(request.secrets).length > 0 ? 'Actions' : 'None',
    server_url: urls.server,
    sha: event.sha,
    triggering_actor: actor,
    workflow: workflow.name,
    workflow_ref: `${fullName}/${workflow.path}@${event.ref}`,
    workflow_sha: event.sha,
  };
}
