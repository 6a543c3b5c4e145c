// The ledger's rows → recorded calls for people, and what they come to.
import { desc, eq, gt, sql } from 'drizzle-orm';
import { ModelCall } from '../../incident/case-file.ts';
import { cost, dayMs, monthMs, Texts } from './ledger.ts';
import type { Shelf } from './shelf.ts';
import type { Tables } from './tables.ts';

export interface RecordedCall {
  id: number;
  askedAt: Date;
  incidentId: string;
  repository: string;
  installationId: number;
  step: string;
  attempt: number;
  sample: number;
  model: string;
  promptVersion: string;
  promptHash: string;
  /** `answered`, an error's code, or null while it is under way or when its process was killed. */
  outcome: string | null;
  /** An estimate while the outcome is open. */
  costUsd: number;
  /** What it used, where it was answered. */
  used: ModelCall | null;
}

export interface Totals {
  repositories: { repository: string; calls: number; usd: number }[];
  installations: { installationId: number; calls: number; usd: number }[];
}

const mostListed = 1_000;

/** Newest first. */
export async function calls(
  { connection, tables }: Shelf,
  { incidentId, limit }: { incidentId?: string; limit: number },
): Promise<RecordedCall[]> {
  const { modelCall: table } = tables;
  const rows = await connection.db
    .select(columnsOf(table))
    .from(table)
    .where(incidentId === undefined ? undefined : eq(table.incidentId, incidentId.replaceAll('\0', '')))
    .orderBy(desc(table.id))
    .limit(Math.max(0, Math.min(Math.trunc(limit), mostListed)));
  return rows.map(recorded);
}

export async function call(
  { connection, tables }: Shelf,
  id: number,
): Promise<(RecordedCall & { texts: Texts | null }) | undefined> {
  const { modelCall: table } = tables;
  const [row] = await connection.db
    .select({ ...columnsOf(table), texts: table.texts })
    .from(table)
    .where(eq(table.id, id));
  return row && { ...recorded(row), texts: Texts.safeParse(row.texts).data ?? null };
}

export async function totals({ connection, tables }: Shelf, now: Date): Promise<Totals> {
  const { modelCall: table } = tables;
  const since = (ms: number) => gt(table.askedAt, new Date(now.getTime() - ms));
  const sums = { calls: sql`count(*)`.mapWith(Number), usd: cost(table, undefined) };
  const repositories = await connection.db
    .select({ repository: table.repository, ...sums })
    .from(table)
    .where(since(dayMs))
    .groupBy(table.repository)
    .orderBy(table.repository);
  const installations = await connection.db
    .select({ installationId: table.installationId, ...sums })
    .from(table)
    .where(since(monthMs))
    .groupBy(table.installationId)
    .orderBy(table.installationId);
  return { repositories, installations };
}

const columnsOf = (table: Tables['modelCall']) => ({
  id: table.id,
  askedAt: table.askedAt,
  incidentId: table.incidentId,
  repository: table.repository,
  installationId: table.installationId,
  step: table.step,
  attempt: table.attempt,
  sample: table.sample,
  model: table.model,
  promptVersion: table.promptVersion,
  promptHash: table.promptHash,
  outcome: table.outcome,
  costUsd: table.costUsd,
  record: table.record,
});

function recorded<Row extends Omit<RecordedCall, 'used'> & { record: unknown }>({ record, ...row }: Row) {
  return { ...row, used: ModelCall.safeParse(record).data ?? null };
}
