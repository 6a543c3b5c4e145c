// A generateContent request, the script and a fault → the outcome; undefined when no scripted reply fits.
import type { GeminiFaultKind } from './contract.ts';
import { demandedJson, demandsJson } from './demanded-json.ts';
import { invalidArgument, rateLimit, scriptError, unavailable } from './errors.ts';
import type { Model } from './models.ts';
import type { Outcome } from './outcome.ts';
import { contentText, promptText } from './prompt-text.ts';
import type { GenerateContentRequest } from './request.ts';
import { requestSense } from './request-sense.ts';
import type { Answer } from './response.ts';
import type { ScriptedReply } from './scripted-reply.ts';
import { slots } from './slots.ts';
import { countTokens } from './tokens.ts';

const defaultRetryAfterMs = 20_000;
const defaultSlowMs = 5_000;

export interface Generation {
  model: Model;
  request: GenerateContentRequest;
  /** Tokens of the prompt that the model had seen before. */
  cachedTokens: number;
}

export function refusal({ model, request }: Omit<Generation, 'cachedTokens'>): Outcome | undefined {
  const tokens = countTokens(promptText(request));
  const message =
    tokens > model.inputTokenLimit
      ? `The input token count (${tokens}) exceeds the maximum number of tokens allowed (${model.inputTokenLimit}).`
      : requestSense(request, model);
  return message === undefined ? undefined : { kind: 'error', error: invalidArgument(message), answeredBy: 'refused' };
}

export function scripted(generation: Generation, reply: ScriptedReply): Outcome {
  if (reply.fault !== undefined) {
    const fault = { kind: reply.fault, ...(reply.delayMs === undefined ? {} : { delayMs: reply.delayMs }) };
    return faulty(generation, fault, reply) ?? plain(generation, { ...reply, delayMs: reply.delayMs ?? defaultSlowMs });
  }
  return plain(generation, reply);
}

function plain(generation: Generation, reply: ScriptedReply): Outcome {
  const text = filled(generation, reply);
  if (typeof text !== 'string') return text;
  const problem = reply.validate ? demandedJson(generation.request, text) : undefined;
  if (problem !== undefined) return brokenScript(reply, `${reply.name}: ${problem}`);
  const answer = {
    ...blank(generation, reply),
    ...withinLimits(generation.request, { text, finishReason: reply.finishReason }),
  };
  return { kind: 'answer', answer, answeredBy: reply.name, ...delay(reply.delayMs) };
}

/** `slow` is no outcome of its own: the caller delays the ordinary one. */
export function faulty(
  generation: Generation,
  fault: { kind: GeminiFaultKind; delayMs?: number },
  reply?: ScriptedReply,
): Outcome | undefined {
  const answeredBy = reply?.fault === undefined ? `fault:${fault.kind}` : reply.name;
  const text = reply === undefined ? undefined : filled(generation, reply);
  if (text !== undefined && typeof text !== 'string') return text;
  const base = blank(generation, reply);
  const answer = (change: Partial<Answer>): Outcome => ({ kind: 'answer', answeredBy, answer: { ...base, ...change } });
  switch (fault.kind) {
    case 'slow':
      return undefined;
    case 'rate-limit':
      return {
        kind: 'error',
        answeredBy,
        error: rateLimit(generation.model.answers, fault.delayMs ?? defaultRetryAfterMs),
      };
    case 'no-quota':
      return { kind: 'error', answeredBy, error: rateLimit(generation.model.answers, defaultRetryAfterMs, 0) };
    case 'unavailable':
      return { kind: 'error', answeredBy, error: unavailable() };
    case 'max-tokens':
      return answer({ finishReason: 'MAX_TOKENS', ...(text ? { text: text.slice(0, text.length / 2) } : {}) });
    case 'malformed-json':
      return answer({ text: text ? text.trimEnd().slice(0, (text.trimEnd().length * 2) / 3) : '{"' });
    case 'all-thoughts':
      return answer({
        finishReason: 'MAX_TOKENS',
        usage: { ...base.usage, thoughtsTokenCount: outputLimit(generation) },
      });
    case 'safety':
      return answer({ finishReason: 'SAFETY' });
    case 'recitation':
      return answer({ finishReason: 'RECITATION' });
    case 'blocked-prompt':
      return { kind: 'answer', answeredBy, answer: base, promptBlocked: true };
    case 'empty':
      return answer({});
    case 'hang-up':
      return text
        ? { kind: 'answer', answeredBy, answer: { ...base, text }, hangUp: true }
        : { kind: 'hang-up', answeredBy };
  }
}

export function slowMs(fault: { kind: GeminiFaultKind; delayMs?: number } | undefined): number | undefined {
  return fault?.kind === 'slow' ? (fault.delayMs ?? defaultSlowMs) : undefined;
}

export function nothingScripted({ request }: Generation, model: string): Outcome {
  const lines = promptText(request).split('\n').slice(0, 12).join('\n');
  const message = `no scripted reply is left for this prompt to ${model}. Add one to the folder of replies (simulator/gemini/REPLIES.md). The prompt begins:\n${lines}`;
  return { kind: 'error', error: scriptError(message), answeredBy: 'nothing' };
}

function blank({ model, request, cachedTokens }: Generation, reply: ScriptedReply | undefined): Answer {
  const cached = cachedTokens > 0 ? { cachedContentTokenCount: cachedTokens } : {};
  return { model, prompt: promptText(request), finishReason: 'STOP', usage: { ...cached, ...reply?.usage } };
}

/** Who sends back how a reply began asks for the rest of it. */
function filled({ request }: Generation, reply: ScriptedReply): string | Outcome {
  try {
    const text = slots(reply, promptText(request), demandsJson(request));
    const begun = contentText(request.contents?.findLast(({ role }) => role === 'model'));
    return text.startsWith(begun) ? text.slice(begun.length) : text;
  } catch (error) {
    return brokenScript(reply, error instanceof Error ? error.message : String(error));
  }
}

function brokenScript(reply: ScriptedReply, message: string): Outcome {
  return { kind: 'error', error: scriptError(message), answeredBy: reply.name };
}

const outputLimit = ({ model, request }: Generation) =>
  request.generationConfig?.maxOutputTokens ?? model.outputTokenLimit;

function withinLimits(request: GenerateContentRequest, reply: { text: string; finishReason: string }) {
  const { stopSequences = [], maxOutputTokens = Number.POSITIVE_INFINITY } = request.generationConfig ?? {};
  const stops = stopSequences.map((stop) => reply.text.indexOf(stop)).filter((at) => at >= 0);
  const text = reply.text.slice(0, Math.min(reply.text.length, ...stops));
  const tokens = countTokens(text);
  if (tokens <= maxOutputTokens) return { text, finishReason: reply.finishReason };
  return { text: text.slice(0, (text.length * maxOutputTokens) / tokens), finishReason: 'MAX_TOKENS' };
}

const delay = (delayMs: number | undefined) => (delayMs === undefined ? {} : { delayMs });
