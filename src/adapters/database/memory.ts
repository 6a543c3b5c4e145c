// What was tried and learnt ↔ its rows: what the steps ask their Memory.
import { and, arrayOverlaps, asc, desc, eq, gte, ne } from 'drizzle-orm';
import { z } from 'zod';
import type { CaseFile } from '../../incident/case-file.ts';
import type { Incident, Repository } from '../../incident/incident.ts';
import type { Lesson, Memory } from '../../ports.ts';
import { allReadable, repositoryColumn } from './records.ts';
import type { Shelf } from './shelf.ts';

const StoredLesson = z.strictObject({
  incidentId: z.string(),
  repository: z.string(),
  fingerprints: z.array(z.string()),
  outcome: z.string(),
  rootCause: z.string(),
  files: z.array(z.string()),
  closedAt: z.coerce.date(),
});

const mostTwins = 10;
const mostEarlier = 50;
const mostSightings = 200;
const mostLessons = 50;

/** The oldest, should there be several. */
export async function openTwin(
  { connection, tables, log }: Shelf,
  incident: Incident,
  failureFingerprints: readonly string[],
) {
  const { incident: table } = tables;
  const rows = await connection.db
    .select({ id: table.id, record: table.record })
    .from(table)
    .where(
      and(
        eq(table.repository, repositoryColumn(incident.repository)),
        arrayOverlaps(table.failureFingerprints, [...failureFingerprints]),
        ne(table.state, 'closed'),
        ne(table.id, incident.id),
      ),
    )
    .orderBy(asc(table.openedAt), asc(table.id))
    .limit(mostTwins);
  return allReadable(rows, log)[0];
}

export async function earlier(
  { connection, tables }: Shelf,
  repository: Repository,
  failureFingerprints: readonly string[],
  since: Date,
): ReturnType<Memory['earlier']> {
  const { incident: table } = tables;
  const rows = await connection.db
    .select({ id: table.id, stopReason: table.stopReason, baseSha: table.baseSha, closedAt: table.closedAt })
    .from(table)
    .where(
      and(
        eq(table.repository, repositoryColumn(repository)),
        arrayOverlaps(table.failureFingerprints, [...failureFingerprints]),
        eq(table.state, 'closed'),
        gte(table.closedAt, since),
      ),
    )
    .orderBy(desc(table.closedAt), desc(table.id))
    .limit(mostEarlier);
  return rows.flatMap(({ id, stopReason, baseSha, closedAt }) =>
    stopReason && baseSha && closedAt ? [{ id, stopReason, baseSha, closedAt }] : [],
  );
}

export async function sightings(
  { connection, tables, log }: Shelf,
  incidentId: string,
  since: Date,
): Promise<CaseFile[]> {
  const { incident: table } = tables;
  const rows = await connection.db
    .select({ id: table.id, record: table.record })
    .from(table)
    .where(and(eq(table.duplicateOf, incidentId), eq(table.state, 'closed'), gte(table.openedAt, since)))
    .orderBy(asc(table.openedAt), asc(table.id))
    .limit(mostSightings);
  return allReadable(rows, log).map(({ caseFile }) => caseFile);
}

export async function lessons(
  { connection, tables, log }: Shelf,
  repository: Repository,
  failureFingerprints: readonly string[],
  limit: number,
): Promise<Lesson[]> {
  const { lesson: table } = tables;
  const rows = await connection.db
    .select({ id: table.incidentId, record: table.record })
    .from(table)
    // A failure's fingerprint holds its repository's name: nothing of another owner's code can come up here.
    .where(eq(table.repository, repositoryColumn(repository)))
    .orderBy(
      desc(arrayOverlaps(table.fingerprints, [...failureFingerprints])),
      desc(table.closedAt),
      desc(table.incidentId),
    )
    .limit(Math.max(0, Math.min(Math.trunc(limit), mostLessons)));
  return rows.flatMap(({ id, record }) => {
    const parsed = StoredLesson.safeParse(record);
    if (parsed.success) return [parsed.data];
    log.error({ err: parsed.error, incident: id }, 'a lesson cannot be read and is left out');
    return [];
  });
}

export async function remember({ connection, tables }: Shelf, lesson: Lesson): Promise<void> {
  const { incidentId, repository, fingerprints, closedAt } = lesson;
  const values = { repository: repository.toLowerCase(), fingerprints, closedAt, record: lesson };
  await connection.db
    .insert(tables.lesson)
    .values({ incidentId, ...values })
    .onConflictDoUpdate({ target: tables.lesson.incidentId, set: values });
}
