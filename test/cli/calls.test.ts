import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { openStore } from '../../src/adapters/database/store.ts';
import { commandLine } from '../../src/cli/command-line.ts';
import { defaultPolicy } from '../../src/config/policy.ts';
import { SelfHealError } from '../../src/errors.ts';
import type { Question, Reply } from '../../src/ports.ts';
import { meteredModel } from '../../src/spending/metered-model.ts';
import { incident } from '../incident/sample.ts';
import { prepareDatabase } from '../prepared-database.ts';
import { replyOf, spending } from '../spending/outside.ts';

const log = pino({ level: 'silent' });
let dataDirectory: string;
let out: string[];
let errors: string[];
const before = process.env.SELF_HEAL_DATA;

const question: Question = {
  purpose: 'diagnose',
  attempt: 1,
  promptVersion: 'diagnose-3',
  system: 'You find causes.',
  prompt: 'It fails.',
  jsonSchema: { type: 'object' },
};

/** Three calls: one answered after another model failed, one that failed, one that was killed. */
async function record(): Promise<void> {
  const store = await openStore({ dataDirectory, log });
  const answers: (Reply | Error | Promise<never>)[] = [
    replyOf('{"cause":\u001b[31m"\u202ered"}', { tried: [{ model: 'x', code: 'model-empty', detail: 'no text' }] }),
    new SelfHealError('model-blocked', 'SAFETY'),
    new Promise<never>(() => undefined),
  ];
  const model = meteredModel(
    incident({ step: 'diagnose' }),
    {
      now: () => new Date(),
      ledger: store.ledger,
      spending,
      model: {
        ask: async () => {
          const answer = answers.shift();
          if (answer === undefined || answer instanceof Error) throw answer;
          return answer;
        },
      },
    },
    defaultPolicy,
    { signal: new AbortController().signal, onCall: () => undefined },
  );
  await model.ask(question);
  await model.ask({ ...question, prompt: 'Again.' }).catch(() => undefined);
  void model.ask({ ...question, prompt: 'And again.', sample: 1 });
  while ((await store.calls({ limit: 9 })).length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  await store.close();
}

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'self-heal-calls-'));
  await prepareDatabase(dataDirectory);
  await record();
});
afterAll(async () => {
  if (before === undefined) delete process.env.SELF_HEAL_DATA;
  else process.env.SELF_HEAL_DATA = before;
  await rm(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
});
beforeEach(() => {
  [out, errors] = [[], []];
  process.env.SELF_HEAL_DATA = dataDirectory;
  jest.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  jest.spyOn(console, 'error').mockImplementation((text: string) => void errors.push(text));
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('self-heal calls', () => {
  it('lists every call with what it used and cost, and the totals next to the budgets', async () => {
    expect(await commandLine(['calls'])).toBe(0);
    const lines = (out[0] ?? '').split('\n');
    const cells = (line: string | undefined) => (line ?? '').split(/ {2,}/);
    expect(cells(lines[0])).toEqual([
      'N',
      'asked (UTC)',
      'incident',
      'step',
      'try',
      'model',
      'in',
      'cached',
      'out',
      'thought',
      'cost',
      'time',
    ]);
    expect(cells(lines[1])).toEqual(expect.arrayContaining(['3', '0a1b2c3d4e', 'diagnose', '1.1', 'no answer yet']));
    expect(cells(lines[2])).toEqual(expect.arrayContaining(['2', '0a1b2c3d4e', 'diagnose', '1', 'model-blocked']));
    const used = ['10,000', '4,000', '1,000', '2,000', '1.2 s', 'answered, after model-empty'];
    expect(cells(lines[3])).toEqual(expect.arrayContaining(used));
    expect(out[0]).toMatch(
      /Last 24 hours, at most 10\.0000 \$ each\n+repository +calls +cost\nacme\/pricing +3 +0\.\d{4} \$/,
    );
    expect(out[0]).toMatch(/Last 30 days, at most 100\.0000 \$ each\n+installation +calls +cost\n5 +3 +0\.\d{4} \$/);
  });

  it('shows one with its texts, and nothing that steers a terminal', async () => {
    expect(await commandLine(['calls', '--show', '1'])).toBe(0);
    expect(out[0]).toContain('tokens   10,000 in (4,000 cached), 1,000 out, 2,000 thought');
    expect(out[0]).toContain('tried    x: model-empty: no text');
    expect(out[0]).toMatch(/── system ─+\nYou find causes\.\n\n── prompt ─+\nIt fails\.\n/);
    expect(out[0]).toMatch(/── schema of the reply ─+\n\{"type":"object"\}\n\n── reply ─+\n\{"cause":"red"\}$/);
  });

  it('gives all of it as JSON, of one incident on demand', async () => {
    expect(await commandLine(['calls', '0a1b2c3d4e', '--json'])).toBe(0);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      calls: [{ id: 3, outcome: null }, { id: 2 }, { id: 1, used: { inputTokens: 10_000 } }],
      budgets: { incidentUsd: 1, dayUsd: 10, monthUsd: 100 },
    });
  });

  it.each([
    [['nonsense'], 'is no incident'],
    [['0a1b2c3d4e', '0a1b2c3d4f'], 'One incident at a time'],
    [['--show', 'x'], 'number of a call'],
    [['--show', '1', '0a1b2c3d4e'], '--show goes without an incident'],
    [['--shwo'], '--shwo'],
    [['--show', '99'], 'There is no call 99'],
  ])('refuses %j, and says what it takes', async (args, says) => {
    expect(await commandLine(['calls', ...args])).toBe(2);
    expect(errors.join()).toContain(says);
  });

  it('makes no database where there is none', async () => {
    process.env.SELF_HEAL_DATA = join(dataDirectory, 'nothing');
    expect(await commandLine(['calls'])).toBe(2);
    expect(errors.join()).toContain('There is no database in');
    expect(await readdir(dataDirectory)).toEqual(['database']);
  });

  it('says who holds the embedded database', async () => {
    const store = await openStore({ dataDirectory, log });
    expect(await commandLine(['calls'])).toBe(1);
    expect(errors.join()).toContain(`process ${process.pid}`);
    await store.close();
  });
});
