// What a rule is: a patch and its context in, findings out; each says where, why, and what would be acceptable.
import type { Policy } from '../../config/policy.ts';
import type { Diagnosis, Evidence, PatchedFile } from '../../incident/case-file.ts';

export interface Finding {
  rule: string;
  path: string;
  /** 1-based, of the file as the patch leaves it. */
  line?: number;
  why: string;
  acceptable: string;
  /** The path may not be written here, whatever is written: `never`, or not unless the `policy` allows it. */
  protectedBy?: 'never' | 'policy';
}

interface Context {
  policy: Policy;
  evidence: Evidence;
  diagnosis: Diagnosis;
}

/** Rules judge what will be written, the files, not the diff's text, which only shows it. */
export type Rule = (files: readonly PatchedFile[], context: Context) => Finding[] | Promise<Finding[]>;
