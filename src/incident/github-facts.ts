// What GitHub tells of runs, jobs, commits and pull requests, in our own words.

export interface JobSummary {
  id: number;
  name: string;
  conclusion: string | null;
  url: string;
  startedAt?: Date;
  completedAt?: Date;
  steps: StepSummary[];
}

interface StepSummary {
  number: number;
  name: string;
  conclusion: string | null;
  startedAt?: Date;
  completedAt?: Date;
}

/** What a job said about a line of a file, or about nothing in particular (then GitHub's path is `.github`). */
export interface Annotation {
  path: string;
  startLine: number;
  endLine: number;
  level: 'notice' | 'warning' | 'failure';
  title: string;
  message: string;
}

export interface ArtifactSummary {
  id: number;
  name: string;
  sizeBytes: number;
  expired: boolean;
}

export interface RunSummary {
  id: number;
  attempt: number;
  status: string;
  conclusion: string | null;
  headSha: string;
  headBranch: string | null;
  workflowPath: string;
  /** `run-name` as shown: a sandbox run carries its incident and attempt in it. */
  title: string;
  createdAt: Date;
  url: string;
  /** When it ended, of one that did. */
  updatedAt?: Date;
  /** The workflow's. */
  name?: string;
  event?: string;
  /** False where its commit is of this repository for certain. */
  isOfFork?: boolean;
}

export interface CommitSummary {
  sha: string;
  treeSha: string;
  parents: string[];
  message: string;
  author: string;
  files: FileChange[];
}

export interface FileChange {
  path: string;
  previousPath?: string;
  status: string;
  patch: string;
}

/** What lies between two commits: from their common ancestor to the later one. */
export interface Comparison {
  status: 'ahead' | 'behind' | 'diverged' | 'identical';
  url: string;
  /** Of the later commit, where the answer tells it: then it need not be asked for. */
  head?: { sha: string; treeSha: string };
  /** Oldest first, 250 at most. */
  commits: (Omit<CommitSummary, 'files'> & { url: string; authoredAt: Date | null })[];
  /** 300 at most. */
  files: FileChange[];
  /** There are more commits or files than GitHub tells. */
  truncated: boolean;
}

export interface TreeEntry {
  path: string;
  mode: string;
  sizeBytes: number;
}

export interface PullSummary {
  number: number;
  url: string;
  state: 'open' | 'closed';
  merged: boolean;
  mergedSha: string | null;
  mergedAt: Date | null;
  closedBy: string | null;
  headSha: string;
  baseBranch: string;
  draft: boolean;
}

export interface ReviewSummary {
  id: number;
  author: string;
  authorIsBot: boolean;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  body: string;
  /** What it is about; null once that commit is gone. */
  commitSha: string | null;
}

/** In the conversation of an issue or pull request. */
export interface CommentSummary {
  id: number;
  author: string;
  authorIsBot: boolean;
  body: string;
  createdAt: Date;
}

/** On a line of the diff, or on a file of it. */
export interface ReviewCommentSummary {
  id: number;
  /** The review that it came with. */
  reviewId: number | null;
  /** The first comment of its thread. */
  threadId: number;
  author: string;
  authorIsBot: boolean;
  path: string;
  /** The last one of the lines that it is on; null for the file as a whole. */
  line: number | null;
  startLine: number | null;
  /** The diff up to and with that line. */
  diffHunk: string;
  body: string;
}
