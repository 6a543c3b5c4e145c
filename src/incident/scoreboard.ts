// What a repository's scoreboard knows: of each incident in shadow mode what would have been done, and what people did.
import { z } from 'zod';
import { Repository } from './repository.ts';

/** What people did about it: their own fix, or the same commit run again, which then passed. */
export const TheirFix = z.strictObject({
  kind: z.enum(['fixed', 'passed-again']),
  sha: z.string(),
  runUrl: z.string(),
  /** From the failure to the green run. */
  minutes: z.number().int().nonnegative(),
  /** Of all that changed until then. */
  files: z.array(z.string()),
  /** `path#Class.method`. */
  functions: z.array(z.string()),
});
export type TheirFix = z.infer<typeof TheirFix>;

export const ScoreboardEntry = z.strictObject({
  incidentId: z.string(),
  openedAt: z.iso.datetime(),
  failure: z.strictObject({ name: z.string(), url: z.string() }),
  /** Where a green run of the same workflow is looked for; absent where an issue began it. */
  run: z
    .strictObject({
      id: z.number().int().positive(),
      workflowPath: z.string(),
      branch: z.string(),
      headSha: z.string(),
    })
    .optional(),
  would: z.enum(['open', 'rerun', 'explain']),
  /** In the incident's own words. */
  said: z.string(),
  /** Without tests. */
  files: z.array(z.string()),
  functions: z.array(z.string()),
  proof: z
    .strictObject({ verdict: z.string(), runUrl: z.string(), minutes: z.number().int().nonnegative() })
    .optional(),
  theirs: TheirFix.optional(),
  /** The Monday of the report that told of it last. */
  toldOn: z.string(),
});
export type ScoreboardEntry = z.infer<typeof ScoreboardEntry>;

export const Scoreboard = z.strictObject({
  repository: Repository,
  /** Counts saves; a save on top of an older one is refused. */
  revision: z.number().int().nonnegative(),
  since: z.iso.datetime(),
  /** Null: somebody closed the issue, and wants no more of it. */
  nextAt: z.iso.datetime().nullable(),
  /** What closed before was looked at. */
  lookedUntil: z.iso.datetime(),
  issue: z.number().int().positive().nullable(),
  /** Oldest first. */
  entries: z.array(ScoreboardEntry),
});
export type Scoreboard = z.infer<typeof Scoreboard>;

const dayMs = 24 * 3_600_000;
const hourOfDay = 6;

/** Monday morning, UTC, after this moment. */
export function mondayAfter(moment: Date): Date {
  const day = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate(), hourOfDay));
  const monday = new Date(day.getTime() + ((8 - day.getUTCDay()) % 7) * dayMs);
  return monday > moment ? monday : new Date(monday.getTime() + 7 * dayMs);
}

/** A week that has hardly begun makes no report. */
const leastDays = 3;

export const scoreboardOf = (repository: Repository, firstAt: Date): Scoreboard => ({
  ...{ repository, revision: 0, since: firstAt.toISOString(), issue: null, entries: [] },
  lookedUntil: firstAt.toISOString(),
  nextAt: mondayAfter(new Date(firstAt.getTime() + leastDays * dayMs)).toISOString(),
});
