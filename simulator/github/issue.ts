// Issues, pull requests and what is said on them, as the simulator keeps them.
import type { Account } from './accounts.ts';
import type { AutoMergeRequest } from './auto-merge.ts';

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
  default: boolean;
}

export interface Reaction {
  id: number;
  user: Account;
  content: string;
  createdAt: string;
}

/** Written by a person or by an App's bot. */
interface Written {
  id: number;
  author: Account;
  viaApp: boolean;
  body: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface Comment extends Written {
  reactions: Reaction[];
}

export interface CommitComment extends Written {
  sha: string;
  path: string | null;
  position: number | null;
  line: number | null;
}

/** A line of an issue's history: labels, closing, references. */
export interface IssueEvent {
  id: number;
  event: string;
  actor: Account;
  createdAt: string;
  commitSha: string | null;
  label?: Label;
  assignee?: Account;
  requestedReviewer?: Account;
  rename?: { from: string; to: string };
  lockReason?: string | null;
}

export interface Issue extends Written {
  number: number;
  title: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null;
  closedAt: string | null;
  closedBy: Account | null;
  locked: boolean;
  lockReason: string | null;
  labels: Label[];
  assignees: Account[];
  comments: Comment[];
  reactions: Reaction[];
  events: IssueEvent[];
  pull: Pull | null;
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

export interface Review {
  id: number;
  author: Account;
  body: string;
  state: ReviewState;
  commitSha: string;
  submittedAt: string | null;
}

export interface ReviewComment extends Written {
  reviewId: number | null;
  path: string;
  diffHunk: string;
  /** The newest head that still has the line, and where: null once the line was changed. */
  commitSha: string;
  line: number | null;
  startLine: number | null;
  /** The head that it was written on. */
  originalCommitSha: string;
  originalLine: number | null;
  originalStartLine: number | null;
  side: 'LEFT' | 'RIGHT';
  inReplyToId: number | null;
  reactions: Reaction[];
}

/** What an issue has more when it is a pull request. */
interface Pull {
  id: number;
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  draft: boolean;
  maintainerCanModify: boolean;
  merged: boolean;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommitSha: string | null;
  autoMerge: AutoMergeRequest | null;
  requestedReviewers: Account[];
  reviews: Review[];
  reviewComments: ReviewComment[];
}

/** An issue that is a pull request. */
export type PullIssue = Issue & { pull: Pull };

export const isPull = (issue: Issue): issue is PullIssue => issue.pull !== null;
