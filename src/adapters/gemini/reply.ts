// Gemini's answer → the reply's text and what it cost, or the reason why there is none.
import { z } from 'zod';
import { type ErrorCode, SelfHealError } from '../../errors.ts';
import type { Reply } from '../../ports.ts';

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
  MAX_TOKENS: 'model-cut-off',
  SAFETY: 'model-blocked',
  RECITATION: 'model-blocked',
  LANGUAGE: 'model-blocked',
  BLOCKLIST: 'model-blocked',
  PROHIBITED_CONTENT: 'model-blocked',
  SPII: 'model-blocked',
};

export function readReply(raw: unknown, askedModel: string, latencyMs: number): Reply {
  const parsed = Answer.safeParse(raw);
  if (!parsed.success) {
    const why = z.prettifyError(parsed.error);
    throw new SelfHealError('model-reply-malformed', `${askedModel} answered in an unknown shape:\n${why}`);
  }
  const usage = parsed.data.usageMetadata;
  return {
    text: textOf(parsed.data, askedModel),
    model: parsed.data.modelVersion ?? askedModel,
    inputTokens: usage?.promptTokenCount ?? 0,
    outputTokens: usage?.candidatesTokenCount ?? 0,
    thinkingTokens: usage?.thoughtsTokenCount ?? 0,
    cachedTokens: usage?.cachedContentTokenCount ?? 0,
    latencyMs: Math.round(latencyMs),
  };
}

function textOf(answer: Answer, model: string): string {
  const blocked = answer.promptFeedback?.blockReason;
  if (blocked) throw new SelfHealError('model-blocked', `${model} refused the prompt: ${blocked}.`);
  const candidate = answer.candidates?.[0];
  const finish = candidate?.finishReason ?? 'STOP';
  if (finish !== 'STOP') {
    const detail = candidate?.finishMessage ? `: ${candidate.finishMessage}` : '';
    const spent = finish === 'MAX_TOKENS' ? ` after ${outputOf(answer)} tokens` : '';
    throw new SelfHealError(codeOfFinish[finish] ?? 'model-empty', `${model} stopped with ${finish}${spent}${detail}.`);
  }
  const parts = candidate?.content?.parts ?? [];
  const text = parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
  if (text.trim() === '') throw new SelfHealError('model-empty', `${model} replied without any text.`);
  return text;
}

const outputOf = ({ usageMetadata: usage }: Answer) =>
  (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0);
