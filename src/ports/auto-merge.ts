// What review asks of GitHub and of the memory where the policy lets pull requests merge by themselves.
import type { CommitMessage, Title } from '../text/outbound.ts';

export type MergeMethod = 'squash' | 'merge' | 'rebase';

/** What GitHub says to a wish to merge by itself, once the branch's rules are met. */
export type AutoMergeAnswer =
  | { kind: 'enabled' }
  | {
      kind: 'refused';
      /**
       * `not-allowed`: by the repository's settings. `no-rules`, `nothing-required`: the branch demands nothing that is
       * still to come. `moved`: the head is another commit, or the pull request is not open any more.
       */
      why: 'not-allowed' | 'no-rules' | 'nothing-required' | 'method' | 'moved' | 'forbidden' | 'other';
      /** GitHub's words. */
      said: string;
    };

export interface AutoMerging {
  /** GitHub's own auto-merge, for this very head: it waits for all that the branch's rules demand, and bypasses none. */
  enableAutoMerge(
    pullNumber: number,
    wish: { headSha: string; method: MergeMethod; message?: { headline: Title; body: CommitMessage } },
  ): Promise<AutoMergeAnswer>;
  /** Whoever enabled it; false where it was not, or is merged. */
  disableAutoMerge(pullNumber: number): Promise<boolean>;
}

/** What became of a pull request of a closed incident: `ignored`, nobody decided on it. */
export interface ProposalOutcome {
  /** As the diagnosis stated it. */
  confidence: number;
  kind: string;
  outcome: 'held' | 'reverted' | 'rejected' | 'ignored';
  /** Auto-merge was on when it was merged. */
  autoMerged: boolean;
  closedAt: Date;
}
