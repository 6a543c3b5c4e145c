// Gemini's answer → the reply's text and what it cost, or the reason why there is none.
import { z } from 'zod';
import type { ErrorCode } from '../../errors.ts';
import type { Reply } from '../../ports.ts';
import { ModelFailure } from './model-failure.ts';

const Count = z.number().int().nonnegative().nullish();

const Answer = z.looseObject({
  candidates: z
    .array(
      z.looseObject({
        content: z
          .looseObject({
            parts: z.array(z.looseObject({ text: z.string().nullish(), thought: z.boolean().nullish() })).nullish(),
          })
          .nullish(),
        finishReason: z.string().nullish(),
        finishMessage: z.string().nullish(),
      }),
    )
    .nullish(),
  promptFeedback: z.looseObject({ blockReason: z.string().nullish() }).nullish(),
  usageMetadata: z
    .looseObject({
      promptTokenCount: Count,
      candidatesTokenCount: Count,
      thoughtsTokenCount: Count,
      cachedContentTokenCount: Count,
    })
    .nullish(),
  modelVersion: z.string().nullish(),
});
type Answer = z.infer<typeof Answer>;

/** https://ai.google.dev/api/generate-content#FinishReason; any other reason is as good as no reply. */
const codeOfFinish: Record<string, ErrorCode> = {
  SAFETY: 'model-blocked',
  RECITATION: 'model-blocked',
  LANGUAGE: 'model-blocked',
  BLOCKLIST: 'model-blocked',
  PROHIBITED_CONTENT: 'model-blocked',
  SPII: 'model-blocked',
};

/** What one model gave; which others had none, the caller knows. */
export type GivenReply = Omit<Reply, 'tried'>;

export function readReply(raw: unknown, askedModel: string, latencyMs: number): GivenReply {
  const parsed = Answer.safeParse(raw);
  if (!parsed.success) {
    const why = z.prettifyError(parsed.error);
    throw new ModelFailure(askedModel, 'model-reply-malformed', `answered in an unknown shape:\n${why}`);
  }
  const usage = parsed.data.usageMetadata;
  return {
    ...textOf(parsed.data, askedModel),
    model: parsed.data.modelVersion ?? askedModel,
    inputTokens: usage?.promptTokenCount ?? 0,
    outputTokens: usage?.candidatesTokenCount ?? 0,
    thinkingTokens: usage?.thoughtsTokenCount ?? 0,
    cachedTokens: usage?.cachedContentTokenCount ?? 0,
    latencyMs: Math.round(latencyMs),
  };
}

function textOf(answer: Answer, model: string): Pick<Reply, 'text' | 'cutOff'> {
  const failure = (code: ErrorCode, detail: string) => new ModelFailure(model, code, detail);
  const blocked = answer.promptFeedback?.blockReason;
  if (blocked) throw failure('model-blocked', `refused the prompt: ${blocked}`);
  const candidate = answer.candidates?.[0];
  const finish = candidate?.finishReason ?? 'STOP';
  const cutOff = finish === 'MAX_TOKENS';
  if (finish !== 'STOP' && !cutOff) {
    const why = candidate?.finishMessage ? `: ${candidate.finishMessage}` : '';
    throw failure(codeOfFinish[finish] ?? 'model-empty', `stopped with ${finish}${why}`);
  }
  const parts = candidate?.content?.parts ?? [];
  const text = parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
  if (text.trim() !== '') return { text, cutOff };
  if (cutOff)
    throw failure('model-cut-off', `stopped with MAX_TOKENS after ${outputOf(answer)} tokens and without any text`);
  throw failure('model-empty', 'replied without any text');
}

const outputOf = ({ usageMetadata: usage }: Answer) =>
  (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0);
