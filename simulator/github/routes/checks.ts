// Endpoints of check runs, check suites and commit statuses.
import { z } from 'zod';
import type { App } from '../app.ts';
import { type Call, created, type Endpoints, ok } from '../call.ts';
import { type CheckRun, type CheckSuite, settleSuite } from '../check.ts';
import { ApiError, notFound, unprocessable } from '../errors.ts';
import { isSha, readCommit } from '../git/commits.ts';
import { listRefs } from '../git/refs.ts';
import { listed, listedUnder } from '../pagination.ts';
import { annotationShape, checkRunPayload, checkRunShape, suiteWithRepository } from '../shapes/check.ts';
import { repositoryHtmlUrl } from '../shapes/repository.ts';
import { commitAt } from './commits.ts';

const r = '/repos/{owner}/{repo}';

/** GitHub's limit for one request. */
const mostAnnotations = 50;
/** GitHub's limit for `summary` and `text`. */
const longestText = 65_535;

const Annotation = z.object({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().optional(),
  end_column: z.int().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});
const Output = z.object({
  title: z.string().optional(),
  summary: z.string().max(longestText),
  text: z.string().max(longestText).optional(),
  annotations: z.array(Annotation).max(mostAnnotations).default([]),
});
const conclusions = ['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'] as const;
const Changes = z.object({
  name: z.string().optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  started_at: z.string().optional(),
  conclusion: z.enum(conclusions).optional(),
  completed_at: z.string().optional(),
  output: Output.optional(),
});
const NewCheckRun = Changes.extend({ name: z.string(), head_sha: z.string() });

function callingApp(call: Call): App {
  return call.byActions ? call.github.actionsApp : call.github.app;
}

async function obtainSuite(call: Call, app: App, sha: string): Promise<CheckSuite> {
  const known = call.repository.checkSuites.find((suite) => suite.app === app && suite.headSha === sha);
  if (known) return known;
  const branches = await listRefs(call.repository.gitDirectory, 'refs/heads');
  const headBranch = branches.find((ref) => ref.sha === sha)?.name.replace('refs/heads/', '') ?? null;
  const at = call.github.now();
  const about = { id: call.github.nextId(), app, headBranch, headSha: sha, before: null };
  const suite: CheckSuite = { ...about, status: 'queued', conclusion: null, createdAt: at, updatedAt: at };
  call.repository.checkSuites.push(suite);
  return suite;
}

function apply(call: Call, run: CheckRun, given: z.infer<typeof Changes>): void {
  const at = call.github.now();
  run.name = given.name ?? run.name;
  run.detailsUrl = given.details_url ?? run.detailsUrl;
  run.externalId = given.external_id ?? run.externalId;
  run.startedAt = given.started_at ?? run.startedAt;
  // A conclusion completes the run, whatever status is given.
  run.status = given.conclusion || given.completed_at ? 'completed' : (given.status ?? run.status);
  if (run.status === 'completed') {
    run.conclusion = given.conclusion ?? run.conclusion;
    run.completedAt = given.completed_at ?? run.completedAt ?? at;
  } else {
    run.conclusion = null;
    run.completedAt = null;
  }
  if (given.output) applyOutput(run, given.output);
  settleSuite(run.suite, call.repository.checkRuns, at);
}

/** Annotations add up over the requests. */
function applyOutput(run: CheckRun, output: z.infer<typeof Output>): void {
  run.output = {
    title: output.title ?? run.output.title,
    summary: output.summary,
    text: output.text ?? run.output.text,
  };
  for (const one of output.annotations) {
    run.annotations.push({
      path: one.path,
      startLine: one.start_line,
      endLine: one.end_line,
      startColumn: one.start_column ?? null,
      endColumn: one.end_column ?? null,
      level: one.annotation_level,
      message: one.message,
      title: one.title ?? null,
      rawDetails: one.raw_details ?? null,
    });
  }
}

function publish(call: Call, run: CheckRun, action: string): void {
  const { github, repository, actor: sender, byActions } = call;
  const payload = { check_run: checkRunPayload(github, repository, run) };
  github.publish({ name: 'check_run', action, repository, sender, byActions, payload });
}

const shaped = (call: Call, run: CheckRun) => checkRunShape(call.github, call.repository, run);

