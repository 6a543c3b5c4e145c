// An incident → the rows that say which outside things wake it, kept in step with every save.
import { and, eq, notInArray } from 'drizzle-orm';
import type { Incident } from '../../incident/incident.ts';
import { wakeKeys } from '../../incident/wake-keys.ts';
import type { Database } from './connection.ts';
import type { Shelf } from './shelf.ts';

export async function listenFor({ tables }: Shelf, tx: Database, incident: Incident): Promise<void> {
  const { wakeKey } = tables;
  const keys = incident.state === 'closed' ? [] : [...new Set(wakeKeys(incident))];
  const isOurs = eq(wakeKey.incidentId, incident.id);
  await tx.delete(wakeKey).where(keys.length > 0 ? and(isOurs, notInArray(wakeKey.key, keys)) : isOurs);
  if (keys.length === 0) return;
  await tx
    .insert(wakeKey)
    .values(keys.map((key) => ({ key, incidentId: incident.id })))
    .onConflictDoNothing();
}
