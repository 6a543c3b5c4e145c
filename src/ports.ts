// What the steps need of the outside: GitHub in the field's own words, a model that turns text into text, and the memory.
import type { Policy } from './config/policy.ts';
import type { CaseFile } from './incident/case-file.ts';
import type {
  Annotation,
  ArtifactSummary,
  CommentSummary,
  CommitSummary,
  Comparison,
  JobSummary,
  PullSummary,
  ReviewCommentSummary,
  ReviewSummary,
  RunSummary,
  TreeEntry,
} from './incident/github-facts.ts';
import type { Incident, Repository } from './incident/incident.ts';
import type { Ledger, MeteredModel, Model, Spending } from './ports/model.ts';
import type { PolicyEngine } from './ports/policy-engine.ts';

export type {
  Annotation,
  ArtifactSummary,
  CommentSummary,
  CommitSummary,
  Comparison,
  FileChange,
  JobSummary,
  PullSummary,
  ReviewCommentSummary,
  ReviewSummary,
  RunSummary,
  TreeEntry,
} from './incident/github-facts.ts';

export type {
  Answer,
  Inquiry,
  Ledger,
  MeteredModel,
  Model,
  Price,
  Question,
  QuestionKey,
  Reply,
  Settlement,
  Spending,
  Spent,
  Tried,
} from './ports/model.ts';

export type { PolicyEngine, PolicyQuestion } from './ports/policy-engine.ts';

/** A token is minted for one repository and these; GitHub's own permission names. */
export type Permissions = Partial<
  Record<'actions' | 'checks' | 'contents' | 'issues' | 'metadata' | 'pull_requests', 'read' | 'write'>
>;

export interface NewCommit {
  message: string;
  parentSha: string;
  /** Either the tree as it is, or files laid over a base tree. */
  tree: { sha: string } | { baseSha: string; files: NewFile[] };
}

/** Null text deletes the file. */
export interface NewFile {
  path: string;
  mode: '100644' | '100755';
  text: string | null;
}

export interface NewCheckRun {
  name: string;
  headSha: string;
  conclusion: 'success' | 'failure' | 'neutral';
  title: string;
  summary: string;
  detailsUrl?: string;
  externalId: string;
}

/** Where a comment of ours is: its address, or nowhere yet; left out, it is looked for by its marker. */
export type KnownComment = { url: string } | 'nowhere';

export interface RequestCount {
  /** Requests that count against GitHub's limit, every attempt of them; downloads from signed addresses do not. */
  sent: number;
  /** Answered `304 Not Modified`, which are free. */
  unchanged: number;
  /** Tokens that had to be minted. */
  mints: number;
  /** Tokens that are given back: one request each, with the token itself, not counted as sent. */
  revocations: number;
}

