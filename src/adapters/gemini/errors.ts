// What the SDK and fetch throw → a SelfHealError with Google's own words, and never the key.
import { ApiError } from '@google/genai';
import { isBulkheadRejectedError } from 'cockatiel';
import { z } from 'zod';
import { type ErrorCode, SelfHealError } from '../../errors.ts';

/** https://google.aip.dev/193; the SDK puts the body's JSON into the error's message. */
const Status = z.looseObject({
  error: z.looseObject({
    message: z.string().optional(),
    details: z.array(z.looseObject({ reason: z.string().optional(), retryDelay: z.string().optional() })).optional(),
  }),
});

/** By shape: what another realm throws is no instance of our Error. */
const Link = z.object({ name: z.string(), message: z.string(), cause: z.unknown().optional() });

const longestMessage = 500;
const busyForMs = 30_000;
/** As undici calls what breaks between two machines. */
const brokenConnections = ['fetch failed', 'terminated'];

export function geminiError(thrown: unknown, apiKey: string): SelfHealError {
  if (thrown instanceof SelfHealError) return thrown;
  if (thrown instanceof ApiError) return refusal(thrown, apiKey);
  if (isBulkheadRejectedError(thrown)) {
    return new SelfHealError('model-rate-limited', 'Too many questions wait for the model.', {
      retryAfterMs: busyForMs,
    });
  }
  const chain = [...causes(thrown)];
  if (chain.some(({ name }) => name === 'AbortError' || name === 'TimeoutError')) {
    return new SelfHealError('model-unavailable', 'The model did not answer in time.');
  }
  const innermost = chain.at(-1)?.message ?? String(thrown);
  // A body that is no JSON comes from something between Google and here.
  if (chain.some(({ name, message }) => name === 'SyntaxError' || brokenConnections.includes(message))) {
    return new SelfHealError('model-unavailable', `The model's answer did not arrive: ${clean(innermost, apiKey)}`);
  }
  return new SelfHealError('defect', clean(innermost, apiKey), { cause: thrown });
}

/** The SDK wraps what it does not know; the reason lies at the bottom. */
function* causes(thrown: unknown): Generator<{ name: string; message: string }> {
  let link = Link.safeParse(thrown);
  for (let depth = 0; link.success && depth < 5; depth += 1) {
    yield link.data;
    link = Link.safeParse(link.data.cause);
  }
}

function refusal(error: ApiError, apiKey: string): SelfHealError {
  const { message, reasons, retryAfterMs } = statusOf(error);
  const text = `The model's API answered ${error.status}: ${clean(message, apiKey)}`;
  if (error.status === 429)
    return new SelfHealError('model-rate-limited', text, retryAfterMs === undefined ? {} : { retryAfterMs });
  return new SelfHealError(codeOf(error.status, reasons), text);
}

function codeOf(status: number, reasons: string[]): ErrorCode {
  if (status === 401 || status === 403 || reasons.includes('API_KEY_INVALID')) return 'model-unauthorized';
  return status >= 500 || status === 408 ? 'model-unavailable' : 'model-refused';
}

function statusOf(error: ApiError): { message: string; reasons: string[]; retryAfterMs: number | undefined } {
  const parsed = Status.safeParse(jsonOf(error.message));
  if (!parsed.success) return { message: error.message, reasons: [], retryAfterMs: undefined };
  const { message, details = [] } = parsed.data.error;
  const delay = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  return {
    message: message ?? 'no message',
    reasons: details.flatMap(({ reason }) => reason ?? []),
    retryAfterMs: delay === undefined ? undefined : durationMs(delay),
  };
}

/** protobuf's JSON of a Duration: `12s`, `0.25s`. */
function durationMs(duration: string): number | undefined {
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(duration)?.[1];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1_000);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not the API itself answered: the message is shown as it is.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function clean(text: string, apiKey: string): string {
  const shown = apiKey === '' ? text : text.replaceAll(apiKey, '[key]');
  return shown.length > longestMessage ? `${shown.slice(0, longestMessage)}…` : shown;
}
