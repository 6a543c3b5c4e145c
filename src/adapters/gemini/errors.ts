// What the SDK, fetch and the sign-in throw → a coded failure of one model with Google's own words, and never a key or token.
import { ApiError } from '@google/genai';
import { isBrokenCircuitError, isBulkheadRejectedError } from 'cockatiel';
import { z } from 'zod';
import type { ErrorCode } from '../../errors.ts';
import { ModelFailure } from './model-failure.ts';
import { whenUpAgainMs } from './resilience.ts';

interface Call {
  model: string;
  apiKey?: string | undefined;
  /** The request left this machine: what fails before is the sign-in of Vertex AI. */
  sent?: boolean;
  vertex?: object | undefined;
}

/** https://google.aip.dev/193; the SDK puts the body's JSON into the error's message. */
const Status = z.looseObject({
  error: z.looseObject({
    message: z.string().optional(),
    details: z
      .array(
        z.looseObject({
          reason: z.string().optional(),
          retryDelay: z.string().optional(),
          violations: z.array(z.looseObject({ quotaValue: z.string().optional() })).optional(),
        }),
      )
      .optional(),
  }),
});
type Detail = NonNullable<z.infer<typeof Status>['error']['details']>[number];

/** By shape: what another realm throws is no instance of our Error. `code` is the network's, `status` HTTP's. */
const Link = z.object({
  name: z.string(),
  message: z.string(),
  cause: z.unknown().optional(),
  code: z.unknown().optional(),
  status: z.unknown().optional(),
});
type Link = z.infer<typeof Link>;

const busyForMs = 30_000;
/** As undici calls what breaks between two machines. */
const brokenConnections = ['fetch failed', 'terminated'];

export function modelFailure(thrown: unknown, call: Call): ModelFailure {
  const { model } = call;
  if (thrown instanceof ModelFailure) return thrown;
  if (thrown instanceof ApiError) return refusal(thrown, call);
  if (isBrokenCircuitError(thrown))
    return new ModelFailure(
      model,
      'model-unavailable',
      'too many calls in a row failed, it is left alone for a while',
      {
        retryAfterMs: whenUpAgainMs,
        elsewhere: true,
      },
    );
  if (isBulkheadRejectedError(thrown))
    return new ModelFailure(model, 'model-rate-limited', 'too many questions wait for the model', {
      retryAfterMs: busyForMs,
    });
  return unanswered(thrown, call);
}

function unanswered(thrown: unknown, call: Call): ModelFailure {
  const { model } = call;
  const chain = [...causes(thrown)];
  if (chain.some(({ name }) => name === 'AbortError' || name === 'TimeoutError'))
    return new ModelFailure(model, 'model-unavailable', 'did not answer in time');
  const innermost = clean(chain.at(-1)?.message ?? String(thrown), call);
  // A body that is no JSON comes from something between Google and here.
  const isBroken = chain.some(({ name, message }) => name === 'SyntaxError' || brokenConnections.includes(message));
  if (isBroken || chain.some(isOutage))
    return new ModelFailure(model, 'model-unavailable', `the answer did not arrive: ${innermost}`);
  if (call.vertex && call.sent === false)
    return new ModelFailure(model, 'model-unauthorized', `the sign-in to Vertex AI failed: ${innermost}`);
  // The SDK stumbles over an answer that is JSON and no object.
  if (call.sent) return new ModelFailure(model, 'model-reply-malformed', `answered in an unknown shape: ${innermost}`);
  return new ModelFailure(model, 'defect', innermost, { cause: thrown });
}

/** Of the token endpoint: its client tells the network's code, or HTTP's status. */
const isOutage = ({ code, status }: Link): boolean =>
  (typeof code === 'string' && /^E[A-Z_]+$/.test(code) && code !== 'ENOENT') ||
  (typeof status === 'number' && (status >= 500 || status === 429));

/** The SDK wraps what it does not know; the reason lies at the bottom. */
function* causes(thrown: unknown): Generator<Link> {
  let link = Link.safeParse(thrown);
  for (let depth = 0; link.success && depth < 5; depth += 1) {
    yield link.data;
    link = Link.safeParse(link.data.cause);
  }
}

function refusal(error: ApiError, call: Call): ModelFailure {
  const { message, details } = statusOf(error);
  const text = `the API answered ${error.status}: ${clean(message, call)}`;
  const { code, elsewhere } = codeOf(error.status, message, details);
  const delay = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  const retryAfterMs = code === 'model-rate-limited' && delay !== undefined ? durationMs(delay) : undefined;
  return new ModelFailure(call.model, code, text, { retryAfterMs, elsewhere });
}

function codeOf(status: number, message: string, details: Detail[]): { code: ErrorCode; elsewhere: boolean } {
  const noKey = status === 401 || details.some(({ reason }) => reason === 'API_KEY_INVALID');
  if (noKey) return { code: 'model-unauthorized', elsewhere: false };
  // A key without billing may not ask the larger models at all, which the API calls a quota of zero.
  const noQuota = details.some(({ violations }) => violations?.some(({ quotaValue }) => quotaValue === '0'));
  if (status === 403 || (status === 429 && (noQuota || /\blimit: 0\b(?!\.\d)/.test(message))))
    return { code: 'model-unauthorized', elsewhere: true };
  if (status === 429) return { code: 'model-rate-limited', elsewhere: false };
  if (status >= 500 || status === 408) return { code: 'model-unavailable', elsewhere: false };
  return { code: 'model-refused', elsewhere: status === 404 };
}

function statusOf(error: ApiError): { message: string; details: Detail[] } {
  const parsed = Status.safeParse(jsonOf(error.message));
  if (!parsed.success) return { message: error.message, details: [] };
  const { message = 'no message', details = [] } = parsed.data.error;
  return { message, details };
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

/** Google's access tokens, and the signed assertions that they are asked for with. */
const token = /\b(?:ya29\.|eyJ)[\w.-]+/g;

function clean(text: string, { apiKey }: Call): string {
  return (apiKey ? text.replaceAll(apiKey, '[key]') : text).replace(token, '[token]');
}
