// A patch and what it is for → what an Open Policy Agent has against it; only an answer that is understood lets anything pass.
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import type { PolicyEngine } from '../../ports.ts';

const timeoutMs = 5_000;
const maxAnswerBytes = 256 * 1024;
const maxReasonLength = 500;

const Denials = z.array(z.string()).max(1_000);
/** The data API's answer; a rule that is not there, or is undefined for the input, has no `result`: that is no leave. */
const Answer = z.looseObject({
  result: z.union([
    z.boolean(),
    Denials,
    z
      .looseObject({ allow: z.boolean().optional(), deny: Denials.optional() })
      .refine(({ allow, deny }) => allow !== undefined || deny !== undefined, 'neither `allow` nor `deny`'),
  ]),
});

export interface OpenPolicyAgentOptions {
  /** Of the rule in the data API: https://www.openpolicyagent.org/docs/rest-api#get-a-document-with-input */
  url: string;
  token: string | undefined;
}

export function openPolicyAgent({ url, token }: OpenPolicyAgentOptions): PolicyEngine {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  return {
    async denials(question, signal) {
      const both = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const body = JSON.stringify({ input: question });
      let answered: { status: number; text: string };
      try {
        const response = await fetch(url, { method: 'POST', headers, body, signal: both, redirect: 'error' });
        answered = { status: response.status, text: await bounded(response) };
      } catch (error) {
        if (error instanceof SelfHealError) throw error;
        throw new SelfHealError('policy-engine-unavailable', `The policy engine gave no answer: ${whyOf(error)}.`);
      }
      return denialsIn(answered);
    },
  };
}

function denialsIn({ status, text }: { status: number; text: string }): string[] {
  if (status >= 500 || status === 429)
    throw new SelfHealError('policy-engine-unavailable', `The policy engine answered ${status}.`);
  if (status !== 200) throw unreadable(`it answered ${status}`);
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success)
    throw unreadable('its answer has no `result` that is true, false, a list of reasons, or `deny` and `allow`');
  const { result } = parsed.data;
  if (Array.isArray(result)) return result.map(clipped);
  const { allow = true, deny = [] } = typeof result === 'boolean' ? { allow: result } : result;
  if (deny.length > 0) return deny.map(clipped);
  return allow ? [] : ['the operator’s policy does not allow this patch, and gives no reason'];
}

const unreadable = (why: string): SelfHealError =>
  new SelfHealError('policy-engine-unreadable', `The policy engine at OPA_URL gave no decision: ${why}.`);

/** Reads no further than an answer may go. */
async function bounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > maxAnswerBytes) throw unreadable(`its answer is larger than ${maxAnswerBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const clipped = (reason: string): string =>
  reason.length > maxReasonLength ? `${reason.slice(0, maxReasonLength).toWellFormed()}…` : reason;

/** By shape: what fetch throws may be of another realm. Never its message, which may hold the whole address. */
const Thrown = z.object({ name: z.string(), cause: z.object({ code: z.string() }).optional().catch(undefined) });

function whyOf(error: unknown): string {
  const thrown = Thrown.safeParse(error).data;
  if (thrown?.name === 'TimeoutError') return `not within ${timeoutMs / 1_000} seconds`;
  return thrown?.cause?.code ?? thrown?.name ?? 'no reason given';
}
