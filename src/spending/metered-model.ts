// The model, the ledger and the limits → the model as one step has it: every question allowed, recorded, asked and priced; none paid twice.
import type { Policy } from '../config/policy.ts';
import { coded, type ErrorCode, SelfHealError } from '../errors.ts';
import type { ModelCall } from '../incident/case-file.ts';
import type { Incident } from '../incident/incident.ts';
import type { Answer, Inquiry, Ledger, MeteredModel, Question, Reply, Spending, World } from '../ports.ts';
import { limitsOf, refusal } from './budget.ts';
import { inquiryOf, kept } from './inquiry.ts';
import { ladderOf } from './ladder.ts';
import { costUsd, priceOf } from './prices.ts';

type Outside = Pick<World, 'now' | 'model' | 'ledger' | 'spending'>;

interface Run {
  signal: AbortSignal;
  onCall(call: ModelCall): void;
}

export function meteredModel(incident: Incident, outside: Outside, policy: Policy, run: Run): MeteredModel {
  const { ledger, spending } = outside;
  const { ladder, notAllowed } = ladderOf(policy, spending);
  const limits = limitsOf(policy, spending);
  // Said with the first answer of an incident, and not again with every other one.
  const unsaid = incident.caseFile.modelCalls.length === 0 ? notAllowed : [];

  async function paid(question: Question, inquiry: Inquiry): Promise<Answer> {
    const reserved = await ledger.reserve(inquiry, (spent) => refusal(spent, limits, inquiry.estimateUsd));
    if (reserved.kind === 'refused') throw new SelfHealError('budget-spent', reserved.why);
    const reply = await outside.model.ask(question, ladder, run.signal).catch(async (thrown: unknown) => {
      await settleError(ledger, reserved.id, inquiry, policy, thrown);
      throw thrown;
    });
    const call = callOf(inquiry, { ...reply, tried: [...unsaid.splice(0), ...reply.tried] }, spending);
    const answer = { text: reply.text, cutOff: reply.cutOff, call };
    const text = await kept(reply.text, policy);
    await ledger.settle(reserved.id, {
      outcome: 'answered',
      answer: { ...answer, text },
      // One text is stored, and it is redacted. A patch with `[redacted:…]` in it is not the one that was paid for, so
      // only a reply that redaction leaves as it is answers the same question again, when its step was killed.
      isWhole: text === reply.text,
    });
    return answer;
  }

  return {
    ask: async (question) => {
      const inquiry = await inquiryOf(incident, question, { policy, spending, ladder }, outside.now());
      const answer = (await ledger.answered(inquiry)) ?? (await paid(question, inquiry));
      run.onCall(answer.call);
      return answer;
    },
  };
}

/** Google bills what was answered, also when nobody can use it; what these say never came to an answer. */
const unbilled: ReadonlySet<string> = new Set<ErrorCode>([
  'model-unavailable',
  'model-rate-limited',
  'model-unauthorized',
  'model-refused',
]);

async function settleError(ledger: Ledger, id: number, inquiry: Inquiry, policy: Policy, thrown: unknown) {
  const { code, message } = coded(thrown);
  const paidUsd = unbilled.has(code) ? 0 : inquiry.estimateUsd;
  await ledger.settle(id, { outcome: code, costUsd: paidUsd, problem: await kept(message, policy) });
}

function callOf(inquiry: Inquiry, reply: Reply, spending: Spending): ModelCall {
  const { model, inputTokens, outputTokens, thinkingTokens, cachedTokens, latencyMs, tried } = reply;
  const usage = { inputTokens, outputTokens, thinkingTokens, cachedTokens };
  // Of a try that gave nothing usable nobody said what it used.
  const wasted = tried.filter(({ code }) => !unbilled.has(code)).length * inquiry.estimateUsd;
  return {
    step: inquiry.step,
    model,
    promptVersion: inquiry.promptVersion,
    ...usage,
    latencyMs,
    costUsd: costUsd(usage, priceOf(model, spending.prices)) + wasted,
    promptHash: inquiry.promptHash,
    sample: inquiry.sample,
    ...(tried.length > 0 ? { tried } : {}),
  };
}
