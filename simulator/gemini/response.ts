// A reply's text and a prompt → the API's response, whole or in the chunks of a stream.
import { createHash, randomBytes } from 'node:crypto';
import type { Model } from './models.ts';
import type { Usage } from './scripted-reply.ts';
import { countTokens } from './tokens.ts';

export interface Answer {
  model: Model;
  prompt: string;
  /** Absent: the candidate has no part at all. */
  text?: string;
  finishReason: string;
  usage: Usage;
}

const harms = ['SEXUALLY_EXPLICIT', 'HATE_SPEECH', 'HARASSMENT', 'DANGEROUS_CONTENT'];

export function response(answer: Answer) {
  return { candidates: [candidate(answer, answer.text, true)], ...ending(answer, responseId()) };
}

/** The model's own pace is some hundred characters a chunk; usage is in every one, the reason to finish in the last. */
export function chunks(answer: Answer) {
  const pieces = answer.text?.match(/.{1,400}/gsu) ?? [answer.text];
  const id = responseId();
  return pieces.map((piece, index) => ({
    candidates: [candidate(answer, piece, index === pieces.length - 1)],
    ...ending(answer, id),
  }));
}

export function blockedPrompt(answer: Answer) {
  return { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, ...ending(answer, responseId()) };
}

function candidate(answer: Answer, text: string | undefined, last: boolean) {
  const blocked = answer.finishReason === 'SAFETY';
  const thinks = answer.model.answers.startsWith('gemini-3');
  const parts =
    text === undefined ? {} : { parts: [{ text, ...(last && thinks ? { thoughtSignature: signature(text) } : {}) }] };
  return {
    ...(blocked ? {} : { content: { ...parts, role: 'model' } }),
    ...(last ? { finishReason: answer.finishReason } : {}),
    index: 0,
    ...(blocked ? { safetyRatings: ratings() } : {}),
  };
}

function ratings() {
  return harms.map((harm) =>
    harm === 'DANGEROUS_CONTENT'
      ? { category: `HARM_CATEGORY_${harm}`, probability: 'HIGH', blocked: true }
      : { category: `HARM_CATEGORY_${harm}`, probability: 'NEGLIGIBLE' },
  );
}

function ending(answer: Answer, id: string) {
  return { usageMetadata: usageMetadata(answer), modelVersion: answer.model.answers, responseId: id };
}

function usageMetadata({ prompt, text, usage }: Answer) {
  const { cachedContentTokenCount, promptTokenCount = countTokens(prompt) } = usage;
  const candidatesTokenCount = usage.candidatesTokenCount ?? countTokens(text ?? '');
  const thoughtsTokenCount = usage.thoughtsTokenCount ?? 0;
  return {
    promptTokenCount,
    ...(candidatesTokenCount > 0 ? { candidatesTokenCount } : {}),
    totalTokenCount: promptTokenCount + candidatesTokenCount + thoughtsTokenCount,
    ...(cachedContentTokenCount === undefined ? {} : { cachedContentTokenCount }),
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokenCount }],
    ...(thoughtsTokenCount > 0 ? { thoughtsTokenCount } : {}),
  };
}

const signature = (text: string) => createHash('sha512').update(text).digest('base64');
const responseId = () => randomBytes(17).toString('base64url');