async function create(call: Call) {
  const { github, repository } = call;
  const body = call.body(NewCheckRun);
  if (body.status === 'completed' && !body.conclusion)
    throw unprocessable('Invalid request.\n\n"conclusion" wasn\'t supplied.');
  const commit = isSha(body.head_sha) ? await readCommit(repository.objects, body.head_sha) : null;
  if (!commit) throw unprocessable(`No commit found for SHA: ${body.head_sha}`);
  const id = github.nextId();
  const htmlUrl = `${repositoryHtmlUrl(github, repository)}/runs/${id}`;
  const run: CheckRun = {
    ...{ id, suite: await obtainSuite(call, callingApp(call), commit.sha), name: body.name, headSha: commit.sha },
    ...{ externalId: '', detailsUrl: htmlUrl, htmlUrl, status: 'queued', conclusion: null, startedAt: github.now() },
    ...{ completedAt: null, output: { title: null, summary: null, text: null }, annotations: [] },
  };
  repository.checkRuns.push(run);
  apply(call, run, body);
  publish(call, run, run.status === 'completed' ? 'completed' : 'created');
  return created(shaped(call, run));
}

function find(call: Call): CheckRun {
  const run = call.repository.checkRuns.find((one) => one.id === call.number('check_run_id'));
  if (!run) throw notFound();
  return run;
}

function update(call: Call) {
  const run = find(call);
  if (run.suite.app !== callingApp(call))
    throw new ApiError(
      403,
      'Invalid app_id `' +
        callingApp(call).id +
        '` - check run can only be modified by the GitHub App that created it.',
    );
  const before = run.status;
  apply(call, run, call.body(Changes));
  if (before !== 'completed' && run.status === 'completed') publish(call, run, 'completed');
  return ok(shaped(call, run));
}

function matching(call: Call, runs: readonly CheckRun[]): CheckRun[] {
  const [name, status, app] = ['check_name', 'status', 'app_id'].map((key) => call.query(key));
  const wanted = runs.filter(
    (run) =>
      (!name || run.name === name) && (!status || run.status === status) && (!app || run.suite.app.id === Number(app)),
  );
  if (call.query('filter') === 'all') return wanted;
  // `latest`: of runs with the same name in the same suite the newest.
  return wanted.filter(
    (run) => !wanted.some((other) => other.id > run.id && other.name === run.name && other.suite === run.suite),
  );
}

const listRuns = (call: Call, runs: readonly CheckRun[]) =>
  listedUnder(call, 'check_runs', matching(call, runs), (run) => shaped(call, run));

function findSuite(call: Call): CheckSuite {
  const suite = call.repository.checkSuites.find((one) => one.id === call.number('check_suite_id'));
  if (!suite) throw notFound();
  return suite;
}

export const checkEndpoints: Endpoints = {
  [`POST ${r}/check-runs`]: create,
  [`GET ${r}/check-runs/{check_run_id}`]: (call) => ok(shaped(call, find(call))),
  [`PATCH ${r}/check-runs/{check_run_id}`]: update,
  [`GET ${r}/check-runs/{check_run_id}/annotations`]: (call) => {
    const run = find(call);
    return listed(call, run.annotations, (one) => annotationShape(call.github, call.repository, run, one));
  },
  [`GET ${r}/check-suites/{check_suite_id}`]: async (call) =>
    ok(await suiteWithRepository(call.github, call.repository, findSuite(call))),
  [`GET ${r}/check-suites/{check_suite_id}/check-runs`]: (call) => {
    const suite = findSuite(call);
    return listRuns(
      call,
      call.repository.checkRuns.filter((run) => run.suite === suite),
    );
  },
  [`GET ${r}/commits/{ref}/check-runs`]: async (call) => {
    const { sha } = await commitAt(call, call.param('ref'));
    return await listRuns(
      call,
      call.repository.checkRuns.filter((run) => run.headSha === sha),
    );
  },
  [`GET ${r}/commits/{ref}/check-suites`]: async (call) => {
    const { github, repository } = call;
    const { sha } = await commitAt(call, call.param('ref'));
    const suites = repository.checkSuites.filter((suite) => suite.headSha === sha);
    return await listedUnder(call, 'check_suites', suites, (suite) => suiteWithRepository(github, repository, suite));
  },
};
