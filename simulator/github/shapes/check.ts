// Check suites, check runs and statuses → GitHub's JSON.
import type { Annotation, CheckRun, CheckSuite, CommitStatus } from '../check.ts';
import { readCommit } from '../git/commits.ts';
import type { GitHub } from '../github.ts';
import { isPull, type PullIssue } from '../issue.ts';
import type { Repository } from '../repository.ts';
import { appShape, type Json, nodeId, simpleUser } from './account.ts';
import { webhookCommit } from './commit.ts';
import { pullReference } from './pull.ts';
import { minimalRepository, repositoryHtmlUrl, repositoryUrl } from './repository.ts';

/** Open pull requests whose head is this commit. */
const pullsAt = (repository: Repository, sha: string): PullIssue[] =>
  [...repository.issues.values()]
    .filter(isPull)
    .filter((issue) => issue.state === 'open' && issue.pull.headSha === sha);

const suiteUrl = (github: GitHub, repository: Repository, suite: CheckSuite): string =>
  `${repositoryUrl(github, repository)}/check-suites/${suite.id}`;

function simpleSuite(github: GitHub, repository: Repository, suite: CheckSuite): Json {
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion,
    url: suiteUrl(github, repository, suite),
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullsAt(repository, suite.headSha).map((pull) => pullReference(github, repository, pull)),
    app: appShape(github, suite.app),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
  };
}

export async function suiteShape(github: GitHub, repository: Repository, suite: CheckSuite): Promise<Json> {
  const reading = readCommit(repository.objects, suite.headSha);
  // Taken before anything is awaited: an event tells of the moment in which it happened.
  const shape = {
    ...simpleSuite(github, repository, suite),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: repository.checkRuns.filter((run) => run.suite === suite).length,
    check_runs_url: `${suiteUrl(github, repository, suite)}/check-runs`,
  };
  const commit = await reading;
  return { ...shape, head_commit: commit ? webhookCommit(commit) : null };
}

export const suiteWithRepository = async (
  github: GitHub,
  repository: Repository,
  suite: CheckSuite,
): Promise<Json> => ({
  ...(await suiteShape(github, repository, suite)),
  repository: minimalRepository(github, repository),
});

export function checkRunShape(github: GitHub, repository: Repository, run: CheckRun): Json {
  const url = `${repositoryUrl(github, repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: run.htmlUrl,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suite.id },
    app: appShape(github, run.suite.app),
    pull_requests: pullsAt(repository, run.headSha).map((pull) => pullReference(github, repository, pull)),
  };
}

/** Webhooks say more of the suite than its id. */
export const checkRunPayload = (github: GitHub, repository: Repository, run: CheckRun): Json => ({
  ...checkRunShape(github, repository, run),
  check_suite: simpleSuite(github, repository, run.suite),
});

export function annotationShape(github: GitHub, repository: Repository, run: CheckRun, annotation: Annotation): Json {
  return {
    path: annotation.path,
    blob_href: `${repositoryHtmlUrl(github, repository)}/blob/${run.headSha}/${annotation.path}`,
    start_line: annotation.startLine,
    start_column: annotation.startColumn,
    end_line: annotation.endLine,
    end_column: annotation.endColumn,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
    raw_details: annotation.rawDetails,
  };
}

export function simpleStatus(github: GitHub, repository: Repository, status: CommitStatus): Json {
  return {
    url: `${repositoryUrl(github, repository)}/statuses/${status.sha}`,
    avatar_url: `${github.url}/avatars/u/${status.creator.id}?v=4`,
    id: status.id,
    node_id: nodeId('SC', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

export const statusShape = (github: GitHub, repository: Repository, status: CommitStatus): Json => ({
  ...simpleStatus(github, repository, status),
  creator: simpleUser(github, status.creator),
});
