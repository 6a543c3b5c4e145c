// What Octokit and fetch throw → a SelfHealError that says which request failed, why in GitHub's words, and when to come back.
import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import { type ErrorCode, SelfHealError } from '../../errors.ts';

const GraphqlErrors = z.object({
  name: z.literal('GraphqlResponseError'),
  errors: z.array(z.looseObject({ type: z.string().optional(), message: z.string() })).min(1),
});

/** What the throttling plugin makes of a limit that GraphQL answers with `200 OK`. */
const GraphqlLimit = z.object({
  message: z.literal('GraphQL Rate Limit Exceeded'),
  response: z.looseObject({ headers: z.record(z.string(), z.unknown()) }),
});

/** By shape: what another realm throws is no instance of our Error. */
const Link = z.object({ message: z.string(), cause: z.unknown().optional() });

const codeOfStatus: Record<number, ErrorCode> = {
  401: 'github-unauthorized',
  403: 'github-forbidden',
  404: 'github-not-found',
  410: 'github-not-found',
  429: 'github-rate-limited',
  451: 'github-forbidden',
};
const codeOfGraphqlType: Record<string, ErrorCode> = {
  NOT_FOUND: 'github-not-found',
  FORBIDDEN: 'github-forbidden',
  RATE_LIMITED: 'github-rate-limited',
};
/** GitHub's advice for a secondary limit without a `retry-after`: at least a minute. */
const unknownWaitMs = 60_000;
const longestMessage = 500;

export function githubError(thrown: unknown): SelfHealError {
  if (thrown instanceof SelfHealError) return thrown;
  if (thrown instanceof RequestError)
    return thrown.response ? refusal(thrown) : noAnswer(requestLine(thrown), thrown.cause);
  const graphql = GraphqlErrors.safeParse(thrown);
  if (graphql.success) return graphqlRefusal(graphql.data.errors);
  const limit = GraphqlLimit.safeParse(thrown);
  if (limit.success) {
    const waitMs = retryAfterMs(limit.data.response.headers);
    return new SelfHealError('github-rate-limited', 'POST /graphql was answered with a rate limit', {
      retryAfterMs: waitMs,
    });
  }
  if (thrown instanceof Error && (thrown.name === 'AbortError' || thrown.name === 'TimeoutError')) {
    return noAnswer('A request to GitHub', thrown);
  }
  return new SelfHealError('defect', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}

/** The thrown RequestError is left out on purpose: it carries headers, bodies and signed addresses into whatever prints it. */
function refusal(error: RequestError): SelfHealError {
  const headers = error.response?.headers ?? {};
  const line = `${requestLine(error)} was answered ${error.status}: ${clipped(error.message)}`;
  if (isRateLimit(error)) {
    return new SelfHealError('github-rate-limited', line, { retryAfterMs: retryAfterMs(headers) });
  }
  if (error.status >= 500) return new SelfHealError('github-unavailable', line);
  const needed = error.status === 403 ? headers['x-accepted-github-permissions'] : undefined;
  const hint = needed === undefined ? '' : ` The App's permissions have to include: ${String(needed)}.`;
  return new SelfHealError(codeOfStatus[error.status] ?? 'github-refused', line + hint);
}

export function noAnswer(what: string, cause: unknown): SelfHealError {
  return new SelfHealError('github-unavailable', `${what} got no answer: ${clipped(innermostMessage(cause))}`, {
    cause,
  });
}

/** fetch says `fetch failed`; the reason is the error's cause. */
export function innermostMessage(thrown: unknown): string {
  const link = Link.safeParse(thrown);
  if (!link.success) return 'no reason given';
  const inner = Link.safeParse(link.data.cause);
  return inner.success ? inner.data.message : link.data.message;
}

/** GitHub answers 403 as well as 429: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
function isRateLimit(error: RequestError): boolean {
  if (error.status === 429) return true;
  const headers = error.response?.headers ?? {};
  return (
    error.status === 403 &&
    (headers['x-ratelimit-remaining'] === '0' ||
      headers['retry-after'] !== undefined ||
      /\brate limit/i.test(error.message))
  );
}

function retryAfterMs(headers: Record<string, unknown>): number {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(seconds)) return seconds * 1_000;
  const resetAtMs = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1_000;
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(resetAtMs))
    return Math.max(resetAtMs - Date.now(), 0) + 1_000;
  return unknownWaitMs;
}

function graphqlRefusal(errors: z.infer<typeof GraphqlErrors>['errors']): SelfHealError {
  const code = codeOfGraphqlType[errors[0]?.type ?? ''] ?? 'github-refused';
  const message = `POST /graphql was answered with errors: ${clipped(errors.map((error) => error.message).join('; '))}`;
  return new SelfHealError(code, message, code === 'github-rate-limited' ? { retryAfterMs: unknownWaitMs } : {});
}

/** Without the query: nothing in it helps, and some addresses are signed by it. */
const requestLine = (error: RequestError) => `${error.request.method} ${new URL(error.request.url).pathname}`;

const clipped = (text: string) => (text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text);
