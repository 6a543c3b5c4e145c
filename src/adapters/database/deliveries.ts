// Webhook deliveries → incidents opened or woken, each delivery once, in one transaction with the job that follows.
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Incident } from '../../incident/incident.ts';
import type { Database } from './connection.ts';
import { allReadable, columns } from './records.ts';
import type { Shelf } from './shelf.ts';
import { withSighting } from './sightings.ts';
import { listenFor } from './wake-keys.ts';

export interface Delivery {
  id: string;
  event: string;
  at: Date;
  /** Of what was signed, which the id is not: the same again is no news under whatever id. */
  digest?: string;
}

export type Received = { kind: 'opened' | 'known'; incidentId: string } | { kind: 'delivered-before' };

export function receive(shelf: Shelf, delivery: Delivery, incident: Incident): Promise<Received> {
  return shelf.connection.transaction(async (tx) => {
    if (!(await isNew(shelf, tx, delivery))) return { kind: 'delivered-before' };
    // The open one may close between the insert that it refused and the look at it: then the insert has its chance again.
    for (;;) {
      if (await open(shelf, tx, incident)) return { kind: 'opened', incidentId: incident.id };
      const known = await noteSighting(shelf, tx, incident, delivery);
      if (known !== undefined) return { kind: 'known', incidentId: known };
    }
  });
}

export function wake(shelf: Shelf, delivery: Delivery, keys: readonly string[]): Promise<string[]> {
  const { wakeKey } = shelf.tables;
  return shelf.connection.transaction(async (tx) => {
    if (keys.length === 0) return [];
    const listening = await tx
      .selectDistinct({ id: wakeKey.incidentId })
      .from(wakeKey)
      .where(inArray(wakeKey.key, [...keys]))
      .orderBy(wakeKey.incidentId);
    // A delivery that wakes nobody may yet open an incident: whoever uses it notes it.
    if (listening.length === 0 || !(await isNew(shelf, tx, delivery))) return [];
    for (const { id } of listening) await shelf.jobs.wake(tx, id);
    return listening.map(({ id }) => id);
  });
}

export async function knownDeliveries({ connection, tables }: Shelf, ids: readonly string[]): Promise<Set<string>> {
  const { delivery } = tables;
  if (ids.length === 0) return new Set();
  const rows = await connection.db
    .select({ id: delivery.id })
    .from(delivery)
    .where(inArray(delivery.id, [...ids]));
  return new Set(rows.map(({ id }) => id));
}

export async function isNew({ tables }: Shelf, tx: Database, { id, event, at, digest }: Delivery): Promise<boolean> {
  const names = digest === undefined ? [id] : [id, `sha256:${digest}`];
  const inserted = await tx
    .insert(tables.delivery)
    .values(names.map((name) => ({ id: name, event, receivedAt: at })))
    .onConflictDoNothing()
    .returning({ id: tables.delivery.id });
  return inserted.length === names.length;
}

/** False when there is an open one of the same failure. */
export async function open(shelf: Shelf, tx: Database, incident: Incident): Promise<boolean> {
  const { incident: table } = shelf.tables;
  const opened = await tx
    .insert(table)
    .values({ id: incident.id, ...columns(incident) })
    .onConflictDoNothing({ target: [table.repository, table.fingerprint], where: sql`state <> 'closed'` })
    .returning({ id: table.id });
  if (opened.length === 0) return false;
  await listenFor(shelf, tx, incident);
  await shelf.jobs.next(tx, { incidentId: incident.id, revision: incident.revision, runAt: shelf.now() });
  return true;
}

/** Leaves the revision as it is: a sighting takes nothing away from the step that runs just now. */
async function noteSighting(shelf: Shelf, tx: Database, incident: Incident, delivery: Delivery) {
  const { incident: table } = shelf.tables;
  const { repository, fingerprint } = columns(incident);
  const [known] = await tx
    .select({ id: table.id, record: table.record })
    .from(table)
    .where(and(eq(table.repository, repository), eq(table.fingerprint, fingerprint), ne(table.state, 'closed')))
    .for('update');
  if (!known) return undefined;
  for (const record of allReadable([known], shelf.log)) {
    const text = `Seen again: delivery ${delivery.id} (${delivery.event}).`;
    const seen = { at: delivery.at.toISOString(), step: record.step, kind: 'seen', text } as const;
    const noted = { ...record, timeline: withSighting(record.timeline, seen) };
    await tx.update(table).set({ record: noted }).where(eq(table.id, known.id));
  }
  return known.id;
}
