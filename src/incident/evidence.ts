// What was found out about a failure: the paper that the evidence desk puts into the case file.
import { z } from 'zod';
import { Exposure } from './exposure.ts';
import { Failure } from './failure.ts';

export const Sha = z.string().regex(/^[0-9a-f]{40}$/);

/** A file of the repository at the base commit; text is as stored in git, line endings and all. */
export const SourceFile = z.strictObject({ path: z.string(), mode: z.enum(['100644', '100755']), text: z.string() });
export type SourceFile = z.infer<typeof SourceFile>;

export const Suspect = z.strictObject({
  path: z.string(),
  /** 0 to 1; in incidents of earlier versions any number. Good for an order. */
  score: z.number(),
  reasons: z.array(z.string()),
  /** Of interest: where frames and changed hunks are. */
  lines: z.array(z.number().int().positive()).optional(),
  /** Whom CODEOWNERS names. */
  owners: z.array(z.string()).optional(),
});
export type Suspect = z.infer<typeof Suspect>;

/** One file that the failing commit changed; the patch is GitHub's hunk text. */
export const Change = z.strictObject({ path: z.string(), status: z.string(), patch: z.string() });
export type Change = z.infer<typeof Change>;

/** What happened on the branch since the workflow was green on it. */
export const Changes = z.strictObject({
  /** The last green run before the failure; absent where there is none in reach. */
  since: z.strictObject({ runId: z.number().int().positive(), url: z.string(), sha: Sha }).optional(),
  /** Oldest first. */
  commits: z.array(z.strictObject({ sha: Sha, subject: z.string(), author: z.string(), url: z.string() })),
  files: z.array(Change),
  /** The commit that broke it, where one can be named. */
  breaking: z.strictObject({ sha: Sha, why: z.string() }).optional(),
  /** Manifests, lockfiles, toolchains, workflows and images that changed. */
  dependencies: z.array(z.strictObject({ path: z.string(), what: z.string() })),
  /** Green on the very same commit: a flake, or the outside world. */
  nothingChanged: z.boolean(),
  /** GitHub told less than there is. */
  truncated: z.boolean(),
});
export type Changes = z.infer<typeof Changes>;

const LeftOut = z.strictObject({
  path: z.string(),
  from: z.number().int().positive(),
  to: z.number().int().nonnegative(),
  name: z.string().optional(),
  why: z.string(),
});

/** Functions whole or by their signature, with line numbers, see stages/evidence/source-excerpt.ts. */
const CodeExcerpt = z.strictObject({
  text: z.string(),
  tokens: z.number().int().nonnegative(),
  leftOut: z.array(LeftOut),
});

/** What a commit did, for taking it back: the text of every file it changed, as stored in git, null where there is none. */
const Inverse = z.strictObject({
  sha: Sha,
  subject: z.string(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      /** At the base, or at the commit's parent where the base does not have it. */
      mode: z.enum(['100644', '100755']),
      base: z.string().nullable(),
      commit: z.string().nullable(),
      parent: z.string().nullable(),
    }),
  ),
  /** Why it cannot be taken back as text; then there are no files. */
  impossible: z.string().optional(),
});

export const Evidence = z.strictObject({
  /** The commit everything is read at, and the fix is built on. */
  baseSha: Sha,
  baseTreeSha: Sha,
  baseBranch: z.string(),
  /** What it was before, oldest first, where the branch moved on while the tests ran. */
  rebasedFrom: z.array(Sha).optional(),
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
  sinceGreen: Changes.optional(),
  /** Of a run with several jobs: what failed where, in words. */
  jobs: z.array(z.string()).optional(),
  /** What an issue says of versions and systems. */
  environment: z.array(z.string()).optional(),
  /** The release that an issue is about, where it has a tag. */
  affected: z.strictObject({ version: z.string(), tag: z.string(), sha: Sha }).optional(),
  /** The sources as the model sees them; what did not fit can be asked for once. */
  code: CodeExcerpt.optional(),
  /** What the diagnosis asks to see: `path` or `path:from-to` of the sources, or `revert:` and a commit. */
  wanted: z.array(z.string()).optional(),
  /** The commit that the diagnosis would take back. */
  inverse: Inverse.optional(),
  /** Our comment on the issue that asked: it is edited when there is something to say. */
  commentUrl: z.string().optional(),
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
  /** The nearest manifests, for the rules: what a patch may import. */
  manifests: z.array(z.strictObject({ path: z.string(), text: z.string() })).optional(),
  /** Workflows that would meet a change of ours with something to lose; absent in incidents of earlier versions, which did not look. */
  exposures: z.array(Exposure).optional(),
});
export type Evidence = z.infer<typeof Evidence>;