/** GitHub, limited to one repository and to the permissions of the step that holds it. */
export interface GitHub {
  jobs(runId: number, attempt: number): Promise<JobSummary[]>;
  /** The job's log as it comes, at most 4 GB of it. Undefined when it is gone (410) or never was (404). */
  jobLog(jobId: number, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** What the job's steps marked in files; the first hundred. */
  jobAnnotations(jobId: number): Promise<Annotation[]>;
  run(runId: number): Promise<RunSummary | undefined>;
  /** Newest first. */
  runsOf(
    workflowFile: string,
    query: { branch?: string; headSha?: string; createdAfter?: Date; event?: string; status?: 'success' | 'completed' },
  ): Promise<RunSummary[]>;
  commit(ref: string): Promise<CommitSummary | undefined>;
  /** Undefined where one of them is gone, or they have nothing in common. */
  compare(baseSha: string, headSha: string): Promise<Comparison | undefined>;
  /** Of a tree, commit or branch; `sha` is what GitHub calls it by: the commit, where one was asked for. */
  tree(ref: string): Promise<{ sha?: string; entries: TreeEntry[]; truncated: boolean }>;
  /** Text files at a commit; a path that is missing, binary or larger than `maxBytes` is left out. One request. */
  files(commitSha: string, paths: readonly string[], maxBytes: number): Promise<Map<string, string>>;
  /** The same of a tree or commit, and which commit it is, if it is one. */
  filesOf(
    sha: string,
    paths: readonly string[],
    maxBytes: number,
  ): Promise<{ texts: Map<string, string>; commit?: { sha: string; treeSha: string } }>;
  branchHead(branch: string): Promise<string | undefined>;
  /** Asked of GitHub, never taken from a payload. */
  permission(login: string): Promise<'admin' | 'write' | 'read' | 'none'>;
  /** The files of an artifact of a run, unpacked within `maxBytes`; undefined when there is none of that name. */
  artifact(runId: number, name: string, maxBytes: number): Promise<Map<string, string> | undefined>;
  /** The newest of each name; none when the run is gone. */
  artifacts(runId: number): Promise<ArtifactSummary[]>;
  /** Of an artifact's text files those that `wants` names; what is too large, by itself or with the others, is left out. */
  artifactFiles(
    artifactId: number,
    bounds: { maxBytes: number; wants: (path: string) => boolean },
  ): Promise<Map<string, string> | undefined>;
  pull(number: number): Promise<PullSummary | undefined>;
  pullOfBranch(branch: string): Promise<PullSummary | undefined>;
  /** Both oldest first. */
  reviews(pullNumber: number): Promise<{ reviews: ReviewSummary[]; comments: ReviewCommentSummary[] }>;
  issue(number: number): Promise<{ state: 'open' | 'closed'; labels: string[] } | undefined>;
  /** What was said or edited since then, oldest first. */
  comments(issueNumber: number, since: Date): Promise<CommentSummary[]>;

  rerunFailedJobs(runId: number): Promise<void>;
  createCommit(commit: NewCommit): Promise<{ sha: string; treeSha: string }>;
  /** Creates or moves. A branch that stands elsewhere than `expectedSha` was moved by somebody else: refused. `ours` moves it in any case. */
  setBranch(branch: string, sha: string, guard: { expectedSha: string } | 'ours'): Promise<void>;
  deleteBranch(branch: string): Promise<void>;
  setTag(tag: string, sha: string): Promise<void>;
  /** The run's id comes with the answer (`return_run_details`). */
  dispatch(
    workflowFile: string,
    branch: string,
    inputs: Record<string, string>,
  ): Promise<{ runId: number; url: string }>;
  /** With the check run on its head, in one request where that can be. */
  openPull(
    pull: { title: string; body: string; head: string; base: string; draft: boolean },
    check?: NewCheckRun,
  ): Promise<PullSummary>;
  updatePull(number: number, change: { title?: string; body?: string; state?: 'open' | 'closed' }): Promise<void>;
  addLabels(issueNumber: number, labels: string[]): Promise<void>;
  /** One comment per marker: written once, edited after that. */
  comment(issueNumber: number, marker: string, body: string, known?: KnownComment): Promise<string>;
  commitComment(sha: string, marker: string, body: string, known?: KnownComment): Promise<string>;
  /** In the thread that begins with this comment on the diff: one reply per marker. Undefined when the thread is gone. */
  replyToReview(
    thread: { pullNumber: number; commentId: number },
    marker: string,
    body: string,
    known?: 'nowhere',
  ): Promise<string | undefined>;
  checkRun(check: NewCheckRun): Promise<void>;

  /** What was asked through this telephone until now. */
  requests(): RequestCount;
  /** The step is over: nothing more is asked through this telephone, and its token is revoked, for which nobody waits. */
  hangUp(): void;
}

export interface Lesson {
  incidentId: string;
  repository: string;
  fingerprints: string[];
  outcome: string;
  rootCause: string;
  files: string[];
  closedAt: Date;
}

export interface Memory {
  /** Another open incident of this repository with one of these failures, if any. */
  openTwin(incident: Incident, failureFingerprints: readonly string[]): Promise<Incident | undefined>;
  /** Closed incidents with one of these failures, newest first. */
  earlier(
    repository: Repository,
    failureFingerprints: readonly string[],
    since: Date,
  ): Promise<{ id: string; stopReason: string; baseSha: string; closedAt: Date }[]>;
  /** Failures that were folded into this incident after `since`, as duplicates. */
  sightings(incidentId: string, since: Date): Promise<CaseFile[]>;
  /** What is known of this failure, or of this repository, best first. */
  lessons(repository: Repository, failureFingerprints: readonly string[], limit: number): Promise<Lesson[]>;
  remember(lesson: Lesson): Promise<void>;
}

/** Every desk has these. */
export interface Desk {
  now: Date;
  memory: Memory;
  policy: Policy;
  signal: AbortSignal;
  /** This step was begun before and never ended: what it creates may be there already, so look first. */
  resumed: boolean;
}

/** A desk with a telephone to GitHub. */
export interface GitHubDesk extends Desk {
  github: GitHub;
}

/** A desk with a telephone to the operator's policy engine, where there is one, and so to nobody else. */
export interface PolicyDesk extends Desk {
  policyEngine?: PolicyEngine | undefined;
}

/** A desk with a telephone to the model, and so, by construction, none to GitHub. */
export interface ModelDesk extends Desk {
  model: MeteredModel;
}

/** The whole outside, from which `advance` makes the desk that a step may have. */
export interface World {
  now(): Date;
  github(repository: Repository, permissions: Permissions): GitHub;
  model: Model;
  /** Absent where the operator has none. */
  policyEngine?: PolicyEngine | undefined;
  ledger: Ledger;
  spending: Spending;
  memory: Memory;
}
