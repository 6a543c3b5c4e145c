// What a test, the demo or the command line can do to the simulated Gemini. How scripted replies are written: REPLIES.md.

/** What was asked of the simulated Gemini, and what it answered. */
export interface GeminiCall {
  /** As the caller named it: an alias such as `gemini-flash-latest`, or a model's own name. */
  model: string;
  /** `generateContent`, `streamGenerateContent`, `countTokens`, `embedContent`, `batchEmbedContents`. */
  method: string;
  /** The request's JSON as received. */
  request: unknown;
  /** All text of the request: system instruction and contents. */
  prompt: string;
  /** 0: the connection was broken. */
  status: number;
  /** Name of the script's file that answered; `reply()` for a queued one; `fault:…`, `upstream`, `embedding`, `tokens`, `refused` (bad request), or `nothing`. */
  answeredBy: string;
  at: string;
}

/** The next matching call gets this instead of an answer. No scripted reply is used up by a fault. */
export interface GeminiFault {
  kind: GeminiFaultKind;
  /** How many calls; 1 when absent. */
  times?: number;
  /** For `rate-limit`: the RetryInfo's delay. For `slow`: how long. */
  delayMs?: number;
  /** Which calls: text generation when absent. */
  on?: 'generate' | 'embed' | 'count';
  /** As the caller names it; any model when absent. */
  model?: string;
}

export const geminiFaultKinds = [
  /** 429 RESOURCE_EXHAUSTED with QuotaFailure and RetryInfo. */
  'rate-limit',
  /** 429 with a quota of 0: a model that this key may not ask at all. */
  'no-quota',
  /** 503 UNAVAILABLE. */
  'unavailable',
  /** The right answer, after `delayMs`. */
  'slow',
  /** The reply's first half, finishReason MAX_TOKENS; who asks to go on gets the rest. */
  'max-tokens',
  /** No text, finishReason MAX_TOKENS: all the tokens were thoughts. */
  'all-thoughts',
  /** No text, finishReason SAFETY. */
  'safety',
  /** No text, finishReason RECITATION. */
  'recitation',
  /** No candidate, promptFeedback.blockReason. */
  'blocked-prompt',
  /** The reply cut off in the middle, although finishReason says STOP. */
  'malformed-json',
  /** A candidate without any part. */
  'empty',
  /** The connection breaks; of a stream, after its first chunk. */
  'hang-up',
] as const;

export type GeminiFaultKind = (typeof geminiFaultKinds)[number];

export interface GeminiControl {
  url: string;
  calls(): GeminiCall[];
  fault(fault: GeminiFault): void;
  /** Queues one reply behind those queued before and in front of the folder's, optionally only for prompts that match. */
  reply(text: string, match?: RegExp): void;
  /** Scripted replies that nobody asked for. */
  leftovers(): string[];
}
