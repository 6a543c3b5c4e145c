// Events, re-runs and cancellations → workflow runs, a few at a time, each run for real.
import { join } from 'node:path';
import type { Conclusion, JobRecord, WorkflowSource } from '../runner/contract.ts';
import { startRun } from '../runner/run.ts';
import { isTriggered } from '../runner/triggers.ts';
import { parseWorkflow } from '../runner/workflow.ts';
import type { Account } from './accounts.ts';
import type { Level, Permissions } from './app.ts';
import { concurrencyOf } from './concurrency.ts';
import type { GitHubEvent } from './events.ts';
import { readCommit } from './git/commits.ts';
import type { GitHub } from './github.ts';
import type { Repository } from './repository.ts';
import { planContexts, planRuns, type RunPlan, runTitle } from './run-plan.ts';
import { RunProgress } from './run-progress.ts';
import { RunQueue, type Waiting } from './run-queue.ts';
import type { Json } from './shapes/account.ts';
import { skipsWorkflows } from './skip-ci.ts';
import { obtainWorkflow, workflowFiles } from './workflow-files.ts';
import { currentAttempt, type Job, type Run } from './workflow-run.ts';

/** A job's token is good for as long as a job may take at most: 6 hours. */
const jobTokenLifetimeMs = 6 * 60 * 60 * 1000;

/** These start workflows even when a workflow's own token caused them. */
const alwaysStarting = new Set(['workflow_dispatch', 'repository_dispatch']);

interface Queued extends Waiting {
  keep: JobRecord[];
  progress: RunProgress;
}

export class Actions {
  readonly #github: GitHub;
  readonly #localActions: Record<string, string>;
  readonly #queue = new RunQueue<Queued>();
  #closed = false;

  constructor(github: GitHub, localActions: Record<string, string>) {
    this.#github = github;
    this.#localActions = localActions;
  }

  /** Starts what listens for the event, in the background. */
  hear(event: GitHubEvent, payload: Json): void {
    if (event.byActions && !alwaysStarting.has(event.name)) return;
    this.#github.activity.track(this.start(event, payload));
  }

  async start(event: GitHubEvent, payload: Json): Promise<Run[]> {
    const names = event.name === 'pull_request' ? ['pull_request', 'pull_request_target'] : [event.name];
    const runs = await Promise.all(names.map((name) => this.#startNamed(name, event, payload)));
    return runs.flat();
  }

  async #startNamed(name: string, event: GitHubEvent, payload: Json): Promise<Run[]> {
    const { repository } = event;
    const plan = await planRuns(name, event, payload);
    if (!plan) return [];
    const head = await readCommit(repository.objects, plan.headSha);
    if (head && skipsWorkflows(name, head.message)) return [];
    const runs: Run[] = [];
    for (const source of await workflowFiles(repository, plan.filesAt)) {
      if (plan.only !== undefined && source.path !== plan.only) continue;
      const run = await this.#begin(repository, source, plan, event.sender);
      if (run) runs.push(run);
    }
    return runs;
  }

  async #begin(repository: Repository, source: WorkflowSource, plan: RunPlan, actor: Account): Promise<Run | null> {
    const parsed = parseWorkflow(source);
    // GitHub shows a broken workflow file as a failed run of the push that brought it.
    if (parsed.ok ? !isTriggered(parsed.workflow, plan.trigger) : plan.trigger.name !== 'push') return null;
    if (obtainWorkflow(this.#github, repository, source).state !== 'active') return null;
    const name = parsed.ok ? parsed.workflow.name : source.path;
    const contexts = planContexts(repository, plan, name, actor.login);
    const run = this.#makeRun(repository, source, plan, actor, {
      name,
      title: await runTitle(repository, parsed.ok ? parsed.workflow : null, plan, contexts),
      concurrency: parsed.ok ? concurrencyOf(parsed.workflow, contexts) : null,
    });
    const progress = new RunProgress(this.#github, repository, run);
    progress.tellRun('requested');
    if (parsed.ok) this.#enqueue({ repository, run, keep: [], progress });
    else this.#complete(progress, 'failure');
    return run;
  }

  #makeRun(
    repository: Repository,
    source: WorkflowSource,
    plan: RunPlan,
    actor: Account,
    shown: Pick<Run, 'name' | 'title' | 'concurrency'>,
  ): Run {
    const github = this.#github;
    const at = github.now();
    const { headBranch, headSha, pullNumbers, inputs, trigger } = plan;
    const workflow = obtainWorkflow(github, repository, source);
    workflow.runCount += 1;
    const suite = {
      id: github.nextId(),
      app: github.actionsApp,
      headBranch,
      headSha,
      before: null,
      status: 'queued' as const,
      conclusion: null,
      createdAt: at,
      updatedAt: at,
    };
    repository.checkSuites.push(suite);
    const first = { number: 1, jobs: new Map(), status: 'queued' as const, conclusion: null };
    const run: Run = {
      ...{ id: github.nextId(), number: workflow.runCount, workflow, source, ...shown, trigger, inputs },
      ...{ headBranch, headSha, pullNumbers, actor, createdAt: at, suite, handle: null, cancelled: false },
      attempts: [{ ...first, startedAt: at, updatedAt: at, triggeredBy: actor }],
    };
    repository.runs.unshift(run);
    return run;
  }

