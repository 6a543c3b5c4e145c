// What the runner tells of a run → the run's jobs, its check runs and the events that people and Apps hear.
import type { ArtifactRecord, Conclusion, JobRecord } from '../runner/contract.ts';
import { type CheckRun, settleSuite } from './check.ts';
import type { GitHub } from './github.ts';
import type { Repository } from './repository.ts';
import type { Json } from './shapes/account.ts';
import { checkRunPayload, suiteShape } from './shapes/check.ts';
import { repositoryHtmlUrl } from './shapes/repository.ts';
import { jobShape, runShape, workflowShape } from './shapes/run.ts';
import { type Attempt, currentAttempt, type Job, type Run, type RunStatus } from './workflow-run.ts';

/** GitHub keeps artifacts for 90 days when nothing else is said. */
const artifactLifetimeMs = 90 * 24 * 60 * 60 * 1000;

export class RunProgress {
  readonly #github: GitHub;
  readonly #repository: Repository;
  readonly #run: Run;
  readonly #attempt: Attempt;
  /** Events of one run are told in the order in which they happened. */
  #telling: Promise<void> = Promise.resolve();

  constructor(github: GitHub, repository: Repository, run: Run) {
    this.#github = github;
    this.#repository = repository;
    this.#run = run;
    this.#attempt = currentAttempt(run);
  }

  /** Everything told so far has gone out. */
  get told(): Promise<void> {
    return this.#telling;
  }

  setStatus(status: RunStatus, conclusion: Conclusion | null): void {
    this.#attempt.status = status;
    this.#attempt.conclusion = conclusion;
    this.#attempt.updatedAt = this.#github.now();
    if (status !== 'completed') return;
    this.#run.suite.status = 'completed';
    this.#run.suite.conclusion = conclusion;
    this.#run.suite.updatedAt = this.#github.now();
    this.#tell('check_suite', 'completed', async () => ({
      check_suite: await suiteShape(this.#github, this.#repository, this.#run.suite),
    }));
  }

  /** `requested`, `in_progress`, `completed`. */
  tellRun(action: string): void {
    this.#tell('workflow_run', action, async () => ({
      workflow_run: await runShape(this.#github, this.#repository, this.#run, this.#attempt),
      workflow: workflowShape(this.#github, this.#repository, this.#run.workflow),
    }));
  }

  job(record: JobRecord): void {
    const known = this.#attempt.jobs.get(record.id);
    const before = known?.record.status ?? null;
    const job = known ?? this.#addJob(record);
    // The runner goes on changing its own record; what is told and kept is this moment's.
    job.record = structuredClone(record);
    this.#updateCheckRun(job);
    this.#attempt.updatedAt = this.#github.now();
    if (before !== record.status) {
      this.#tell('workflow_job', record.status, async () => ({
        workflow_job: jobShape(this.#github, this.#repository, this.#run, job),
      }));
      if (before === null || record.status === 'completed')
        this.#tellCheckRun(job, before === null ? 'created' : 'completed');
    }
    this.#github.activity.changed();
  }

  artifact(record: ArtifactRecord): void {
    const { id, name, file, sizeBytes, digest } = record;
    this.#repository.artifacts.push({
      id,
      run: this.#run,
      name,
      file,
      sizeBytes,
      digest,
      createdAt: this.#github.now(),
      expiresAt: this.#github.clock.timestamp(this.#github.clock.nowMs() + artifactLifetimeMs),
    });
  }

  #addJob(record: JobRecord): Job {
    const at = this.#github.now();
    const url = `${repositoryHtmlUrl(this.#github, this.#repository)}/actions/runs/${this.#run.id}/job/${record.id}`;
    const checkRun: CheckRun = {
      // A job's check run has the job's id, as on GitHub.
      id: record.id,
      suite: this.#run.suite,
      name: record.name,
      headSha: this.#run.headSha,
      externalId: `${this.#run.id}-${record.key}`,
      detailsUrl: url,
      htmlUrl: url,
      status: 'queued',
      conclusion: null,
      startedAt: at,
      completedAt: null,
      output: { title: null, summary: null, text: null },
      annotations: [],
    };
    this.#repository.checkRuns.push(checkRun);
    const job: Job = { record, attempt: this.#attempt.number, checkRun, createdAt: at };
    this.#attempt.jobs.set(record.id, job);
    return job;
  }

  #updateCheckRun({ record, checkRun }: Job): void {
    checkRun.name = record.name;
    checkRun.status = record.status;
    checkRun.conclusion = record.conclusion;
    checkRun.startedAt = record.startedAt ?? checkRun.startedAt;
    checkRun.completedAt = record.completedAt;
    checkRun.annotations = record.annotations.map((annotation) => ({
      ...annotation,
      title: annotation.title ?? null,
      startColumn: null,
      endColumn: null,
      rawDetails: null,
    }));
    settleSuite(this.#run.suite, this.#repository.checkRuns, this.#github.now());
  }

  #tellCheckRun(job: Job, action: string): void {
    this.#tell('check_run', action, async () => ({
      check_run: checkRunPayload(this.#github, this.#repository, job.checkRun),
    }));
  }

  #tell(name: string, action: string, makePayload: () => Promise<Json>): void {
    // The payload is made now, while the state is what the event says; only its sending waits its turn.
    const payload = makePayload();
    // Unless the queue below awaits it first, a failure would count as unhandled.
    payload.catch(() => undefined);
    this.#telling = this.#telling.then(async () => {
      this.#github.publish({
        name,
        action,
        repository: this.#repository,
        sender: this.#attempt.triggeredBy,
        payload: await payload,
        // Of what Actions itself tells only `workflow_run` starts workflows.
        byActions: name !== 'workflow_run',
      });
    });
    this.#github.activity.track(this.#telling);
  }
}
