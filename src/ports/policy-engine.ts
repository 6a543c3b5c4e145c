// What the operator's policy engine is shown of a patch, and what it answers.
import type { CaseFile, Diagnosis } from '../incident/case-file.ts';

export interface PolicyQuestion {
  incident: {
    id: string;
    repository: string;
    private: boolean;
    branch: string;
    sha: string;
    attempt: number;
    trigger: CaseFile['trigger']['kind'];
  };
  diagnosis: Pick<Diagnosis, 'kind' | 'rootCause' | 'mechanism' | 'files' | 'change' | 'risk' | 'confidence'>;
  files: { path: string; status: 'added' | 'modified'; mode: string; isTest: boolean; diff: string }[];
}

/** The operator's own rules, kept elsewhere. */
export interface PolicyEngine {
  /** Why the patch is denied; none where it is allowed. Whatever is no answer is thrown. */
  denials(question: PolicyQuestion, signal: AbortSignal): Promise<string[]>;
}
