// A workflow's `on: schedule` → a run of it now: nobody waits here for a clock.
import { scheduleFilter } from '../runner/trigger-schema.ts';
import { parseWorkflow } from '../runner/workflow.ts';
import { unprocessable } from './errors.ts';
import type { GitHub } from './github.ts';
import type { Repository } from './repository.ts';
import { simpleUser } from './shapes/account.ts';
import { repositoryShape } from './shapes/repository.ts';
import { workflowFiles } from './workflow-files.ts';
import type { Run } from './workflow-run.ts';

/** The file's first schedule, on the default branch's newest commit, as GitHub runs it. */
export async function fireSchedule(github: GitHub, repository: Repository, workflowPath: string): Promise<Run> {
  const head = await repository.objects.read(`${repository.defaultRef}^{commit}`);
  const files = head ? await workflowFiles(repository, head.sha) : [];
  const source = files.find((file) => file.path === workflowPath);
  if (!source) throw unprocessable(`There is no ${workflowPath} on ${repository.defaultBranch}`);
  const parsed = parseWorkflow(source);
  if (!parsed.ok) throw unprocessable(parsed.message);
  const [first] = scheduleFilter.safeParse(parsed.workflow.on.schedule).data ?? [];
  if (!first) throw unprocessable(`${workflowPath} has no schedule: it needs \`on: schedule\` with a \`cron\``);
  const payload = {
    schedule: first.cron,
    workflow: workflowPath,
    repository: repositoryShape(github, repository),
    sender: simpleUser(github, repository.owner),
  };
  const event = {
    ...{ name: 'schedule', repository, sender: repository.owner, byActions: false, payload },
    subject: { kind: 'schedule' as const, workflowPath },
  };
  // No App hears of the clock itself, only of the run.
  const [run] = await github.actions.start(event, payload);
  if (!run) throw unprocessable(`${workflowPath} is disabled`);
  return run;
}
