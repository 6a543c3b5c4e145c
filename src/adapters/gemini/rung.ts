// One model of the ladder → its reply, or the failures of all tries at it: some pass with time, some with less thinking.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Question } from '../../ports.ts';
import { called } from './call.ts';
import { type ClientOptions, geminiClient } from './client.ts';
import { modelFailure } from './errors.ts';
import { type ModelFailure, noReply } from './model-failure.ts';
import { type GivenReply, readReply } from './reply.ts';
import { generateRequest, type Sampling } from './request.ts';
import { anotherTry, resilience } from './resilience.ts';

export interface GeminiOptions extends ClientOptions, Sampling {
  /** Of one try; 120 seconds. */
  timeoutMs?: number | undefined;
  /** Calls at the same time, of all models together; 2. */
  concurrency?: number | undefined;
  log: Pick<Logger, 'info' | 'warn'>;
  /** The unit of all waiting before another try; a second. */
  retryBaseMs?: number | undefined;
}

export interface Asking {
  question: Question;
  signal: AbortSignal;
  /** Of this question, whatever the model: each failed try is added. */
  failures: ModelFailure[];
}

/** Undefined where this model has no reply and another may have one. */
type AskModel = (model: string, asking: Asking) => Promise<GivenReply | undefined>;

export function rung(options: GeminiOptions): AskModel {
  const oneTry = tries(options);
  const policyOf = resilience(options.concurrency ?? 2);
  const { log, retryBaseMs = 1_000 } = options;

  return async (model, { question, signal, failures }) => {
    let lessThinking = false;
    for (;;) {
      try {
        return await policyOf(model).execute(() => oneTry(model, question, signal, lessThinking), signal);
      } catch (thrown) {
        signal.throwIfAborted();
        const failure = modelFailure(thrown, { ...options, model });
        failures.push(failure);
        const times = failures.filter((other) => other.model === model && other.code === failure.code).length;
        const again = anotherTry(failure, times, retryBaseMs);
        const line = { model, code: failure.code, ...about(question) };
        log.warn(again ? { ...line, waitMs: Math.round(again.waitMs) } : line, again ? 'asking again' : 'no reply');
        if (!again && failure.elsewhere) return undefined;
        if (!again) throw noReply(failures, options);
        lessThinking ||= again.lessThinking;
        await sleep(again.waitMs, undefined, { signal });
      }
    }
  };
}

function tries(options: GeminiOptions) {
  const client = geminiClient(options);
  return (model: string, question: Question, signal: AbortSignal, lessThinking: boolean): Promise<GivenReply> => {
    const startedAt = performance.now();
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs ?? 120_000)]);
    const settings = lessThinking ? { ...options, thinkingLevel: 'low' as const } : options;
    const { config, ...request } = generateRequest(question, model, settings);
    return called({ ...options, model }, inTime, async (bounds) => {
      const answer = await client.models.generateContent({ ...request, config: { ...config, ...bounds } });
      return readReply(answer, model, performance.now() - startedAt);
    }).catch((error: unknown) => {
      // A step that ends says nothing against the model: the breaker must not take it for a failed call.
      signal.throwIfAborted();
      throw error;
    });
  };
}

/** What every log line about a question says of it. */
export const about = ({ purpose, attempt, sample = 0 }: Question) => ({ purpose, attempt, sample });
