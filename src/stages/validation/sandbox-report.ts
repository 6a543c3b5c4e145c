// The report of one validation, as the sandbox Action writes it and the App reads it.
// As a namespace: a bundler can then leave out what is not used, which makes the Action a third of the size.
import * as z from 'zod';

const Sha = z.string().regex(/^[0-9a-f]{40}$/);

/** One run of the test command over one tree. */
export const SandboxRun = z.strictObject({
  /** `base`: the failing commit. `test-only`: base plus the candidate's tests. `candidate`: everything. */
  name: z.enum(['base', 'test-only', 'candidate']),
  /** Null when the process was killed (time-out, memory) or never started. */
  exitCode: z.number().int().nullable(),
  /** Why there is no exit code, or `completed`. */
  ended: z.enum(['completed', 'timed-out', 'killed', 'not-started', 'skipped']),
  reason: z.string().max(500).optional(),
  durationMs: z.number().nonnegative(),
  /** SHA-256 over the sorted paths and contents of the files laid over the base; of nothing for `base`. */
  overlayDigest: z.string(),
  /** Standard output and error as they came, colours taken out; head and tail when it was long. */
  output: z.string().max(400_000),
  outputTruncated: z.boolean(),
});
export type SandboxRun = z.infer<typeof SandboxRun>;

export const SandboxReport = z.strictObject({
  version: z.literal(1),
  incident: z.string().max(100),
  attempt: z.number().int().positive(),
  base: Sha,
  candidate: Sha,
  command: z.string().max(5_000),
  /** `undecided`: something was wrong before an engine was chosen. */
  engine: z.enum(['docker', 'podman', 'bubblewrap', 'none', 'undecided']),
  limits: z.strictObject({
    timeoutSeconds: z.number().positive(),
    memoryMb: z.number().positive(),
    processes: z.number().positive(),
    outputKb: z.number().positive(),
    network: z.literal('none').or(z.literal('unrestricted')),
  }),
  /** Tracked files that preparing the base (set-up, installing) had changed before anything ran; the first hundred. */
  modifiedPaths: z.array(z.string()).max(100).optional(),
  /** Paths the candidate changes, as found by the Action in git, not as told. */
  changedPaths: z.array(z.string()).max(1_000),
  /** Those of them that were told to be tests. */
  testPaths: z.array(z.string()).max(1_000),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  runs: z.array(SandboxRun).max(10),
  /** Set when the runs could not be carried out: what was wrong and what to do. */
  error: z.string().max(2_000).optional(),
});
export type SandboxReport = z.infer<typeof SandboxReport>;
