// What every request to one repository needs.
import type { Octokit } from '@octokit/core';

export interface Connection {
  octokit: Octokit;
  owner: string;
  repo: string;
  /** `SLUG[bot]`, the App's own account; asked for once a process. */
  botLogin: () => Promise<string>;
  /** Signed addresses without TLS are followed only where the API itself is without. */
  allowsPlainHttp: boolean;
  /** GraphQL's name of the repository, once an answer has told it; mutations need it. */
  repositoryId: { known?: string };
  retryBaseMs: number;
}

/** The parameters that every route starts with. */
export const at = ({ owner, repo }: Connection): { owner: string; repo: string } => ({ owner, repo });
