// The text of a policy file → the policy, or what is wrong with it and where; a mistake never loosens anything.
import { placedYaml } from './placed-yaml.ts';
import { defaultPolicy, type GivenPolicy, Policy, stricterMode } from './policy.ts';
import { type PolicyProblem, problemsOf } from './policy-problems.ts';

export interface PolicyReading {
  /** With problems: what is right in the file, explaining at most. */
  policy: Policy;
  /** What the file sets, as far as that is right. */
  given: GivenPolicy;
  problems: PolicyProblem[];
}

/** Of one file. */
export const mostPolicyBytes = 64_000;
/** Whoever has more of them begins with these. */
const mostProblems = 20;

export function readPolicy(text: string): PolicyReading {
  const bytes = Buffer.byteLength(text);
  if (bytes > mostPolicyBytes)
    return broken({}, [wholeFile(`has ${bytes} bytes, ${mostPolicyBytes} are the limit, so it is not read`)]);
  const yaml = placedYaml(text);
  if (yaml.problems.length > 0) return broken({}, yaml.problems);
  const parsed = Policy.safeParse(yaml.data);
  if (parsed.success) return { policy: parsed.data, given: yaml.data, problems: [] };
  const wrong = new Set(parsed.error.issues.flatMap((issue) => topKeys(issue)));
  const rest = Object.fromEntries(Object.entries(yaml.data).filter(([key]) => !wrong.has(key)));
  return broken(rest, problemsOf(parsed.error.issues, yaml));
}

/** The reading of a file that is there and cannot be read at all. */
export const unreadablePolicy = (why: string): PolicyReading => broken({}, [wholeFile(why)]);

const wholeFile = (message: string): PolicyProblem => ({ line: 1, column: 1, key: '', message });

const topKeys = (issue: { code: string; path: readonly PropertyKey[]; keys?: readonly string[] }): string[] =>
  issue.path.length === 0 ? [...(issue.keys ?? [])] : [String(issue.path[0])];

/** What can be read still counts, but nothing is written: `off` stays off, a budget stays spent. */
function broken(given: Record<string, unknown>, all: readonly PolicyProblem[]): PolicyReading {
  const parsed = Policy.safeParse(given);
  const policy = parsed.success ? parsed.data : defaultPolicy;
  const problems = all.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, mostProblems);
  return {
    policy: { ...policy, mode: stricterMode(policy.mode, 'diagnose') },
    given: parsed.success ? given : {},
    problems,
  };
}
