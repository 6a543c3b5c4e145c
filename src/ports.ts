// What the steps need of the outside: GitHub in the field's own words, a model that turns text into text, and the memory.
import type { Policy } from './config/policy.ts';
import type { CaseFile } from './incident/case-file.ts';
import type { Incident, Repository } from './incident/incident.ts';
import type { WithoutWorkflow } from './incident/setup.ts';
import type { ProposalOutcome } from './ports/auto-merge.ts';
import type { GitHub, OwnersFiles, Permissions } from './ports/github.ts';
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

export type { AutoMergeAnswer, MergeMethod, ProposalOutcome } from './ports/auto-merge.ts';
export type {
  FileVersion,
  GitHub,
  KnownComment,
  NewCheckRun,
  NewCommit,
  NewFile,
  NewPull,
  OwnersFiles,
  Permissions,
  RequestCount,
  Standing,
  WholeFile,
} from './ports/github.ts';
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
  /** Of this repository's pull requests, the newest first. */
  outcomes(repository: Repository, limit: number): Promise<ProposalOutcome[]>;
  /** What an incident that nothing can prove may say of it: that the sandbox workflow is missing is said once. */
  withoutWorkflow(incident: Pick<Incident, 'id' | 'repository'>): Promise<WithoutWorkflow>;
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
  /** For the steps that ask what an organisation has for all of its repositories. */
  owner?: OwnersFiles;
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
