// The ledger of the model's calls on every database: reserved within the budget, settled, answered again after a kill, forgotten in part.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import { openEmbedded } from '../../../src/adapters/database/embedded.ts';
import { dropOldTexts } from '../../../src/adapters/database/ledger.ts';
import { openStore, type Store } from '../../../src/adapters/database/store.ts';
import { tablesIn } from '../../../src/adapters/database/tables.ts';
import type { Answer, Inquiry, Settlement, Spent } from '../../../src/ports.ts';
import { prepareDatabase } from '../../prepared-database.ts';
import { type Place, places } from './places.ts';
import { freshId } from './sample-incident.ts';

let installations = 7_000_000_000;

function inquiryWith(changes: Partial<Inquiry> = {}): Inquiry {
  installations += 1;
  const id = freshId();
  return {
    incidentId: id,
    repository: `Acme/shop-${id}`,
    installationId: installations,
    step: 'propose',
    attempt: 1,
    sample: 0,
    promptVersion: 'propose-3',
    promptHash: 'a'.repeat(64),
    model: 'gemini-flash-latest',
    estimateUsd: 0.1,
    askedAt: new Date(),
    asked: { system: 'You mend code.', prompt: 'It fails.' },
    ...changes,
  };
}

const answerOf = (text: string, costUsd = 0.03): Answer => ({
  text,
  cutOff: true,
  call: {
    step: 'propose',
    model: 'gemini-pro-latest',
    promptVersion: 'propose-3',
    inputTokens: 10,
    outputTokens: 20,
    thinkingTokens: 30,
    cachedTokens: 5,
    latencyMs: 1_234,
    costUsd,
    promptHash: 'a'.repeat(64),
    sample: 0,
    tried: [{ model: 'gemini-flash-latest', code: 'model-blocked', detail: 'SAFETY' }],
  },
});

const answered = (answer: Answer, isWhole = true): Settlement => ({ outcome: 'answered', answer, isWhole });

