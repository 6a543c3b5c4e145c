// Workflows, runs, jobs and artifacts → GitHub's JSON.
import { readCommit } from '../git/commits.ts';
import type { GitHub } from '../github.ts';
import { isPull } from '../issue.ts';
import type { Repository } from '../repository.ts';
import { type Artifact, type Attempt, currentAttempt, type Job, type Run, type Workflow } from '../workflow-run.ts';
import { type Json, nodeId, simpleUser } from './account.ts';
import { webhookCommit } from './commit.ts';
import { pullReference } from './pull.ts';
import { minimalRepository, repositoryHtmlUrl, repositoryUrl } from './repository.ts';

export function workflowShape(github: GitHub, repository: Repository, workflow: Workflow): Json {
  const html = repositoryHtmlUrl(github, repository);
  const file = workflow.path.split('/').at(-1);
  return {
    id: workflow.id,
    node_id: nodeId('W', workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: workflow.createdAt,
    updated_at: workflow.updatedAt,
    url: `${repositoryUrl(github, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${html}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${html}/actions/workflows/${file}/badge.svg`,
  };
}

function runLinks(github: GitHub, repository: Repository, run: Run, attempt: Attempt): Json {
  const api = repositoryUrl(github, repository);
  const url = `${api}/actions/runs/${run.id}`;
  return {
    url,
    html_url: `${repositoryHtmlUrl(github, repository)}/actions/runs/${run.id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: attempt.number > 1 ? `${url}/attempts/${attempt.number - 1}` : null,
    workflow_url: `${api}/actions/workflows/${run.workflow.id}`,
  };
}

export async function runShape(
  github: GitHub,
  repository: Repository,
  run: Run,
  attempt: Attempt = currentAttempt(run),
): Promise<Json> {
  const reading = readCommit(repository.objects, run.headSha);
  const pulls = run.pullNumbers.flatMap((number) => repository.issues.get(number) ?? []).filter(isPull);
  const brief = minimalRepository(github, repository);
  // Taken before anything is awaited: an event tells of the moment in which it happened.
  const shape = {
    id: run.id,
    name: run.name,
    node_id: nodeId('WFR', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow.path,
    display_title: run.title,
    run_number: run.number,
    event: run.trigger.name,
    status: attempt.status,
    conclusion: attempt.conclusion,
    workflow_id: run.workflow.id,
    check_suite_id: run.suite.id,
    check_suite_node_id: nodeId('CS', run.suite.id),
    pull_requests: pulls.map((pull) => pullReference(github, repository, pull)),
    created_at: run.createdAt,
    updated_at: attempt.updatedAt,
    actor: simpleUser(github, run.actor),
    run_attempt: attempt.number,
    referenced_workflows: [],
    run_started_at: attempt.startedAt,
    triggering_actor: simpleUser(github, attempt.triggeredBy),
    ...runLinks(github, repository, run, attempt),
    repository: brief,
    head_repository: brief,
  };
  const commit = await reading;
  return { ...shape, head_commit: commit ? webhookCommit(commit) : null };
}

export function jobShape(github: GitHub, repository: Repository, run: Run, job: Job): Json {
  const api = repositoryUrl(github, repository);
  const { record } = job;
  return {
    id: record.id,
    run_id: run.id,
    workflow_name: run.name,
    head_branch: run.headBranch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId('CR', record.id),
    head_sha: run.headSha,
    url: `${api}/actions/jobs/${record.id}`,
    html_url: `${repositoryHtmlUrl(github, repository)}/actions/runs/${run.id}/job/${record.id}`,
    status: record.status,
    conclusion: record.conclusion,
    created_at: job.createdAt,
    started_at: record.startedAt ?? job.createdAt,
    completed_at: record.completedAt,
    name: record.name,
    steps: record.steps.map((step) => ({
      name: step.name,
      status: step.status,
      conclusion: step.conclusion,
      number: step.number,
      started_at: step.startedAt,
      completed_at: step.completedAt,
    })),
    check_run_url: `${api}/check-runs/${job.checkRun.id}`,
    labels: record.labels,
    runner_id: record.startedAt ? 1 : null,
    runner_name: record.startedAt ? 'GitHub Actions 1' : null,
    runner_group_id: record.startedAt ? 0 : null,
    runner_group_name: record.startedAt ? 'GitHub Actions' : null,
  };
}

export function artifactShape(github: GitHub, repository: Repository, artifact: Artifact): Json {
  const url = `${repositoryUrl(github, repository)}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: nodeId('MDg', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.sizeBytes,
    url,
    archive_download_url: `${url}/zip`,
    expired: Date.parse(artifact.expiresAt) <= github.clock.nowMs(),
    digest: artifact.digest,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: {
      id: artifact.run.id,
      repository_id: repository.id,
      head_repository_id: repository.id,
      head_branch: artifact.run.headBranch,
      head_sha: artifact.run.headSha,
    },
  };
}
