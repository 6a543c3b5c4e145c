// What happened to an incident, in the order it happened, in words a maintainer reads.
import { z } from 'zod';

export const TimelineEntry = z.strictObject({
  at: z.iso.datetime(),
  step: z.string(),
  /** `did`: a step ended well. `waits`, `again`, `back`, `stopped`, `error`, `undo`, `seen`: as the words say. */
  kind: z.enum(['opened', 'did', 'waits', 'again', 'back', 'undo', 'stopped', 'error', 'seen', 'closed']),
  text: z.string(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

const keptEntries = 200;

/** Adds an entry; a bounded list, the first entry is never lost. */
export function noted(timeline: readonly TimelineEntry[], entry: TimelineEntry): TimelineEntry[] {
  const text = entry.text.length > 1_000 ? `${entry.text.slice(0, 999).toWellFormed()}…` : entry.text;
  const all = [...timeline, { ...entry, text }];
  const first = all[0];
  return all.length <= keptEntries || !first ? all : [first, ...all.slice(all.length - keptEntries + 1)];
}