  /** A new attempt; `keep` are the jobs that stay as they were. */
  rerun(repository: Repository, run: Run, triggeredBy: Account, keep: readonly Job[]): void {
    const at = this.#github.now();
    const number = currentAttempt(run).number + 1;
    const jobs = new Map(keep.map((job) => [job.record.id, job]));
    run.attempts.push({ number, jobs, status: 'queued', conclusion: null, startedAt: at, updatedAt: at, triggeredBy });
    run.cancelled = false;
    run.suite.status = 'queued';
    run.suite.conclusion = null;
    const progress = new RunProgress(this.#github, repository, run);
    this.#enqueue({ repository, run, keep: keep.map((job) => job.record), progress });
  }

  cancel(run: Run): void {
    run.cancelled = true;
    const waiting = this.#queue.withdraw(run);
    if (waiting) this.#complete(waiting.progress, 'cancelled');
    else run.handle?.cancel();
  }

  close(): void {
    this.#closed = true;
    for (const { run } of this.#queue.close()) run.handle?.cancel();
  }

  #enqueue(queued: Queued): void {
    const { replaced, toCancel } = this.#queue.add(queued);
    for (const { progress } of replaced) this.#complete(progress, 'cancelled');
    for (const { run } of toCancel) this.cancel(run);
    this.#drain();
  }

  #drain(): void {
    for (let next = this.#take(); next; next = this.#take()) {
      const started = next;
      const work = this.#execute(started).finally(() => {
        this.#queue.finished(started);
        this.#drain();
      });
      this.#github.activity.track(work);
    }
  }

  #take(): Queued | null {
    return this.#closed ? null : this.#queue.take();
  }

  async #execute({ repository, run, keep, progress }: Queued): Promise<void> {
    const attempt = currentAttempt(run);
    progress.setStatus('in_progress', null);
    progress.tellRun('in_progress');
    const { url, apiUrl } = this.#github;
    run.handle = startRun({
      workflow: run.source,
      repository: {
        owner: repository.owner.login,
        name: repository.name,
        gitDirectory: repository.gitDirectory,
        defaultBranch: repository.defaultBranch,
        id: repository.id,
        private: repository.private,
      },
      event: run.trigger,
      inputs: run.inputs,
      run: { id: run.id, number: run.number, attempt: attempt.number },
      actor: run.actor.login,
      secrets: repository.secrets,
      variables: Object.fromEntries([...repository.variables].map(([name, { value }]) => [name, value])),
      mintToken: (permissions) => Promise.resolve(this.#mintJobToken(repository, permissions)),
      urls: { server: url, api: apiUrl, graphql: `${url}/api/graphql` },
      localActions: this.#localActions,
      workDirectory: join(this.#github.dataDirectory, 'runs', String(run.id)),
      keep,
      nextJobId: () => this.#github.nextId(),
      onJob: (job) => progress.job(job),
      onArtifact: (artifact) => progress.artifact(artifact),
    });
    if (run.cancelled) run.handle.cancel();
    const conclusion = await run.handle.done;
    run.handle = null;
    this.#complete(progress, conclusion);
    await progress.told;
  }

  #complete(progress: RunProgress, conclusion: Conclusion): void {
    progress.setStatus('completed', conclusion);
    progress.tellRun('completed');
  }

  #mintJobToken(repository: Repository, declared: Record<string, string>): string {
    const given = Object.entries(declared).flatMap(([name, level]): [string, Level][] =>
      level === 'read' || level === 'write' ? [[name.replaceAll('-', '_'), level]] : [],
    );
    const permissions: Permissions = { metadata: 'read', ...Object.fromEntries(given) };
    const account = this.#github.accounts.actionsBot;
    const caller = { kind: 'actions' as const, account, permissions, repositoryId: repository.id };
    return this.#github.tokens.issue('ghs', jobTokenLifetimeMs, () => caller).value;
  }
}
