// A step's question → what the ledger has to know before it is asked: which question it is, what it will cost, its redacted texts.
import { createHash } from 'node:crypto';
import type { Policy } from '../config/policy.ts';
import { fullName, type Incident } from '../incident/incident.ts';
import type { Inquiry, Question, Spending } from '../ports.ts';
import { redact } from '../text/redact.ts';
import { estimatedTokens } from '../text/tokens.ts';
import { rungOf } from './ladder.ts';
import { costUsd, priceOf } from './prices.ts';

/** Thoughts included. A reply that is longer goes over the budget by what it is longer. */
const typicalReplyTokens = 4_000;
const longestText = 400_000;

export async function inquiryOf(
  incident: Incident,
  question: Question,
  { policy, spending, ladder }: { policy: Policy; spending: Spending; ladder: readonly string[] },
  askedAt: Date,
): Promise<Inquiry> {
  const { system, prompt, soFar } = question;
  const jsonSchema = question.jsonSchema ? JSON.stringify(question.jsonSchema) : undefined;
  const texts = [system, prompt, jsonSchema ?? '', soFar ?? ''];
  const model = rungOf(ladder, question.attempt);
  const usage = {
    inputTokens: texts.reduce((sum, text) => sum + estimatedTokens(text), 0),
    cachedTokens: 0,
    outputTokens: typicalReplyTokens,
    thinkingTokens: 0,
  };
  return {
    incidentId: incident.id,
    repository: fullName(incident.repository),
    installationId: incident.repository.installationId,
    step: incident.step,
    attempt: question.attempt,
    sample: question.sample ?? 0,
    promptVersion: question.promptVersion,
    promptHash: createHash('sha256').update(JSON.stringify(texts)).digest('hex'),
    model,
    estimateUsd: costUsd(usage, priceOf(model, spending.prices)),
    askedAt,
    asked: {
      system: await kept(system, policy),
      prompt: await kept(prompt, policy),
      ...(jsonSchema === undefined ? {} : { jsonSchema }),
      ...(soFar === undefined ? {} : { soFar: await kept(soFar, policy) }),
    },
  };
}

/** As the ledger keeps it: redacted as a whole first, so that the cut leaves no half of a secret. */
export async function kept(text: string, policy: Policy): Promise<string> {
  const redacted = await redact(text, { emails: policy['redact-emails'] });
  return redacted.length > longestText ? `${redacted.slice(0, longestText)}…` : redacted;
}
