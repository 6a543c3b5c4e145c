// The case file: what each desk put into it, one paper a stage; parsed by these schemas whenever it is read back.
import { z } from 'zod';
import { Evidence, Sha } from './evidence.ts';

export { Change, Changes, Evidence, SourceFile, Suspect } from './evidence.ts';

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
    /** GitHub's `author_association`: what the author is to the repository. */
    authorAssociation: z.string().optional(),
    labelledBy: z.string(),
    url: z.string(),
  }),
]);
export type Trigger = z.infer<typeof Trigger>;

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

export const taintSources = [
  'job log',
  'issue',
  'source file',
  'commit',
  'annotation',
  'test report',
  'review',
  'comment',
] as const;

export const taintSteps = ['diagnose', 'propose', 'critique', 'report'] as const;

/** Text that outsiders may have written: where it came from, what was found in it, and where it went. */
export const Taint = z.strictObject({
  source: z.enum(taintSources),
  /** The job's name, the path, the commit's SHA, the number… */
  of: z.string(),
  author: z.string().optional(),
  /** GitHub's `author_association`. */
  association: z.string().optional(),
  /** As it was read, before anything was cut or redacted. */
  bytes: z.number().int().nonnegative(),
  /** Secrets that were taken out of what was kept of it. */
  redactions: z.number().int().nonnegative(),
  /** What passages of it ask for that read like orders. */
  suspicious: z.array(z.string()),
  went: z.array(z.enum(taintSteps)),
});
export type Taint = z.infer<typeof Taint>;

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
  /** Everything untrusted that was read. */
  taint: z.array(Taint).optional(),
  /** Id of the open incident that works on the same failure. */
  duplicateOf: z.string().optional(),
  explainedAt: z.string().optional(),
  /** What GitHub was asked until now: what counts against its limit, what was `304 Not Modified`, the tokens minted. */
  githubRequests: z
    .strictObject({
      sent: z.number().int().nonnegative(),
      unchanged: z.number().int().nonnegative(),
      mints: z.number().int().nonnegative(),
    })
    .optional(),
});
export type CaseFile = z.infer<typeof CaseFile>;
