// The incident: one failure on its way, as the database keeps it.
import { z } from 'zod';
import { CaseFile } from './case-file.ts';
import { type StopReason, stopReasons } from './outcome.ts';
import { Repository } from './repository.ts';
import { TimelineEntry } from './timeline.ts';

export { Repository } from './repository.ts';

/** The desks, in the order of the route. A step's name is also its job's name and its metric's label. */
export const stepNames = [
  'collect',
  'rerun',
  'diagnose',
  'propose',
  'critique',
  'enforce',
  'push',
  'dispatch',
  'conclude',
  'open',
  'rebase',
  'settle',
  'watch',
  'revert',
  'explain',
  'learn',
] as const;
export type StepName = (typeof stepNames)[number];

const isStopReason = (value: string): value is StopReason => value in stopReasons;

export const Incident = z.strictObject({
  /** Ten characters of Crockford's base 32; also part of the branch's name. */
  id: z.string().regex(/^[0-9a-hjkmnp-tv-z]{10}$/),
  repository: Repository,
  /** One open incident has it, see intake. */
  fingerprint: z.string(),
  /** Counts saves; a save on top of an older one is refused. */
  revision: z.number().int().nonnegative(),
  state: z.enum(['working', 'waiting', 'closed']),
  step: z.enum(stepNames),
  /** 1 is the first; `again` spends one. */
  attempt: z.number().int().positive(),
  /** Errors of the current step in a row. */
  failures: z.number().int().nonnegative(),
  waitsFor: z.enum(['rerun', 'sandbox', 'people', 'time']).nullable(),
  deadlineAt: z.iso.datetime().nullable(),
  stopReason: z.string().refine(isStopReason, 'unknown stop reason').nullable(),
  stopDetail: z.string().nullable(),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  caseFile: CaseFile,
  timeline: z.array(TimelineEntry),
});
export type Incident = z.infer<typeof Incident>;

export const fullName = (repository: Pick<Repository, 'owner' | 'name'>): string =>
  `${repository.owner}/${repository.name}`;
