// Incidents: read, begun, saved together with their next job, and listed.
import { and, desc, eq, isNull, ne, or, sql } from 'drizzle-orm';
import { Incident } from '../../incident/incident.ts';
import type { Move } from '../../incident/lifecycle.ts';
import { allReadable, columns, readable } from './records.ts';
import type { Shelf } from './shelf.ts';
import { withSightingsOf } from './sightings.ts';
import { restoredJson } from './stored-json.ts';
import { listenFor } from './wake-keys.ts';

export interface IncidentFilter {
  repository?: string;
  open?: boolean;
  limit: number;
}

const mostListed = 1_000;

export async function load({ connection, tables }: Shelf, id: string): Promise<Incident | undefined> {
  // Ids come from addresses of pages, too: what is none is not found, and never reaches the database.
  if (!Incident.shape.id.safeParse(id).success) return undefined;
  const { incident: table } = tables;
  const [row] = await connection.db.select({ record: table.record }).from(table).where(eq(table.id, id));
  return row && readable(id, row.record);
}

/** True when this revision's step was begun before, by a worker that did not come to its end. */
export async function begin({ connection, tables }: Shelf, id: string, revision: number): Promise<boolean> {
  const { incident: table } = tables;
  const begun = await connection.db
    .update(table)
    .set({ begunRevision: revision })
    .where(and(eq(table.id, id), or(isNull(table.begunRevision), ne(table.begunRevision, revision))))
    .returning({ id: table.id });
  return begun.length === 0;
}

export function save(shelf: Shelf, { incident, job }: Move): Promise<boolean> {
  const { incident: table } = shelf.tables;
  return shelf.connection.transaction(async (tx) => {
    const [stored] = await tx
      .select({ timeline: sql<unknown>`${table.record} -> 'timeline'` })
      .from(table)
      .where(and(eq(table.id, incident.id), eq(table.revision, incident.revision - 1)))
      .for('update');
    if (!stored) return false;
    const timeline = withSightingsOf(restoredJson(stored.timeline), incident.timeline);
    await tx
      .update(table)
      .set(columns({ ...incident, timeline }))
      .where(eq(table.id, incident.id));
    await listenFor(shelf, tx, incident);
    if (job) await shelf.jobs.next(tx, job);
    return true;
  });
}

export async function incidents({ connection, tables, log }: Shelf, filter: IncidentFilter): Promise<Incident[]> {
  const { incident: table } = tables;
  const { repository, open } = filter;
  const rows = await connection.db
    .select({ id: table.id, record: table.record })
    .from(table)
    .where(
      and(
        repository === undefined ? undefined : eq(table.repository, repository.toLowerCase().replaceAll('\0', '')),
        open === undefined ? undefined : open ? ne(table.state, 'closed') : eq(table.state, 'closed'),
      ),
    )
    .orderBy(desc(table.openedAt), desc(table.id))
    .limit(Math.max(0, Math.min(Math.trunc(filter.limit), mostListed)));
  return allReadable(rows, log);
}
