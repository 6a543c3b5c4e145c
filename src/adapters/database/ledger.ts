// Questions to the model ↔ their rows: reserved within the budgets before they are asked, settled after, replayed after a kill.
import { and, eq, gt, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { ModelCall } from '../../incident/case-file.ts';
import type { Answer, Inquiry, Ledger, QuestionKey, Settlement, Spent } from '../../ports.ts';
import type { Database } from './connection.ts';
import type { Shelf } from './shelf.ts';
import type { Tables } from './tables.ts';

const textsKeptDays = 30;
export const dayMs = 24 * 3_600_000;
export const monthMs = 30 * dayMs;

export const Texts = z.strictObject({
  system: z.string(),
  prompt: z.string(),
  jsonSchema: z.string().optional(),
  soFar: z.string().optional(),
  reply: z.string().optional(),
  problem: z.string().optional(),
});
export type Texts = z.infer<typeof Texts>;

/** The answer of this very question, where it was kept word for word. */
export async function answered({ connection, tables }: Shelf, key: QuestionKey): Promise<Answer | undefined> {
  const { modelCall: table } = tables;
  const [row] = await connection.db
    .select()
    .from(table)
    .where(
      and(
        eq(table.incidentId, key.incidentId),
        eq(table.step, key.step),
        eq(table.attempt, key.attempt),
        eq(table.sample, key.sample),
        eq(table.promptHash, key.promptHash),
        eq(table.isWhole, true),
      ),
    )
    .limit(1);
  const texts = Texts.safeParse(row?.texts);
  const call = ModelCall.safeParse(row?.record);
  if (!row || texts.data?.reply === undefined || !call.success) return undefined;
  return { text: texts.data.reply, cutOff: row.cutOff, call: call.data };
}

export function reserve(
  { connection, tables }: Shelf,
  inquiry: Inquiry,
  refusal: (spent: Spent) => string | undefined,
): ReturnType<Ledger['reserve']> {
  return connection.transaction(async (tx) => {
    // One at a time within an installation: the widest budget, so that nobody spends what another one just reserved.
    const lock = `${tables.schemaName}.spending.${inquiry.installationId}`;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
    const why = refusal(await spent(tx, tables, inquiry));
    const [row] = await tx
      .insert(tables.modelCall)
      .values({
        ...columns(inquiry),
        ...(why === undefined
          ? { costUsd: inquiry.estimateUsd, texts: inquiry.asked }
          : { costUsd: 0, outcome: 'budget-spent', texts: { ...inquiry.asked, problem: why } }),
      })
      .returning({ id: tables.modelCall.id });
    if (!row) throw new SelfHealError('database-unavailable', 'the database kept no row of a question to the model');
    return why === undefined ? { kind: 'reserved', id: row.id } : { kind: 'refused', why };
  });
}

function columns(inquiry: Inquiry) {
  const { incidentId, installationId, step, attempt, sample, promptVersion, promptHash, model, askedAt } = inquiry;
  const repository = inquiry.repository.toLowerCase();
  return { incidentId, repository, installationId, step, attempt, sample, promptVersion, promptHash, model, askedAt };
}

async function spent(tx: Database, { modelCall: table }: Tables, inquiry: Inquiry): Promise<Spent> {
  const since = (ms: number) => new Date(inquiry.askedAt.getTime() - ms);
  const ofIncident = eq(table.incidentId, inquiry.incidentId);
  const ofMonth = and(eq(table.installationId, inquiry.installationId), gt(table.askedAt, since(monthMs)));
  const ofDay = and(ofMonth, eq(table.repository, inquiry.repository.toLowerCase()), gt(table.askedAt, since(dayMs)));
  const [row] = await tx
    .select({
      incidentUsd: cost(table, ofIncident),
      dayUsd: cost(table, ofDay),
      dayOldest: oldest(table, ofDay),
      monthUsd: cost(table, ofMonth),
      monthOldest: oldest(table, ofMonth),
    })
    .from(table)
    .where(or(ofIncident, ofMonth));
  const freesAt = (oldestAt: Date | null | undefined, ms: number) =>
    oldestAt ? new Date(oldestAt.getTime() + ms) : null;
  return {
    incidentUsd: row?.incidentUsd ?? 0,
    dayUsd: row?.dayUsd ?? 0,
    dayFreesAt: freesAt(row?.dayOldest, dayMs),
    monthUsd: row?.monthUsd ?? 0,
    monthFreesAt: freesAt(row?.monthOldest, monthMs),
  };
}

export const cost = (table: Tables['modelCall'], where: SQL | undefined): SQL<number> =>
  sql`coalesce(sum(${table.costUsd}) filter (where ${where ?? sql`true`}), 0)`.mapWith(Number);

const oldest = (table: Tables['modelCall'], where: SQL | undefined) =>
  sql<Date | null>`min(${table.askedAt}) filter (where ${where ?? sql`true`} and ${table.costUsd} > 0)`.mapWith(
    table.askedAt,
  );

export async function settle({ connection, tables }: Shelf, id: number, settlement: Settlement): Promise<void> {
  const { modelCall: table } = tables;
  await connection.transaction(async (tx) => {
    const [row] = await tx.select({ texts: table.texts }).from(table).where(eq(table.id, id)).for('update');
    const asked = Texts.safeParse(row?.texts).data;
    await tx.update(table).set(settled(settlement, asked)).where(eq(table.id, id));
  });
}

function settled(settlement: Settlement, asked: Texts | undefined) {
  if (settlement.outcome !== 'answered') {
    const { outcome, costUsd, problem } = settlement;
    return { outcome, costUsd, texts: asked ? { ...asked, problem } : null };
  }
  const { call, cutOff, text } = settlement.answer;
  return {
    outcome: 'answered',
    model: call.model,
    costUsd: call.costUsd ?? 0,
    cutOff,
    isWhole: settlement.isWhole,
    record: call,
    texts: asked ? { ...asked, reply: text } : null,
  };
}

/** What was asked and answered is nobody's business for ever; what it cost is. */
export async function dropOldTexts({ connection, tables }: Pick<Shelf, 'connection' | 'tables'>): Promise<void> {
  const { modelCall: table } = tables;
  await connection.db
    .update(table)
    .set({ texts: null })
    .where(and(isNotNull(table.texts), lt(table.askedAt, sql`now() - ${textsKeptDays} * interval '1 day'`)));
}
