// The report of one validation, as the sandbox Action writes it and the App reads it.
// As a namespace: a bundler can then leave out what is not used, which makes the Action a third of the size.
import * as z from 'zod';

const Sha = z.string().regex(/^[0-9a-f]{40}$/);

/** How one command over one tree ended. */
export const CommandEnd = z.strictObject({
  /** Null when the process was killed (time-out, memory) or never started. */
  exitCode: z.number().int().nullable(),
  /** Why there is no exit code, or `completed`. */
  ended: z.enum(['completed', 'timed-out', 'killed', 'not-started', 'skipped']),
  reason: z.string().max(500).optional(),
  durationMs: z.number().nonnegative(),
  /** Standard output and error, colours taken out, secrets redacted by their form; head and tail when it was long. */
  output: z.string().max(400_000),
  outputTruncated: z.boolean(),
});
export type CommandEnd = z.infer<typeof CommandEnd>;

/** A file that a run wrote where the workflow says test reports are. */
export const ReportFile = z.strictObject({ path: z.string().max(1_000), text: z.string().max(2_100_000) });
export type ReportFile = z.infer<typeof ReportFile>;

/** One run over one tree: the end of `command`, and of the command for all tests where there is one. */
export const SandboxRun = z.strictObject({
  /** `base`: the failing commit. `test-only`: base plus the candidate's tests. `candidate`: everything. */
  name: z.enum(['base', 'test-only', 'candidate']),
  /** 1, and more where the same tree is run again. */
  round: z.number().int().min(1).max(20),
  startedAt: z.iso.datetime(),
  ...CommandEnd.shape,
  testCommand: CommandEnd.optional(),
  /** Of a first round only; the others are about green or red. */
  reports: z.array(ReportFile).max(200),
  /** Report files that did not fit, were no plain files or could not be read: how many, and the first of them. */
  reportsLeftOut: z.strictObject({ count: z.number().int().positive(), paths: z.array(z.string()).max(20) }).optional(),
  /** SHA-256 over the sorted paths and contents of the files laid over the base; of nothing for `base`. */
  overlayDigest: z.string(),
  /** Git's id of the sources that ran; absent of a run that was skipped. */
  tree: Sha.optional(),
});
export type SandboxRun = z.infer<typeof SandboxRun>;

export const SandboxReport = z.strictObject({
  version: z.literal(2),
  incident: z.string().max(100),
  attempt: z.number().int().positive(),
  trigger: z.enum(['workflow-run', 'issue']),
  base: Sha,
  candidate: Sha,
  command: z.string().max(5_000),
  testCommand: z.string().max(5_000).optional(),
  /** How often the candidate was to be run again. */
  repeat: z.number().int().nonnegative(),
  /** `undecided`: something was wrong before an engine was chosen. */
  engine: z.enum(['docker', 'podman', 'bubblewrap', 'none', 'undecided']),
  limits: z.strictObject({
    timeoutSeconds: z.number().positive(),
    memoryMb: z.number().positive(),
    /** 0: all of them. */
    cpus: z.number().nonnegative(),
    processes: z.number().positive(),
    diskMb: z.number().positive(),
    outputKb: z.number().positive(),
    network: z.literal('none').or(z.literal('unrestricted')),
  }),
  /** The machine that ran it. */
  environment: z.strictObject({
    system: z.string().max(200),
    architecture: z.string().max(50),
    processors: z.number().int().positive(),
    memoryMb: z.number().nonnegative(),
    /** The runner's own image, where it names one. */
    runnerImage: z.string().max(200).optional(),
  }),
  /** Tracked files that preparing the base (set-up, installing) had changed before anything ran; the first hundred. */
  modifiedPaths: z.array(z.string()).max(100).optional(),
  /** Paths the candidate changes, as found by the Action in git, not as told. */
  changedPaths: z.array(z.string()).max(1_000),
  /** Those of them that were told to be tests. */
  testPaths: z.array(z.string()).max(1_000),
  /** Git's ids of the two trees, once they were fetched. */
  trees: z.strictObject({ base: Sha, candidate: Sha }).optional(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  runs: z.array(SandboxRun).max(20),
  /** Set when the runs could not be carried out: what was wrong and what to do. */
  error: z.string().max(2_000).optional(),
});
export type SandboxReport = z.infer<typeof SandboxReport>;
