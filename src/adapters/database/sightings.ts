// Sightings of a known failure → `seen` entries in the timeline, a bounded number, never lost to a step that runs meanwhile.
import { z } from 'zod';
import { noted, TimelineEntry } from '../../incident/timeline.ts';

const keptSightings = 20;

/** Adds one; of many the newest stay. */
export function withSighting(timeline: readonly TimelineEntry[], seen: TimelineEntry): TimelineEntry[] {
  return bounded(noted(timeline, seen));
}

/** What a step saves was read before it ran: sightings that came in while it ran are taken over from what is stored. */
export function withSightingsOf(stored: unknown, timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const parsed = z.array(TimelineEntry).safeParse(stored);
  const known = new Set(timeline.map((entry) => JSON.stringify(entry)));
  const missed = (parsed.data ?? []).filter((entry) => entry.kind === 'seen' && !known.has(JSON.stringify(entry)));
  if (missed.length === 0) return [...timeline];
  return bounded([...timeline, ...missed].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)));
}

function bounded(timeline: readonly TimelineEntry[]): TimelineEntry[] {
  const seen = timeline.filter(({ kind }) => kind === 'seen');
  const dropped = new Set(seen.slice(0, Math.max(0, seen.length - keptSightings)));
  return timeline.filter((entry) => !dropped.has(entry));
}
