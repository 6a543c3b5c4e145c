// The papers about what stands on GitHub: the branch, its proof, the pull request and what reviewers ask for.
import { z } from 'zod';
import { Sha } from './evidence.ts';

export const Branch = z.strictObject({ name: z.string(), candidateSha: Sha, treeSha: Sha, attempt: z.number().int() });
export type Branch = z.infer<typeof Branch>;

const proofRuns = ['base', 'test-only', 'candidate'] as const;

export const Validation = z.strictObject({
  attempt: z.number().int(),
  runId: z.number().int().positive(),
  runUrl: z.string(),
  dispatchedAt: z.iso.datetime(),
  verdict: z
    .enum([
      'proven',
      /** One run of the proof is missing: good for a draft. */
      'partly-proven',
      'not-reproduced',
      /** The failing commit passes now and then. */
      'flaky',
      'still-failing',
      /** The failure is gone, and tests fail that passed before. */
      'broke-others',
      'timed-out',
      'test-does-not-fail',
      'fewer-tests',
      'no-test',
      'sandbox-unavailable',
      'report-missing',
      /** In records of earlier versions. */
      'incomplete',
    ])
    .optional(),
  /** Partly proven: which run is missing, and why. */
  shortfall: z.string().optional(),
  /** Flaky: how many runs of the failing commit passed. */
  passRate: z.strictObject({ passed: z.number().int(), of: z.number().int() }).optional(),
  /** What the verdict rests on: one line a run. */
  runs: z
    .array(
      z.strictObject({
        name: z.enum(proofRuns),
        expected: z.enum(['red', 'green']),
        was: z.enum(['red', 'green', 'missing']),
        detail: z.string(),
        durationMs: z.number(),
        /** Where the same tree was run more than once. */
        round: z.number().int().optional(),
        /** As reports or the tool's own summary count them. */
        tests: z.strictObject({ ran: z.number().int(), skipped: z.number().int() }).optional(),
      }),
    )
    .optional(),
  command: z.string().optional(),
  /** The one for all tests, where `command` is only a part of them. */
  testCommand: z.string().optional(),
  engine: z.string().optional(),
});
export type Validation = z.infer<typeof Validation>;

/** Enough for a pull request; only what is `proven` is ever ready for review. */
export const mayBeShown = (validation: Validation | undefined): validation is Validation =>
  validation?.verdict === 'proven' || validation?.verdict === 'partly-proven';

/** Reviewers asked for something: the attempts at it, and where they are answered. */
export const ReviewRound = z.strictObject({
  /** Their words, as the model is told. */
  feedback: z.string(),
  /** First comments of the threads to answer in. */
  threads: z.array(z.number().int().positive()),
  /** A review without comments on lines is answered on the pull request. */
  onPull: z.boolean(),
  /** The number of the last attempt that this round may spend. */
  lastAttempt: z.number().int().positive(),
  /** What stands on the pull request until another attempt is proven. */
  standing: z.strictObject({ branch: Branch, validation: Validation }),
  /** Why nothing of it held: still to be told to them. */
  failed: z.strictObject({ reason: z.string(), detail: z.string() }).optional(),
});
export type ReviewRound = z.infer<typeof ReviewRound>;

export const Review = z.strictObject({
  pullNumber: z.number().int().positive(),
  url: z.string(),
  headSha: Sha,
  openedAt: z.iso.datetime(),
  draft: z.boolean(),
  mergedSha: Sha.optional(),
  mergedAt: z.iso.datetime().optional(),
  /** Ids of reviews that were already taken up. */
  answered: z.array(z.number()),
  /** The same of comments on lines. */
  answeredComments: z.array(z.number()).optional(),
  /** Rounds begun until now. */
  rounds: z.number().int().nonnegative().optional(),
  /** The one under way. */
  round: ReviewRound.optional(),
  /** Its head is still the candidate's commit, which starts no workflow of the repository: why, and since when. */
  quarantine: z.strictObject({ why: z.array(z.string()).min(1), since: z.iso.datetime() }).optional(),
  /** Who let which commit out of it. */
  approval: z.strictObject({ by: z.string(), candidateSha: Sha }).optional(),
  /** GitHub merges it by itself, since then; `off` says why no longer. */
  autoMerge: z
    .strictObject({
      enabledAt: z.iso.datetime(),
      method: z.enum(['squash', 'merge', 'rebase']),
      confidence: z.number().min(0).max(1),
      off: z.string().optional(),
    })
    .optional(),
  /** When Self-Heal last did or said something here. */
  activeAt: z.iso.datetime().optional(),
});
export type Review = z.infer<typeof Review>;
