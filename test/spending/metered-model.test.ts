import { describe, expect, it } from '@jest/globals';
import { defaultPolicy, type Policy } from '../../src/config/policy.ts';
import { SelfHealError } from '../../src/errors.ts';
import type { ModelCall } from '../../src/incident/case-file.ts';
import type { Ledger, Question, Reply } from '../../src/ports.ts';
import { meteredModel } from '../../src/spending/metered-model.ts';
import { incident } from '../incident/sample.ts';
import { now } from '../stages/desk.ts';
import { ledgerIn, nothingSpent, replyOf, spending } from './outside.ts';

const question: Question = {
  purpose: 'propose',
  attempt: 1,
  promptVersion: 'propose-3',
  system: 'You mend code.',
  prompt: 'The test fails.',
};
const secret = `ghp_${'a1B2'.repeat(9)}`;

interface Options {
  policy?: Partial<Policy>;
  ledger?: Ledger;
  calls?: ModelCall[];
}

/** A metered model whose model answers as told. */
function metered(answer: Reply | Error, { policy = {}, ledger = ledgerIn(), calls = [] }: Options = {}) {
  const asked: { question: Question; ladder: readonly string[] }[] = [];
  const noted: ModelCall[] = [];
  const model = meteredModel(
    incident({ step: 'propose' }, { modelCalls: calls }),
    {
      now: () => now,
      ledger,
      spending,
      model: {
        ask: async (one, ladder) => {
          asked.push({ question: one, ladder });
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
    },
    { ...defaultPolicy, ...policy },
    { signal: new AbortController().signal, onCall: (call) => noted.push(call) },
  );
  return { model, asked, noted };
}

describe('a question to the model', () => {
  it('is on the books before it is asked, and priced when it is answered', async () => {
    const ledger = ledgerIn();
    const { model, noted } = metered(replyOf('the reply'), { ledger });
    const { text, cutOff, call } = await model.ask(question);
    expect({ text, cutOff }).toEqual({ text: 'the reply', cutOff: false });
    // 6,000 × 1.50 $ + 4,000 × 0.15 $ + 3,000 × 9 $, a million.
    expect(call).toMatchObject({ step: 'propose', sample: 0, costUsd: expect.closeTo(0.0366, 10) });
    expect(call.promptHash).toMatch(/^[0-9a-f]{64}$/);
    expect(noted).toEqual([call]);
    expect(ledger.inquiries).toMatchObject([
      { incidentId: incident().id, step: 'propose', attempt: 1, promptHash: call.promptHash, askedAt: now },
    ]);
    expect(ledger.inquiries[0]?.estimateUsd).toBeGreaterThan(0.036);
    expect(ledger.settlements).toMatchObject([{ outcome: 'answered', isWhole: true, answer: { text: 'the reply' } }]);
  });

  it('is another one with other words, another schema or another beginning of the reply', async () => {
    const hashes = new Set<string | undefined>();
    for (const changes of [{}, { prompt: 'x' }, { system: 'x' }, { jsonSchema: { type: 'object' } }, { soFar: 'x' }]) {
      const { call } = await metered(replyOf('')).model.ask({ ...question, ...changes });
      hashes.add(call.promptHash);
    }
    expect(hashes.size).toBe(5);
  });

  it('is not asked when the budget is spent', async () => {
    const ledger = ledgerIn({ ...nothingSpent, incidentUsd: 0.99 });
    const { model, asked } = metered(replyOf(''), { ledger });
    await expect(model.ask(question)).rejects.toMatchObject({
      code: 'budget-spent',
      message: expect.stringContaining('0.99 $ of the 1.00 $'),
    });
    expect(asked).toEqual([]);
  });

  it('that was answered before is not asked again', async () => {
    const first = await metered(replyOf('once')).model.ask(question);
    const ledger = { ...ledgerIn({ ...nothingSpent, incidentUsd: 99 }), answered: async () => first };
    const { model, asked, noted } = metered(replyOf('twice'), { ledger });
    expect(await model.ask(question)).toEqual(first);
    expect(asked).toEqual([]);
    expect(noted).toEqual([first.call]);
  });

  it.each([
    ['model-unavailable', 0],
    ['model-rate-limited', 0],
    ['model-unauthorized', 0],
    ['model-refused', 0],
    ['model-blocked', 'the estimate'],
    ['model-cut-off', 'the estimate'],
    ['step-timed-out', 'the estimate'],
  ] as const)('that ends in %s costs %s', async (code, cost) => {
    const ledger = ledgerIn();
    const failing = metered(new SelfHealError(code, `no: ${secret}`), { ledger }).model.ask(question);
    await expect(failing).rejects.toMatchObject({ code });
    const costUsd = cost === 0 ? 0 : ledger.inquiries[0]?.estimateUsd;
    expect(ledger.settlements).toEqual([{ outcome: code, costUsd, problem: 'no: [redacted:github-token]' }]);
  });

  it('that another model had spoilt before costs that, too', async () => {
    const tried = [
      { model: 'gemini-flash-latest', code: 'model-blocked' as const, detail: 'SAFETY' },
      { model: 'gemini-flash-latest', code: 'model-unavailable' as const, detail: 'breaker' },
    ];
    const plain = await metered(replyOf('')).model.ask(question);
    const ledger = ledgerIn();
    const { call } = await metered(replyOf('', { tried }), { ledger }).model.ask(question);
    expect(call.tried).toEqual(tried);
    expect(call.costUsd).toBeCloseTo((plain.call.costUsd ?? 0) + (ledger.inquiries[0]?.estimateUsd ?? 0), 10);
  });
});

describe('what the ledger keeps', () => {
  it('holds no secret, also where the reply is needed as it is', async () => {
    const ledger = ledgerIn();
    const { model } = metered(replyOf(`TOKEN = "${secret}"`), { ledger });
    const asked = { ...question, prompt: `token ${secret}`, system: secret, soFar: `more ${secret}` };
    expect((await model.ask(asked)).text).toContain(secret);
    expect(JSON.stringify([ledger.inquiries, ledger.settlements])).not.toContain(secret);
    // What is kept is not what came: it answers nobody else.
    expect(ledger.settlements).toMatchObject([{ isWhole: false }]);
  });

  it('holds no e-mail address where the policy says so', async () => {
    const ledger = ledgerIn();
    const { model } = metered(replyOf('ask ada@example.org'), { ledger, policy: { 'redact-emails': true } });
    await model.ask({ ...question, prompt: 'by bob@example.org' });
    expect(JSON.stringify([ledger.inquiries, ledger.settlements])).not.toContain('@example.org');
  });

  it('has a bound, and no half of a secret at its end', async () => {
    const ledger = ledgerIn();
    const prompt = `${'word '.repeat(79_998)}${secret} ${'word '.repeat(100)}`;
    await metered(replyOf(''), { ledger }).model.ask({ ...question, prompt });
    const stored = ledger.inquiries[0]?.asked.prompt ?? '';
    expect(stored.length).toBeLessThanOrEqual(400_001);
    expect(stored).not.toContain('ghp_');
  });
});

describe('the models that are asked', () => {
  it('are the operator’s, where the repository names none', async () => {
    const { model, asked } = metered(replyOf(''));
    await model.ask(question);
    expect(asked[0]?.ladder).toEqual(spending.ladder);
  });

  it('are the repository’s, as far as the operator allows, and the estimate is theirs', async () => {
    const ledger = ledgerIn();
    const policy = { models: ['gemini-pro-latest', 'their-own', 'gemini-flash-latest'] };
    const { model, asked } = metered(replyOf(''), { policy, ledger });
    const { call } = await model.ask(question);
    expect(asked[0]?.ladder).toEqual(['gemini-pro-latest', 'gemini-flash-latest']);
    expect(ledger.inquiries).toMatchObject([{ model: 'gemini-pro-latest' }]);
    expect(call.tried).toMatchObject([{ model: 'their-own', code: 'model-refused' }]);
  });

  it('that are not allowed are told once, not with every answer, and cost nothing', async () => {
    const policy = { models: ['their-own'] };
    const { model, asked } = metered(replyOf(''), { policy });
    const first = await model.ask(question);
    const second = await model.ask({ ...question, prompt: 'more' });
    expect(asked[0]?.ladder).toEqual(spending.ladder);
    expect(first.call.tried).toHaveLength(1);
    expect(second.call.tried).toBeUndefined();
    expect(first.call.costUsd).toBe(second.call.costUsd);
    const later = await metered(replyOf(''), { policy, calls: [first.call] }).model.ask(question);
    expect(later.call.tried).toBeUndefined();
  });
});
