// The case file: what each desk put into it, one paper a stage; parsed by these schemas whenever it is read back.
import { z } from 'zod';
import { DryRun } from './dry-run.ts';
import { Evidence, Sha } from './evidence.ts';
import { Branch, Review, Validation } from './pull-request.ts';
import { WithoutWorkflow } from './setup.ts';

export { Change, Changes, Evidence, SourceFile, Suspect } from './evidence.ts';
export { Branch, Review, ReviewRound, Validation } from './pull-request.ts';

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
    dryRun: DryRun.optional(),
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

export const dryRunOf = ({ trigger }: { trigger: Trigger }): DryRun | undefined =>
  trigger.kind === 'workflow-run' ? trigger.dryRun : undefined;

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
  /** Where the wrong step is, the likeliest first; looked up in the base tree. */
  suspects: z
    .array(z.strictObject({ path: z.string(), line: z.number().int().positive().optional(), why: z.string() }))
    .optional(),
  files: z.array(z.string()),
  change: z.string(),
  /** What is not to be changed. */
  leave: z.string().optional(),
  /** The commit whose inverse is the better answer, and why. */
  revert: z.strictObject({ sha: Sha, why: z.string() }).optional(),
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
  /** Tests that were there before and that it changes. */
  changedTests: z.array(z.string()).optional(),
  /** What the second look said of it, where it was asked already. */
  opinion: z.strictObject({ verdict: z.enum(['accept', 'object']), objections: z.array(z.string()) }).optional(),
  /** Why it was given up; absent for the one that holds. */
  feedback: z.string().optional(),
});
export type Attempt = z.infer<typeof Attempt>;

/** Another reply to the same question, not tried yet. */
export const Candidate = Attempt.omit({ number: true });
export type Candidate = z.infer<typeof Candidate>;

export const Patch = z.strictObject({ attempts: z.array(Attempt) });
export type Patch = z.infer<typeof Patch>;

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
  /** By the price table in force when it was asked; absent in records of earlier versions. */
  costUsd: z.number().nonnegative().optional(),
  /** SHA-256 of the system text and the prompt, hexadecimal. */
  promptHash: z.string().optional(),
  /** 0 is the first reply to a question. */
  sample: z.number().int().nonnegative().optional(),
  /** Tries that came before, each with its code. */
  tried: z.array(z.strictObject({ model: z.string(), code: z.string(), detail: z.string() })).optional(),
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
  /** The best first: the next attempt takes the first of them before the model is asked again. */
  candidates: z.array(Candidate).optional(),
  branch: Branch.optional(),
  validation: Validation.optional(),
  review: Review.optional(),
  rollback: Rollback.optional(),
  modelCalls: z.array(ModelCall),
  /** Everything untrusted that was read. */
  taint: z.array(Taint).optional(),
  /** Where the sandbox workflow is missing: whether that was said before. */
  withoutWorkflow: WithoutWorkflow.optional(),
  /** The policy said `shadow` when the evidence was read: the weekly scoreboard tells of it. */
  shadow: z.literal(true).optional(),
  /** Id of the open incident that works on the same failure. */
  duplicateOf: z.string().optional(),
  explainedAt: z.string().optional(),
  /** What GitHub was asked until now: what counts against its limit, what was `304 Not Modified`, the tokens minted and given back. */
  githubRequests: z
    .strictObject({
      sent: z.number().int().nonnegative(),
      unchanged: z.number().int().nonnegative(),
      mints: z.number().int().nonnegative(),
      /** Absent in records of earlier versions. */
      revocations: z.number().int().nonnegative().optional(),
    })
    .optional(),
});
export type CaseFile = z.infer<typeof CaseFile>;
