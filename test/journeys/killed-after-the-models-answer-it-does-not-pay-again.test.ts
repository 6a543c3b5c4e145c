import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { openStore, type Store } from '../../src/adapters/database/store.ts';
import type { Ledger, Question, World } from '../../src/ports.ts';
import { worker } from '../../src/worker.ts';
import { attempt, diagnosis, evidence, incident } from '../incident/sample.ts';
import { prepareDatabase } from '../prepared-database.ts';
import { replyOf, spending } from '../spending/outside.ts';
import { deskWith } from '../stages/desk.ts';

let dataDirectory: string;
let store: Store;
afterEach(async () => {
  await store.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

const log = pino({ level: 'silent' });
const papers = { evidence, diagnosis, patch: { attempts: [attempt] } };
const looking = incident({ revision: 0, step: 'critique' }, papers);

/** One step of the incident, by a process that stops at once when the ledger has the answer, or by one that lives. */
async function step(reply: string, end: 'killed' | 'lives'): Promise<Question[]> {
  const stopping = new AbortController();
  const asked: Question[] = [];
  const ledger: Ledger = {
    ...store.ledger,
    settle: async (...args) => {
      await store.ledger.settle(...args);
      if (end === 'killed') stopping.abort();
    },
  };
  const world: World = {
    now: () => new Date(),
    github: () => deskWith().desk.github,
    model: {
      ask: async (question) => {
        asked.push(question);
        return replyOf(reply);
      },
    },
    ledger,
    spending,
    memory: store,
  };
  await worker({ cabinet: store, world, stepTimeoutMs: 60_000, log })({ incidentId: looking.id }, stopping.signal);
  return asked;
}

it('killed after the answer of the model, it goes on with that answer and does not pay again', async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'self-heal-paid-once-'));
  await prepareDatabase(dataDirectory);
  store = await openStore({ dataDirectory, log });
  await store.receive({ id: 'd', event: 'workflow_run', at: new Date() }, looking);

  const objects = JSON.stringify({ verdict: 'object', objections: ['It mends the symptom.'] });
  const accepts = JSON.stringify({ verdict: 'accept', objections: [] });
  expect(await step(objects, 'killed')).toHaveLength(1);
  expect(await step(accepts, 'lives')).toEqual([]);

  const saved = await store.load(looking.id);
  const calls = await store.calls({ limit: 10 });
  expect(saved).toMatchObject({ revision: 1, attempt: 2, step: 'propose' });
  expect(saved?.timeline.at(-1)?.text).toContain('It mends the symptom.');
  expect(calls).toHaveLength(1);
  expect(saved?.caseFile.modelCalls).toEqual([calls[0]?.used]);
}, 30_000);
