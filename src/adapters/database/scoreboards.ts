// Scoreboards of repositories in shadow mode: begun by their first incident, due once a week, saved by revision.
import { and, asc, eq, gte, isNotNull, lte, notExists, sql } from 'drizzle-orm';
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import type { Incident } from '../../incident/incident.ts';
import { Repository } from '../../incident/repository.ts';
import { Scoreboard, scoreboardOf } from '../../incident/scoreboard.ts';
import type { Database } from './connection.ts';
import { allReadable, repositoryColumn } from './records.ts';
import type { Shelf } from './shelf.ts';

const mostIncidents = 200;
const inShadow = ({ incident }: Shelf['tables']) => sql`${incident.record} #> '{caseFile,shadow}' = 'true'::jsonb`;

/** One job for each that is due; says how many. */
export function dueScoreboards(shelf: Shelf, now: Date): Promise<number> {
  const { scoreboard: table } = shelf.tables;
  return shelf.connection.transaction(async (tx) => {
    await beginNew(shelf, tx);
    const due = await tx
      .select({ repository: table.repository })
      .from(table)
      .where(and(isNotNull(table.nextAt), lte(table.nextAt, now)));
    for (const { repository } of due) await shelf.jobs.errand(tx, { kind: 'scoreboard', repository, failures: 0 }, 0);
    return due.length;
  });
}

const First = z.object({ of: Repository, openedAt: z.date() });

/** Of repositories that have incidents of shadow mode and no scoreboard yet. */
async function beginNew(shelf: Shelf, tx: Database): Promise<void> {
  const { incident, scoreboard } = shelf.tables;
  const known = tx.select({ one: sql`1` }).from(scoreboard).where(eq(scoreboard.repository, incident.repository));
  const firsts = await tx
    .selectDistinctOn([incident.repository], {
      of: sql<unknown>`${incident.record} -> 'repository'`,
      openedAt: incident.openedAt,
    })
    .from(incident)
    .where(and(inShadow(shelf.tables), notExists(known)))
    .orderBy(incident.repository, asc(incident.openedAt));
  for (const first of firsts) {
    const { of, openedAt } = First.parse(first);
    const fresh = scoreboardOf(of, openedAt);
    await tx
      .insert(scoreboard)
      .values({ repository: repositoryColumn(of), ...columns(fresh) })
      .onConflictDoNothing();
  }
}

export async function loadScoreboard({ connection, tables }: Shelf, key: string): Promise<Scoreboard | undefined> {
  const { scoreboard: table } = tables;
  const [row] = await connection.db.select({ record: table.record }).from(table).where(eq(table.repository, key));
  if (!row) return undefined;
  const parsed = Scoreboard.safeParse(row.record);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new SelfHealError(
    'record-unreadable',
    `the scoreboard of ${key} in the database cannot be read: ${first?.path.join('.')}: ${first?.message}. Delete its row, and it is begun anew`,
    { cause: parsed.error },
  );
}

export async function saveScoreboard({ connection, tables }: Shelf, scoreboard: Scoreboard): Promise<boolean> {
  const { scoreboard: table } = tables;
  const saved = await connection.db
    .update(table)
    .set(columns(scoreboard))
    .where(
      and(eq(table.repository, repositoryColumn(scoreboard.repository)), eq(table.revision, scoreboard.revision - 1)),
    )
    .returning({ repository: table.repository });
  return saved.length > 0;
}

/** Oldest first. */
export async function shadowed({ connection, tables, log }: Shelf, key: string, since: Date): Promise<Incident[]> {
  const { incident: table } = tables;
  const rows = await connection.db
    .select({ id: table.id, record: table.record })
    .from(table)
    .where(and(eq(table.repository, key), eq(table.state, 'closed'), gte(table.closedAt, since), inShadow(tables)))
    .orderBy(asc(table.openedAt), asc(table.id))
    .limit(mostIncidents);
  return allReadable(rows, log);
}

const columns = (scoreboard: Scoreboard) => ({
  revision: scoreboard.revision,
  nextAt: scoreboard.nextAt === null ? null : new Date(scoreboard.nextAt),
  record: scoreboard,
});
