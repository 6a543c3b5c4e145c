// What setting a repository up needs of GitHub and of the database.

import type { RunSummary } from '../incident/github-facts.ts';
import type { Installed, Setup, SetupNews } from '../incident/setup.ts';
import type { Markdown, Title } from '../text/outbound.ts';

export interface RepositoryFacts {
  /** As people see it. */
  url: string;
  defaultBranch: string;
  private: boolean;
  fork: boolean;
  archived: boolean;
  hasIssues: boolean;
}

/** An issue that the App itself opened. */
export interface OwnIssue {
  number: number;
  url: string;
  state: 'open' | 'closed';
  body: string;
  /** Undefined while it is open. */
  closedBy?: 'the App' | 'somebody';
}

/** Of one repository, with the token of one look at it. */
export interface RepositorySetup {
  /** Undefined where the App may not see it, or it is gone. */
  facts(): Promise<RepositoryFacts | undefined>;
  /** Of all workflows, newest first; the first ten. */
  failedRuns(branch: string): Promise<RunSummary[]>;
  /** The newest issue of the App's own that begins with this marker, open or closed; by its number where that is known. */
  ownIssue(marker: string, known?: number): Promise<OwnIssue | undefined>;
  openOwnIssue(marker: string, issue: { title: Title; body: Markdown }): Promise<OwnIssue>;
  editOwnIssue(number: number, marker: string, change: { body?: Markdown; state?: 'closed' }): Promise<void>;
}

/** What intake needs of the database about set-ups. */
export interface SetupRegistry {
  /** Each of them is looked at, one after the other, `spacingMs` apart; a delivery counts once. Answers how many. */
  installed(delivery: SetupDelivery, repositories: readonly Installed[], spacingMs: number): Promise<number>;
  /** All of the installation's, or those with one of these keys. */
  removed(delivery: SetupDelivery, installationId: number, keys: readonly string[] | 'all'): Promise<number>;
  /** True where it is news for the repository: it is looked at again soon. */
  setupNews(key: string, news: SetupNews): Promise<boolean>;
}

export interface SetupDelivery {
  id: string;
  event: string;
  at: Date;
  digest?: string;
}

/** What the look at a repository needs of the database. */
export interface SetupShelf {
  loadSetup(key: string): Promise<Setup | undefined>;
  /** Record and next look in one transaction; false, and nothing saved, when the stored revision is not the one before. */
  saveSetup(setup: Setup, lookAgainAt: Date | null): Promise<boolean>;
}
