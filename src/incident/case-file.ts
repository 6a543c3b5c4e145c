// The case file: what each desk put into it, one paper a stage; parsed by these schemas whenever it is read back.
import { z } from 'zod';
import { Failure } from './failure.ts';

const Sha = z.string().regex(/^[0-9a-f]{40}$/);

/** What started the incident. */
export const Trigger = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('workflow-run'),
    runId: z.number().int().positive(),
    runAttempt: z.number().int().positive(),
    workflowName: z.string(),
    workflowPath: z.string(),
    headSha: Sha,
    headBranch: z.string(),
    event: z.string(),
    url: z.string(),
  }),
  z.strictObject({
    kind: z.literal('issue'),
    number: z.number().int().positive(),
    title: z.string(),
    body: z.string(),
    author: z.string(),
    labelledBy: z.string(),
    url: z.string(),
  }),
]);
export type Trigger = z.infer<typeof Trigger>;

/** A file of the repository at the base commit; text is as stored in git, line endings and all. */
export const SourceFile = z.strictObject({ path: z.string(), mode: z.enum(['100644', '100755']), text: z.string() });
export type SourceFile = z.infer<typeof SourceFile>;

export const Suspect = z.strictObject({ path: z.string(), score: z.number(), reasons: z.array(z.string()) });
export type Suspect = z.infer<typeof Suspect>;

/** One file that the failing commit changed; the patch is GitHub's hunk text. */
export const Change = z.strictObject({ path: z.string(), status: z.string(), patch: z.string() });
export type Change = z.infer<typeof Change>;

export const Evidence = z.strictObject({
  /** The commit everything is read at, and the fix is built on. */
  baseSha: Sha,
  baseTreeSha: Sha,
  baseBranch: z.string(),
  failures: z.array(Failure),
  /** The failures' own names, see fingerprint.ts; the first one is the incident's. Two incidents that share one are about the same break. */
  failureFingerprints: z.array(z.string()).min(1),
  /** Job and step that failed; absent for issues. */
  job: z.strictObject({ id: z.number(), name: z.string(), step: z.string(), url: z.string() }).optional(),
  failingCommand: z.string().optional(),
  exitCode: z.number().int().optional(),
  /** The slice of the log or issue that shows the failure, redacted. */
  excerpt: z.string(),
  changes: z.array(Change),
  suspects: z.array(Suspect),
  /** The suspects' and their tests' text. */
  sources: z.array(SourceFile),
  /** Every path of the base tree; `treeTruncated` when it was too large to keep. */
  paths: z.array(z.string()),
  treeTruncated: z.boolean(),
  /** Paths that are symlinks or submodules: never edited. */
  irregularPaths: z.array(z.string()),
  /** The text of `.github/self-heal.yml` at the base commit; empty when there is none. */
  policyText: z.string(),
  hasSandboxWorkflow: z.boolean(),
});
export type Evidence = z.infer<typeof Evidence>;

export const Triage = z.strictObject({
  decision: z.enum(['transient', 'structural']),
  reason: z.string(),
  reruns: z.array(z.strictObject({ attempt: z.number().int(), requestedAt: z.iso.datetime() })),
  /** A re-run that was decided on but has to wait for its backoff. */
  nextRerunAt: z.iso.datetime().optional(),
});
export type Triage = z.infer<typeof Triage>;

export const causeKinds = [
  'code',
  'test',
  'configuration',
  'dependency',
  'environment',
  'flaky',
  'outside',
  'unknown',
] as const;

export const Diagnosis = z.strictObject({
  kind: z.enum(causeKinds),
  rootCause: z.string(),
  /** Input → wrong step → symptom. */
  mechanism: z.string(),
  /** Lines of the evidence it rests on, verbatim. */
  citations: z.array(z.string()),
  files: z.array(z.string()),
  change: z.string(),
  risk: z.enum(['low', 'medium', 'high']),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

export const PatchedFile = z.strictObject({
  path: z.string(),
  /** Null where the file is new. */
  before: z.string().nullable(),
  after: z.string(),
  mode: z.enum(['100644', '100755']),
  isTest: z.boolean(),
});
export type PatchedFile = z.infer<typeof PatchedFile>;

export const Attempt = z.strictObject({
  number: z.number().int().positive(),
  model: z.string(),
  /** For the commit and the title: `fix(pricing): …`, one line. */
  subject: z.string(),
  /** The model's words before its edits, redacted. */
  explanation: z.string(),
  files: z.array(PatchedFile),
  /** Unified diff, `a/` and `b/` prefixes. */
  diff: z.string(),
  /** Why it was given up; absent for the one that holds. */
  feedback: z.string().optional(),
});
export type Attempt = z.infer<typeof Attempt>;

export const Patch = z.strictObject({ attempts: z.array(Attempt) });
export type Patch = z.infer<typeof Patch>;

export const Branch = z.strictObject({ name: z.string(), candidateSha: Sha, treeSha: Sha, attempt: z.number().int() });
export type Branch = z.infer<typeof Branch>;

export const proofRuns = ['base', 'test-only', 'candidate'] as const;

export const Validation = z.strictObject({
  attempt: z.number().int(),
  runId: z.number().int().positive(),
  runUrl: z.string(),
  dispatchedAt: z.iso.datetime(),
  verdict: z
    .enum([
      'proven',
      'not-reproduced',
      'still-failing',
      'test-does-not-fail',
      'no-test',
      'report-missing',
      'incomplete',
    ])
    .optional(),
  /** What the verdict rests on: one line a run. */
  runs: z
    .array(
      z.strictObject({
        name: z.enum(proofRuns),
        expected: z.enum(['red', 'green']),
        was: z.enum(['red', 'green', 'missing']),
        detail: z.string(),
        durationMs: z.number(),
      }),
    )
    .optional(),
  command: z.string().optional(),
  engine: z.string().optional(),
});
export type Validation = z.infer<typeof Validation>;

export const Review = z.strictObject({
  pullNumber: z.number().int().positive(),
  url: z.string(),
  headSha: Sha,
  openedAt: z.iso.datetime(),
  draft: z.boolean(),
  mergedSha: Sha.optional(),
  mergedAt: z.iso.datetime().optional(),
  /** Ids of reviews that were already answered. */
  answered: z.array(z.number()),
});
export type Review = z.infer<typeof Review>;

export const Rollback = z.strictObject({
  watchedUntil: z.iso.datetime(),
  regressionRunUrl: z.string().optional(),
  revertPullUrl: z.string().optional(),
});
export type Rollback = z.infer<typeof Rollback>;

/** What every call to the model cost. */
export const ModelCall = z.strictObject({
  step: z.string(),
  model: z.string(),
  promptVersion: z.string(),
  inputTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  thinkingTokens: z.number().int().nonnegative(),
  cachedTokens: z.number().int().nonnegative(),
  latencyMs: z.number().nonnegative(),
});
export type ModelCall = z.infer<typeof ModelCall>;

export const CaseFile = z.strictObject({
  trigger: Trigger,
  evidence: Evidence.optional(),
  triage: Triage.optional(),
  diagnosis: Diagnosis.optional(),
  patch: Patch.optional(),
  branch: Branch.optional(),
  validation: Validation.optional(),
  review: Review.optional(),
  rollback: Rollback.optional(),
  modelCalls: z.array(ModelCall),
  /** Id of the open incident that works on the same failure. */
  duplicateOf: z.string().optional(),
  explainedAt: z.string().optional(),
});
export type CaseFile = z.infer<typeof CaseFile>;
