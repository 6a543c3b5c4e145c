// What the simulated GitHub hands to the Actions runner, and what the runner tells back.

/** One workflow file at one commit. */
export interface WorkflowSource {
  /** For instance `.github/workflows/ci.yml`. */
  path: string;
  text: string;
}

/** What happened in a repository, as far as `on:` can ask about it. */
export interface TriggerEvent {
  name: string;
  /** The webhook's `action`, for events that have activity types (`opened`, `synchronize`…). */
  action?: string;
  /** `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/merge`. */
  ref: string;
  sha: string;
  /** For `push` and `pull_request`: the branch that filters apply to (a pull request's base branch). */
  branch?: string;
  tag?: string;
  /** Paths that the push or pull request changes, for `paths` filters. */
  changedPaths: string[];
  /** What `${{ github.event }}` is, and what `GITHUB_EVENT_PATH` holds. */
  payload: Record<string, unknown>;
}

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'neutral' | 'startup_failure';

export interface StepRecord {
  number: number;
  name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
  startedAt: string | null;
  completedAt: string | null;
}

export interface JobAnnotation {
  path: string;
  startLine: number;
  endLine: number;
  level: 'notice' | 'warning' | 'failure';
  title?: string;
  message: string;
}

/** A job of a run attempt, as it stands; told anew at each change. */
export interface JobRecord {
  id: number;
  /** The key in `jobs:`. */
  key: string;
  /** The shown name: `name:` evaluated, or the key with matrix values, as GitHub writes it. */
  name: string;
  labels: string[];
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: Conclusion | null;
  startedAt: string | null;
  completedAt: string | null;
  steps: StepRecord[];
  annotations: JobAnnotation[];
  /** File with the whole job's log in GitHub's format; complete once the job is, never there for a job that did not start. */
  logFile: string;
  /** One file a step, `<number>_<name>.txt` in the run's zip. */
  stepLogFiles: { number: number; name: string; file: string }[];
  /** For re-runs: what jobs that are not run again gave. */
  outputs: Record<string, string>;
  /** What the steps wrote to GITHUB_STEP_SUMMARY, Markdown. */
  summary?: string;
}

export interface ArtifactRecord {
  /** From `nextJobId`; also the step's output `artifact-id`. */
  id: number;
  name: string;
  /** The artifact's zip on disk. */
  file: string;
  sizeBytes: number;
  digest: string;
}

export interface RunRequest {
  workflow: WorkflowSource;
  repository: {
    owner: string;
    name: string;
    /** The bare repository on disk. */
    gitDirectory: string;
    defaultBranch: string;
    id: number;
    private: boolean;
  };
  event: TriggerEvent;
  /** For workflow_dispatch: values as given; defaults are the runner's business. */
  inputs: Record<string, string>;
  run: { id: number; number: number; attempt: number };
  actor: string;
  secrets: Record<string, string>;
  variables: Record<string, string>;
  /** GITHUB_TOKEN for a job, minted by the simulator for exactly the permissions its workflow declares, in the API's names (`pull_requests`). */
  mintToken(permissions: Record<string, string>): Promise<string>;
  urls: { server: string; api: string; graphql: string };
  /** `owner/name` or `owner/name/path` (without @ref) → folder with an action.yml that stands for it. */
  localActions: Record<string, string>;
  /**
   * Where checkouts, temp folders and logs of this run may go; the runner cleans up all but logs and artifacts.
   * Jobs of a later attempt find the artifacts of earlier ones where all attempts have the same folder.
   */
  workDirectory: string;
  /** For a re-run of failed jobs: the other jobs' records, kept as they were. */
  keep: JobRecord[];
  nextJobId(): number;
  onJob(job: JobRecord): void;
  onArtifact(artifact: ArtifactRecord): void;
}

export interface RunHandle {
  done: Promise<Conclusion>;
  cancel(): void;
}
