// A rule and one changed file → what the rule says of it, against a repository that is just that file and what is named besides.
import { defaultPolicy, type Policy } from '../../../src/config/policy.ts';
import type { Diagnosis, Evidence, PatchedFile } from '../../../src/incident/case-file.ts';
import type { Finding, Rule } from '../../../src/stages/guardrails/rule.ts';
import { diagnosis, evidence, patched } from '../patch/sample-case.ts';

export interface Around {
  sources?: Readonly<Record<string, string>>;
  policy?: Partial<Policy>;
  evidence?: Partial<Evidence>;
  diagnosis?: Partial<Diagnosis>;
}

export async function judgedFiles(rule: Rule, files: PatchedFile[], around: Around = {}): Promise<Finding[]> {
  const own = files.flatMap(({ path, before }) => (before === null ? [] : [[path, before] as const]));
  const all = [...own, ...Object.entries(around.sources ?? {})];
  const sources = all.map(([path, text]) => ({ path, text, mode: '100644' as const }));
  return rule(files, {
    policy: { ...defaultPolicy, ...around.policy },
    evidence: { ...evidence, sources, paths: sources.map(({ path }) => path), ...around.evidence },
    diagnosis: { ...diagnosis, ...around.diagnosis },
  });
}

/** `src/` is a program's, `test/` a test's. */
export const judged = (rule: Rule, path: string, before: string | null, after: string, around: Around = {}) =>
  judgedFiles(rule, [patched(path, before, after, /(?:^|\/)tests?\//.test(path))], around);
