// An event → what its workflow runs are about: which commit holds their files, what they run on, how they are shown.
import type { TriggerEvent } from '../runner/contract.ts';
import { interpolate } from '../runner/expressions.ts';
import type { Workflow as ParsedWorkflow } from '../runner/workflow.ts';
import type { GitHubEvent } from './events.ts';
import { readCommit } from './git/commits.ts';
import { changedPaths } from './git/diffs.ts';
import { pullBase } from './git/merge.ts';
import { absent, branchOf, tagOf } from './git/refs.ts';
import type { PullIssue } from './issue.ts';
import type { Repository } from './repository.ts';
import type { Json } from './shapes/account.ts';

export interface RunPlan {
  trigger: TriggerEvent;
  /** The commit whose workflow files count. */
  filesAt: string;
  /** What `run.head_sha` and `run.head_branch` show. */
  headSha: string;
  headBranch: string | null;
  pullNumbers: number[];
  /** Only this workflow (workflow_dispatch, schedule). */
  only?: string;
  inputs: Record<string, string>;
}

const nothing = { pullNumbers: [], inputs: {} };

async function headOf(repository: Repository, ref: string): Promise<string | null> {
  return (await repository.objects.read(`${ref}^{commit}`))?.sha ?? null;
}

async function planForPull(
  name: string,
  action: string | undefined,
  repository: Repository,
  issue: PullIssue,
  payload: Json,
): Promise<RunPlan> {
  const { pull } = issue;
  const directory = repository.gitDirectory;
  const base = await pullBase(directory, pull);
  const onTarget = name === 'pull_request_target';
  // Without a test merge (conflicts) GitHub starts no `pull_request` workflow; reviews run on it too.
  const sha = onTarget ? pull.baseSha : pull.mergeCommitSha;
  const trigger: TriggerEvent = {
    name,
    ref: onTarget ? `refs/heads/${pull.baseRef}` : `refs/pull/${issue.number}/merge`,
    sha: sha ?? '',
    branch: pull.baseRef,
    changedPaths: await changedPaths(directory, base, pull.headSha),
    payload,
    ...(action === undefined ? {} : { action }),
  };
  return {
    trigger,
    filesAt: sha ?? '',
    headSha: pull.headSha,
    headBranch: pull.headRef,
    pullNumbers: [issue.number],
    inputs: {},
  };
}

/** Null when the event is not one that workflows can run on (a deleted branch, a pull request with conflicts). */
export async function planRuns(name: string, event: GitHubEvent, payload: Json): Promise<RunPlan | null> {
  const { repository, subject } = event;
  const action = event.action === undefined ? {} : { action: event.action };
  if (subject?.kind === 'pull') {
    const plan = await planForPull(name, event.action, repository, subject.pull, payload);
    return plan.filesAt === '' ? null : plan;
  }
  if (subject?.kind === 'push') {
    if (subject.after === absent) return null;
    const { ref, after: sha } = subject;
    const tag = tagOf(ref);
    const branch = branchOf(ref);
    const where = { ...(tag === undefined ? {} : { tag }), ...(branch === undefined ? {} : { branch }) };
    const commit = await headOf(repository, sha);
    if (commit === null) return null;
    const trigger = { name, ref, sha: commit, ...where, changedPaths: subject.changedPaths, payload };
    return { trigger, filesAt: commit, headSha: commit, headBranch: branch ?? tag ?? null, ...nothing };
  }
  const ref = subject?.kind === 'dispatch' || subject?.kind === 'ref' ? subject.ref : repository.defaultRef;
  const sha = await headOf(repository, ref);
  if (sha === null) return null;
  const plan: RunPlan = {
    trigger: { name, ...action, ref, sha, changedPaths: [], payload },
    filesAt: sha,
    headSha: sha,
    headBranch: branchOf(ref) ?? tagOf(ref) ?? null,
    ...nothing,
  };
  if (subject?.kind === 'dispatch') return { ...plan, only: subject.workflowPath, inputs: subject.inputs };
  return subject?.kind === 'schedule' ? { ...plan, only: subject.workflowPath } : plan;
}

/** What `run-name:` and `concurrency:` may speak of. */
export function planContexts(
  repository: Repository,
  plan: RunPlan,
  workflow: string,
  actor: string,
): Record<string, unknown> {
  const { trigger, headBranch } = plan;
  const github = {
    ...{ event: trigger.payload, event_name: trigger.name, actor, workflow, repository: repository.fullName },
    ...{
      ref: trigger.ref,
      ref_name: headBranch,
      sha: trigger.sha,
      head_ref: plan.pullNumbers.length > 0 ? headBranch : '',
    },
  };
  const variables = Object.fromEntries([...repository.variables].map(([name, { value }]) => [name, value]));
  return { github, inputs: plan.inputs, vars: variables };
}

/** A run's title: `run-name:`, or what the event is about. */
export async function runTitle(
  repository: Repository,
  workflow: ParsedWorkflow | null,
  plan: RunPlan,
  contexts: Record<string, unknown>,
): Promise<string> {
  const template = workflow?.['run-name'];
  const title = template === undefined ? '' : interpolate(template, { contexts }).trim();
  if (title !== '') return title;
  const pull = repository.issues.get(plan.pullNumbers[0] ?? 0);
  if (pull) return pull.title;
  if (plan.trigger.name !== 'push' && workflow) return workflow.name;
  const commit = await readCommit(repository.objects, plan.headSha);
  return commit?.message.split('\n')[0] ?? '';
}
