// What a proof is judged by, and what a judgement says: the shapes that the parts of the proof share.
import type { Validation } from '../../incident/case-file.ts';
import type { SandboxRun } from './sandbox-report.ts';

export interface Judged extends Pick<Validation, 'shortfall' | 'passRate'> {
  verdict: NonNullable<Validation['verdict']>;
  /** Why it is not proven, in words that the next attempt can use. */
  feedback: string;
}

/** What is known of the patch that ran. */
export interface Patched {
  /** The test was wrong, and mending it is the whole patch. */
  onlyTests: boolean;
  bringsTests: boolean;
  /** How many tests it adds; 0 where it only changes some, or nobody can tell. */
  newTests: number;
}

/** Everything that was run, by its name and in its order. */
export interface Runs {
  bases: readonly SandboxRun[];
  base: SandboxRun;
  testOnly: SandboxRun | undefined;
  candidates: readonly SandboxRun[];
  candidate: SandboxRun;
  repeat: number;
  /** Of the candidate's files, those that were told to be tests. */
  testPaths: readonly string[];
}
