// GitHub as the steps see it: what one repository tells, and what may be written to it.
import type { Label } from '../config/labels.ts';
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
} from '../incident/github-facts.ts';
import type { CommitMessage, Markdown, Title } from '../text/outbound.ts';
import type { AutoMerging } from './auto-merge.ts';
import type { RepositorySetup } from './setup.ts';

/** A token is minted for one repository and these; GitHub's own permission names. */
export type Permissions = Partial<
  Record<'actions' | 'checks' | 'contents' | 'issues' | 'metadata' | 'pull_requests', 'read' | 'write'>
>;

export interface NewCommit {
  message: CommitMessage;
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
  name: Title;
  headSha: string;
  conclusion: 'success' | 'failure' | 'neutral';
  title: Title;
  summary: Markdown;
  detailsUrl?: string;
  externalId: string;
}

export interface NewPull {
  title: Title;
  body: Markdown;
  head: string;
  base: string;
  draft: boolean;
}

/** Where a comment of ours is: its address, or nowhere yet; left out, it is looked for by its marker. */
export type KnownComment = { url: string } | 'nowhere';

/** What is no longer there is left out. */
export interface Standing {
  /** The commit that the branch is at. */
  head?: string;
  issue?: { state: 'open' | 'closed'; labels: string[] };
}

/** Without text it is no text, or too large to be had in one answer. */
export interface WholeFile {
  text?: string;
}

export interface FileVersion {
  /** The commit that made it so, or the oldest one that was looked at. */
  sha: string;
  isThere: boolean;
  /** Of a file that is there and can be read. */
  text?: string;
}

/** The repository `.github` of a repository's owner, where people keep what holds for all of his repositories. */
export type OwnersFiles = Pick<GitHub, 'file' | 'versions'>;

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
export interface GitHub extends AutoMerging, RepositorySetup {
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
  /** A file of a branch or commit, the default branch's without one; free while it is unchanged. Undefined where there is none. */
  file(path: string, ref?: string): Promise<WholeFile | undefined>;
  /** What the file was on the way to a commit, newest first, each first parent before the next: what was merged in counts from the merge. */
  versions(path: string, from: string, most: number): Promise<FileVersion[]>;
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
  /** How a branch and, where one is asked for, an issue stand at this moment. One request. */
  standing(branch: string, issueNumber?: number): Promise<Standing>;
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
  /** With the check run on its head, and its branch moved there first, in one request where that can be. A branch that somebody else has moved: refused, and nothing stays open. */
  openPull(pull: NewPull, check?: NewCheckRun, move?: { sha: string; expectedSha: string }): Promise<PullSummary>;
  updatePull(number: number, change: { title?: Title; body?: Markdown; state?: 'open' | 'closed' }): Promise<void>;
  addLabels(issueNumber: number, labels: Label[]): Promise<void>;
  /** One comment per marker: written once, edited after that. */
  comment(issueNumber: number, marker: string, body: Markdown, known?: KnownComment): Promise<string>;
  commitComment(sha: string, marker: string, body: Markdown, known?: KnownComment): Promise<string>;
  /** In the thread that begins with this comment on the diff: one reply per marker. Undefined when the thread is gone. */
  replyToReview(
    thread: { pullNumber: number; commentId: number },
    marker: string,
    body: Markdown,
    known?: 'nowhere',
  ): Promise<string | undefined>;
  checkRun(check: NewCheckRun): Promise<void>;

  /** What was asked through this telephone until now. */
  requests(): RequestCount;
  /** The step is over: nothing more is asked through this telephone, and its token is revoked, for which nobody waits. */
  hangUp(): void;
}