describe.each(places)('the ledger on $kind', ({ newPlace }) => {
  let place: Place;
  let store: Store;
  beforeAll(async () => {
    place = await newPlace();
    store = await place.open();
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });

  const reserved = async (inquiry: Inquiry): Promise<number> => {
    const reservation = await store.ledger.reserve(inquiry, () => undefined);
    if (reservation.kind === 'refused') throw new Error(reservation.why);
    return reservation.id;
  };
  const spentBefore = async (inquiry: Inquiry): Promise<Spent | undefined> => {
    let seen: Spent | undefined;
    await store.ledger.reserve(inquiry, (spent) => {
      seen = spent;
      return 'only looking';
    });
    return seen;
  };

  it('gives an answer again, to the very same question only, as it came', async () => {
    const inquiry = inquiryWith();
    // PostgreSQL refuses these; replies may hold them.
    const answer = answerOf('a NUL \0, half a pair \ud800, \u200b nothing, \ue000 private');
    const id = await reserved(inquiry);
    expect(await store.ledger.answered(inquiry)).toBeUndefined();
    await store.ledger.settle(id, answered(answer));
    expect(await store.ledger.answered(inquiry)).toEqual(answer);
    for (const other of [
      { incidentId: freshId() },
      { step: 'critique' },
      { attempt: 2 },
      { sample: 1 },
      { promptHash: 'b'.repeat(64) },
    ])
      expect(await store.ledger.answered({ ...inquiry, ...other })).toBeUndefined();
  });

  it('gives no answer that was redacted or cut, and none of a question that failed', async () => {
    const inquiry = inquiryWith();
    await store.ledger.settle(await reserved(inquiry), answered(answerOf('[redacted:x]'), false));
    const failure = { outcome: 'model-blocked', costUsd: 0, problem: 'SAFETY' } as const;
    await store.ledger.settle(await reserved(inquiry), failure);
    expect(await store.ledger.answered(inquiry)).toBeUndefined();
  });

  it('counts a reservation as spent until the real cost is known', async () => {
    const inquiry = inquiryWith();
    const id = await reserved(inquiry);
    expect(await spentBefore(inquiry)).toMatchObject({ incidentUsd: 0.1, dayUsd: 0.1, monthUsd: 0.1 });
    await store.ledger.settle(id, answered(answerOf('', 0.03)));
    expect(await spentBefore(inquiry)).toMatchObject({ incidentUsd: 0.03, dayUsd: 0.03, monthUsd: 0.03 });
  });

  it('counts by incident for ever, by repository for a day, by installation for thirty', async () => {
    const inquiry = inquiryWith({ estimateUsd: 1 });
    const { installationId, repository, incidentId, askedAt } = inquiry;
    const ago = (hours: number) => new Date(askedAt.getTime() - hours * 3_600_000);
    const others: Partial<Inquiry>[] = [
      { incidentId, askedAt: ago(40 * 24) },
      { askedAt: ago(25) },
      { askedAt: ago(23), repository: repository.toUpperCase() },
      { askedAt: ago(22), repository: 'Acme/another' },
      { askedAt: ago(31 * 24) },
      { installationId: installationId + 1_000_000, repository: 'Other/shop' },
    ];
    for (const other of others) await reserved(inquiryWith({ installationId, repository, estimateUsd: 1, ...other }));
    expect(await spentBefore(inquiry)).toEqual({
      incidentUsd: 1,
      dayUsd: 1,
      dayFreesAt: ago(-1),
      monthUsd: 3,
      monthFreesAt: ago(25 - 30 * 24),
    });
  });

  it('lets two who ask at the same time not spend the same rest', async () => {
    const inquiry = inquiryWith();
    const limit = (spent: Spent) => (spent.monthUsd + 0.1 > 0.35 ? 'spent' : undefined);
    const asked = Array.from({ length: 8 }, () => store.ledger.reserve({ ...inquiry, incidentId: freshId() }, limit));
    const kinds = (await Promise.all(asked)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'reserved')).toHaveLength(3);
  });

  it('lists calls with what they used, and shows one with its texts', async () => {
    const inquiry = inquiryWith();
    const { incidentId, installationId } = inquiry;
    await store.ledger.settle(await reserved(inquiry), answered(answerOf('the reply')));
    await store.ledger.reserve(inquiry, () => 'the budget is spent');
    const id = await reserved(inquiry);
    const calls = await store.calls({ incidentId, limit: 10 });
    expect(calls).toMatchObject([
      { id, outcome: null, costUsd: 0.1, used: null },
      { outcome: 'budget-spent', costUsd: 0, used: null },
      { outcome: 'answered', costUsd: 0.03, model: 'gemini-pro-latest', used: answerOf('').call },
    ]);
    expect(await store.calls({ incidentId, limit: 1 })).toHaveLength(1);
    expect(await store.call(calls[2]?.id ?? 0)).toMatchObject({
      incidentId,
      texts: { system: 'You mend code.', prompt: 'It fails.', reply: 'the reply' },
    });
    expect(await store.call(calls[1]?.id ?? 0)).toMatchObject({ texts: { problem: 'the budget is spent' } });
    expect(await store.call(2 ** 40)).toBeUndefined();
    const totals = await store.totals();
    expect(totals.repositories).toContainEqual({
      repository: inquiry.repository.toLowerCase(),
      calls: 3,
      usd: expect.closeTo(0.13, 10),
    });
    expect(totals.installations).toContainEqual({ installationId, calls: 3, usd: expect.closeTo(0.13, 10) });
  });
});

describe('the texts of a call', () => {
  it('are dropped after thirty days, what it cost is not; in a database of an earlier version, too', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'self-heal-ledger-'));
    await prepareDatabase(dataDirectory);
    const log = pino({ level: 'silent' });
    const [old, young] = [inquiryWith(), inquiryWith()];
    // As a version without the ledger left it.
    const earlier = await openEmbedded(dataDirectory);
    await earlier.db.execute(sql`drop table self_heal.model_call, self_heal.setup, self_heal.scoreboard`);
    await earlier.db.execute(sql`drop index self_heal.incident_in_shadow`);
    await earlier.db.execute(sql`delete from self_heal.migration where version >= 2`);
    await earlier.close();
    const before = await openStore({ dataDirectory, log });
    for (const inquiry of [old, young]) {
      const reservation = await before.ledger.reserve(inquiry, () => undefined);
      if (reservation.kind === 'reserved') await before.ledger.settle(reservation.id, answered(answerOf('reply')));
    }
    await before.close();
    const connection = await openEmbedded(dataDirectory);
    const age = sql`update self_heal.model_call set asked_at = now() - interval '31 days' where incident_id = ${old.incidentId}`;
    await connection.db.execute(age);
    await dropOldTexts({ connection, tables: tablesIn('self_heal') });
    await connection.close();
    const after = await openStore({ dataDirectory, log });
    expect(await after.ledger.answered(old)).toBeUndefined();
    expect(await after.ledger.answered(young)).toMatchObject({ text: 'reply' });
    const [call] = await after.calls({ incidentId: old.incidentId, limit: 1 });
    expect(call).toMatchObject({ costUsd: 0.03, outcome: 'answered', used: { outputTokens: 20 } });
    expect(await after.call(call?.id ?? 0)).toMatchObject({ texts: null });
    await after.close();
    await rm(dataDirectory, { recursive: true, force: true });
  });
});
