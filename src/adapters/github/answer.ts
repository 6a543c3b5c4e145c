// A request under way → its answer's data as a schema has it, or a SelfHealError.
import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import { SelfHealError } from '../../errors.ts';
import { githubError } from './errors.ts';

export interface Answer {
  data: unknown;
  status: number;
  url: string;
  headers: Record<string, unknown>;
}

export async function answer<S extends z.ZodType>(schema: S, request: Promise<Answer>): Promise<z.output<S>> {
  try {
    return parsed(schema, await request);
  } catch (error) {
    throw githubError(error);
  }
}

/** Undefined where the refusal is one that the caller expects. */
export async function answerUnless<S extends z.ZodType>(
  expected: (refusal: RequestError) => boolean,
  schema: S,
  request: Promise<Answer>,
): Promise<z.output<S> | undefined> {
  try {
    return parsed(schema, await request);
  } catch (error) {
    if (error instanceof RequestError && error.response && expected(error)) return undefined;
    throw githubError(error);
  }
}

/** Never there, or there no longer. */
export const isGone = (refusal: RequestError): boolean => refusal.status === 404 || refusal.status === 410;

/** Pages from the first to the last, at most `maxPages` of them; `done` ends the reading early. */
export async function everyPage<T>(
  page: (position: { page: number; per_page: number }) => Promise<T[]>,
  options: { maxPages: number; done?: (item: T) => boolean },
): Promise<T[]> {
  const perPage = 100;
  const items: T[] = [];
  for (let number = 1; number <= options.maxPages; number += 1) {
    const fresh = await page({ page: number, per_page: perPage });
    items.push(...fresh);
    if (fresh.length < perPage || fresh.some((item) => options.done?.(item))) break;
  }
  return items;
}

function parsed<S extends z.ZodType>(schema: S, response: Answer): z.output<S> {
  const result = schema.safeParse(response.data);
  if (result.success) return result.data;
  const path = URL.canParse(response.url) ? new URL(response.url).pathname : response.url;
  // Octokit hands over the text of a JSON answer that broke off or could not be read.
  if (typeof response.data === 'string' && String(response.headers['content-type']).includes('json')) {
    throw new SelfHealError('github-unavailable', `The answer of ${path} broke off before its end.`);
  }
  const message = `The answer of ${path} is not in the shape that GitHub documents:\n${z.prettifyError(result.error)}`;
  throw new SelfHealError('github-answer-unreadable', message, { cause: result.error });
}
