// What a log or an issue told, before the repository is looked at.
import type { Evidence } from '../../incident/case-file.ts';
import type { Outcome } from '../../incident/outcome.ts';

export interface Findings extends Pick<Evidence, 'failures' | 'excerpt' | 'job' | 'failingCommand' | 'exitCode'> {
  baseRef: string;
  baseBranch: string;
}

export type Finding = { found: Findings } | { stopped: Outcome };
