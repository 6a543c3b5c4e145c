// Questions → replies of Gemini: the fast model first, the strong one from the third attempt, the other one while one is down.
import type { GoogleGenAI } from '@google/genai';
import type { IPolicy } from 'cockatiel';
import type { Logger } from 'pino';
import { SelfHealError } from '../../errors.ts';
import type { Model, Question, Reply } from '../../ports.ts';
import { type ClientOptions, geminiClient } from './client.ts';
import { geminiError } from './errors.ts';
import { readReply } from './reply.ts';
import { isDown, resilience, whenUpAgainMs } from './resilience.ts';

export interface GeminiOptions extends ClientOptions {
  /** Of the first two attempts. */
  model: string;
  /** Of the third attempt and later ones; also stands in for the other one. */
  strongModel: string;
  /** Of one try; 120 seconds. */
  timeoutMs?: number | undefined;
  /** The model's own when absent. */
  temperature?: number | undefined;
  /** Thoughts included. */
  maxOutputTokens?: number | undefined;
  log: Pick<Logger, 'info' | 'warn'>;
  /** The unit of all waiting before another try; a second. */
  retryBaseMs?: number | undefined;
}

interface Rung {
  model: string;
  policy: IPolicy;
}

const attemptOfStrongModel = 3;

export function geminiModel(options: GeminiOptions): Model {
  const { apiKey, model, strongModel, log } = options;
  const client = geminiClient(options);
  const policyOf = resilience({ log, retryBaseMs: options.retryBaseMs ?? 1_000 });
  const fast: Rung = { model, policy: policyOf(model) };
  const strong: Rung = strongModel === model ? fast : { model: strongModel, policy: policyOf(strongModel) };

  return {
    async ask(question) {
      const rungs = new Set(question.attempt >= attemptOfStrongModel ? [strong, fast] : [fast, strong]);
      for (const rung of rungs) {
        try {
          const reply = await rung.policy.execute(() => oneTry(client, rung.model, question, options));
          log.info({ ...withoutText(reply), purpose: question.purpose, attempt: question.attempt }, 'model replied');
          return reply;
        } catch (error) {
          if (!isDown(error)) throw geminiError(error, apiKey);
          log.warn({ model: rung.model, purpose: question.purpose }, 'model is down, asking the other');
        }
      }
      const names = [...rungs].map((rung) => rung.model).join(' and ');
      throw new SelfHealError('model-unavailable', `Too many calls in a row failed for ${names}.`, {
        retryAfterMs: whenUpAgainMs,
      });
    },
  };
}

async function oneTry(client: GoogleGenAI, model: string, question: Question, options: GeminiOptions): Promise<Reply> {
  const startedAt = performance.now();
  try {
    const answer = await client.models.generateContent({
      model,
      contents: question.prompt,
      config: {
        systemInstruction: question.system,
        maxOutputTokens: options.maxOutputTokens ?? 32_768,
        ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
        ...(question.jsonSchema === undefined
          ? {}
          : { responseMimeType: 'application/json', responseJsonSchema: question.jsonSchema }),
        abortSignal: AbortSignal.timeout(options.timeoutMs ?? 120_000),
      },
    });
    return readReply(answer, model, performance.now() - startedAt);
  } catch (error) {
    throw geminiError(error, options.apiKey);
  }
}

const withoutText = ({ text, ...rest }: Reply) => ({ ...rest, characters: text.length });
