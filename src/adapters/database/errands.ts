// Errands ↔ their jobs: noted with the delivery that brings them; and the incidents that dry runs open.
import { and, eq, inArray, ne } from 'drizzle-orm';
import type { DryRunRequest } from '../../incident/dry-run.ts';
import { type Errand, errandKey } from '../../incident/errand.ts';
import type { Incident } from '../../incident/incident.ts';
import type { ProposedPolicy } from '../../incident/proposed-policy.ts';
import type { Database } from './connection.ts';
import { type Delivery, isNew, open } from './deliveries.ts';
import { errandQueue } from './jobs.ts';
import { columns, readable } from './records.ts';
import type { Shelf } from './shelf.ts';

export function dryRunAsked(shelf: Shelf, delivery: Delivery, request: DryRunRequest): Promise<boolean> {
  return noted(shelf, delivery, { kind: 'dry-run', request, failures: 0 });
}

export function policyProposed(shelf: Shelf, delivery: Delivery, request: ProposedPolicy): Promise<boolean> {
  return noted(shelf, delivery, { kind: 'policy-check', request, failures: 0 });
}

function noted(shelf: Shelf, delivery: Delivery, errand: Errand): Promise<boolean> {
  return shelf.connection.transaction(async (tx) => {
    if (!(await isNew(shelf, tx, delivery))) return false;
    await shelf.jobs.errand(tx, errand, 0);
    return true;
  });
}

export function openDryRun(shelf: Shelf, incident: Incident): Promise<Incident> {
  const { incident: table } = shelf.tables;
  const { repository, fingerprint } = columns(incident);
  return shelf.connection.transaction(async (tx) => {
    // The open one may close between the insert that it refused and the look at it.
    for (;;) {
      if (await open(shelf, tx, incident)) return incident;
      const [known] = await tx
        .select({ id: table.id, record: table.record })
        .from(table)
        .where(and(eq(table.repository, repository), eq(table.fingerprint, fingerprint), ne(table.state, 'closed')));
      if (known) return readable(known.id, known.record);
    }
  });
}

export function again(shelf: Shelf, errand: Errand, at: Date): Promise<void> {
  return shelf.connection.transaction(async (tx) => {
    if (errand.kind === 'policy-check' && (await isQueued(shelf, tx, errandKey(errand)))) return;
    await shelf.jobs.errand(tx, errand, Math.max(0, at.getTime() - shelf.now().getTime()));
  });
}

/** What came under its name meanwhile is about a newer commit: it is not overwritten with the older one. */
async function isQueued({ tables: { job } }: Shelf, tx: Database, key: string): Promise<boolean> {
  const [queued] = await tx
    .select({ id: job.id })
    .from(job)
    .where(and(eq(job.name, errandQueue), eq(job.incidentId, key), inArray(job.state, ['created', 'retry'])))
    .limit(1);
  return queued !== undefined;
}
