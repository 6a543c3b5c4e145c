// Questions → replies of Gemini: the model of the attempt first, the ladder's others where that one has no reply.
import { SelfHealError } from '../../errors.ts';
import type { Model, Question, Reply } from '../../ports.ts';
import { unlessAborted } from './call.ts';
import { type ModelFailure, noReply, tried } from './model-failure.ts';
import type { GivenReply } from './reply.ts';
import { about, type GeminiOptions, rung } from './rung.ts';

export function geminiModel(options: GeminiOptions): Model {
  const askModel = rung(options);

  async function climb(question: Question, ladder: readonly string[], signal: AbortSignal): Promise<Reply> {
    const failures: ModelFailure[] = [];
    for (const model of rungs(ladder, question.attempt)) {
      const reply = await askModel(model, { question, signal, failures });
      if (!reply) continue;
      options.log.info({ ...withoutText(reply), ...about(question) }, 'model replied');
      return { ...reply, tried: failures.map(tried) };
    }
    throw noReply(failures, options);
  }

  return {
    async ask(question, ladder, signal) {
      try {
        return await unlessAborted(signal, () => climb(question, ladder, signal));
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new SelfHealError('step-timed-out', 'the question to the model was given up: the step had to end');
      }
    },
  };
}

/** The rung of the attempt, those above it, then those below, the next one first: each model once. */
function rungs(ladder: readonly string[], attempt: number): Set<string> {
  const at = Math.max(Math.min(attempt, ladder.length) - 1, 0);
  return new Set([...ladder.slice(at), ...ladder.slice(0, at).reverse()]);
}

const withoutText = ({ text, ...rest }: GivenReply) => ({ ...rest, characters: text.length });
