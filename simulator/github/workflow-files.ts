// A commit → the workflow files in it, and the workflows a repository is known to have.
import type { WorkflowSource } from '../runner/contract.ts';
import { parseWorkflow } from '../runner/workflow.ts';
import { listTree } from './git/trees.ts';
import type { GitHub } from './github.ts';
import type { Repository } from './repository.ts';
import type { Workflow } from './workflow-run.ts';

const folder = '.github/workflows/';

export async function workflowFiles(repository: Repository, sha: string): Promise<WorkflowSource[]> {
  const entries = (await listTree(repository.gitDirectory, `${sha}:${folder.slice(0, -1)}`)) ?? [];
  const files = entries.filter((entry) => entry.type === 'blob' && /\.ya?ml$/.test(entry.path));
  return await Promise.all(
    files.map(async ({ path, sha: blob }) => {
      const object = await repository.objects.read(blob);
      return { path: `${folder}${path}`, text: object?.content.toString('utf8') ?? '' };
    }),
  );
}

/** A workflow that GitHub cannot read is named after its path. */
function workflowName(source: WorkflowSource): string {
  const parsed = parseWorkflow(source);
  return parsed.ok ? parsed.workflow.name : source.path;
}

/** The repository's record of the workflow at this path, made the first time it is seen. */
export function obtainWorkflow(github: GitHub, repository: Repository, source: WorkflowSource): Workflow {
  const known = repository.workflows.find((workflow) => workflow.path === source.path);
  if (known) return known;
  const at = github.now();
  const made: Workflow = {
    id: github.nextId(),
    path: source.path,
    name: workflowName(source),
    state: 'active',
    createdAt: at,
    updatedAt: at,
    runCount: 0,
  };
  repository.workflows.push(made);
  return made;
}

/** Those of the default branch's newest commit are registered, and named as they are there. */
export async function registeredWorkflows(github: GitHub, repository: Repository): Promise<Workflow[]> {
  const head = await repository.objects.read(`${repository.defaultRef}^{commit}`);
  if (!head) return repository.workflows;
  for (const source of await workflowFiles(repository, head.sha)) {
    obtainWorkflow(github, repository, source).name = workflowName(source);
  }
  return repository.workflows;
}

/** By id, by file name or by path. */
export async function findWorkflow(
  github: GitHub,
  repository: Repository,
  name: string,
): Promise<Workflow | undefined> {
  const workflows = await registeredWorkflows(github, repository);
  return workflows.find(
    (one) => String(one.id) === name || one.path === name || one.path.slice(folder.length) === name,
  );
}
