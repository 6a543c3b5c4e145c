// `.github/self-heal.yml` of a repository → its policy, with a default for every key.
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

const Globs = z.array(z.string().min(1).max(200)).max(200);

export const Policy = z.strictObject({
  /** `off`: nothing. `diagnose`: explain, never patch. `propose`: pull requests. */
  mode: z.enum(['off', 'diagnose', 'propose']).default('propose'),
  /** Besides the default branch. */
  branches: Globs.default([]),
  attempts: z.number().int().min(1).max(5).default(3),
  /** Replies asked for at each attempt; the best of them is validated first. */
  candidates: z.number().int().min(1).max(5).default(1),
  /** The model of each attempt, the last one for all further ones; only what the operator allows. */
  models: z.array(z.string().min(1).max(100)).max(5).default([]),
  /** What the model may cost, in dollars: only ever less than what the operator allows. */
  budget: z
    .strictObject({
      'incident-usd': z.number().min(0).max(1_000).optional(),
      'day-usd': z.number().min(0).max(10_000).optional(),
    })
    .prefault({}),
  reruns: z.number().int().min(0).max(5).default(2),
  /** Wait before the first re-run; doubled for each further one. */
  'rerun-backoff-seconds': z.number().int().min(0).max(3_600).default(30),
  /** Below this the diagnosis is told, and nothing is patched. */
  'min-confidence': z.number().min(0).max(1).default(0.5),
  /** A diagnosis that calls the change riskier is told, and nothing is patched. */
  'max-risk': z.enum(['low', 'medium', 'high']).default('medium'),
  limits: z
    .strictObject({
      files: z.number().int().min(1).max(50).default(5),
      'source-lines': z.number().int().min(1).max(2_000).default(120),
      'test-lines': z.number().int().min(1).max(4_000).default(240),
      hunks: z.number().int().min(1).max(200).default(20),
      'new-files': z.number().int().min(0).max(50).default(2),
    })
    .prefault({}),
  /** Globs that may be written although they are protected (manifests, lockfiles, configuration). Never `.github/**`. */
  allow: Globs.default([]),
  /** Globs that are never written, besides the built-in ones. */
  forbid: Globs.default([]),
  /** Globs of files that tools write: never edited by hand, whatever `allow` says. */
  generated: Globs.default([]),
  /** Who lets the repository's workflows run on what was proven; `automatic` only where none has anything to lose by it. */
  release: z.enum(['automatic', 'on-approval', 'never']).default('automatic'),
  /** Times that reviewers may ask for changes before the rest is theirs. */
  'review-rounds': z.number().int().min(0).max(10).default(3),
  /** How long a merged fix is watched. */
  'watch-minutes': z.number().int().min(1).max(20_160).default(1_440),
  /** How long a pull request waits for people. */
  'review-days': z.number().int().min(1).max(90).default(14),
  /** E-mail addresses are taken out like secrets. */
  'redact-emails': z.boolean().default(false),
});
export type Policy = z.infer<typeof Policy>;

export const defaultPolicy: Policy = Policy.parse({});

export type PolicyReading = { policy: Policy; problems: [] } | { policy: Policy; problems: string[] };

/** A mistake in the file never loosens anything: nothing is written until it is mended, and every problem is named with its place. */
export function readPolicy(text: string): PolicyReading {
  if (text.trim() === '') return { policy: defaultPolicy, problems: [] };
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 20 }) ?? {};
  } catch (error) {
    const where = error instanceof YAMLParseError && error.linePos ? ` (line ${error.linePos[0].line})` : '';
    return {
      policy: cautiousPolicy,
      problems: [`not valid YAML${where}: ${error instanceof Error ? error.message : String(error)}`],
    };
  }
  const parsed = Policy.safeParse(data);
  if (parsed.success) return { policy: parsed.data, problems: [] };
  return {
    policy: cautiousPolicy,
    problems: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
  };
}

/** What applies while the file cannot be read: explain, write nothing. */
const cautiousPolicy: Policy = { ...defaultPolicy, mode: 'diagnose' };
