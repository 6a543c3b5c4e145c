// What a log or an issue told, before the repository is looked at.
import type { Changes, Evidence } from '../../incident/case-file.ts';
import type { Outcome } from '../../incident/outcome.ts';
import type { FileChange } from '../../ports.ts';
import type { Read } from '../../text/taint.ts';

export interface Findings
  extends Pick<
    Evidence,
    'failures' | 'excerpt' | 'job' | 'failingCommand' | 'exitCode' | 'jobs' | 'environment' | 'affected' | 'commentUrl'
  > {
  /** What everything is read at: the commit that failed; left out, the head of the base branch. */
  commit?: { sha: string; treeSha: string };
  baseBranch: string;
  changes?: Changes;
  /** Whole patches, for finding the failure's lines in them. */
  files: FileChange[];
  /** Outsiders' text that was read for it, but for the issue itself, sources and changes. */
  reads: Read[];
}

export type Finding = { found: Findings } | { stopped: Outcome };

/** What the suspects are found by. */
export const cluesOf = ({ failures, excerpt, files, changes, failingCommand }: Findings) => ({
  failures,
  text: excerpt,
  changes: files,
  ...(changes ? { sinceGreen: changes } : {}),
  ...(failingCommand ? { failingCommand } : {}),
});
