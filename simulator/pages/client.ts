// A person's way to the REST API: checked answers, and refusals as errors that a page can show.
import { z } from 'zod';

/**
 * Gives what the REST API answers to this person; to paths under `/app`, what it answers to the App, whose settings its
 * owner sees; to `/graphql`, what GraphQL answers.
 */
export type Rest = (login: string) => (path: string, init?: RequestInit) => Promise<Response>;

/** What GitHub shows and does on its pages and offers in no API. */
export interface BeyondApi {
  /** The Markdown that a job's steps wrote to GITHUB_STEP_SUMMARY; only for who may see the job. */
  jobSummary(jobId: number): string | undefined;
  /** Runs a workflow's schedule now; answers the run's id. */
  runSchedule(login: string, fullName: string, workflowPath: string): Promise<number>;
}

export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
  }
}

const perPage = 100;
const maxPages = 10;
const downloadTimeoutMs = 30_000;
const graphqlSchema = z.object({ errors: z.array(z.object({ message: z.string() })).optional() });
const refusalSchema = z.object({
  message: z.string(),
  errors: z.array(z.union([z.string(), z.object({ message: z.string().optional() })])).optional(),
});

export class Client {
  readonly login: string;
  readonly #call: ReturnType<Rest>;

  constructor(rest: Rest, login: string) {
    this.login = login;
    this.#call = rest(login);
  }

  async get<Shape>(path: string, shape: z.ZodType<Shape>): Promise<Shape> {
    const response = await this.#answer(path);
    return this.#read(path, shape, await response.json());
  }

  /** Undefined where there is nothing to see. */
  async find<Shape>(path: string, shape: z.ZodType<Shape>): Promise<Shape | undefined> {
    try {
      return await this.get(path, shape);
    } catch (error) {
      if (error instanceof Refused && [401, 403, 404, 409, 410].includes(error.status)) return undefined;
      throw error;
    }
  }

  /** All of a list, page by page. */
  async list<Item>(path: string, shape: z.ZodType<Item[]>): Promise<Item[]> {
    const items: Item[] = [];
    for (let page = 1; page <= maxPages; page += 1) {
      const more = await this.get(`${path}${path.includes('?') ? '&' : '?'}per_page=${perPage}&page=${page}`, shape);
      items.push(...more);
      if (more.length < perPage) break;
    }
    return items;
  }

  /** A log or an artifact: the API answers with where it can be fetched. */
  async download(path: string): Promise<Response> {
    return this.#answer(path);
  }

  async send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await this.#answer(path, { method, headers: { 'content-type': 'application/json' }, ...sent });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  /** GraphQL's errors come with HTTP 200. */
  async mutate(query: string, variables: Record<string, unknown>): Promise<void> {
    const answer = graphqlSchema.safeParse(await this.send('POST', '/graphql', { query, variables }));
    const errors = answer.data?.errors ?? [];
    if (errors.length > 0) throw new Refused(422, errors.map(({ message }) => message).join(', '));
  }

  async #answer(path: string, init?: RequestInit): Promise<Response> {
    let response = await this.#call(path, init);
    const elsewhere = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (elsewhere !== null) response = await fetch(elsewhere, { signal: AbortSignal.timeout(downloadTimeoutMs) });
    if (response.ok) return response;
    throw new Refused(response.status, refusal(response.status, await response.text()));
  }

  #read<Shape>(path: string, shape: z.ZodType<Shape>, body: unknown): Shape {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new Error(`${path} answered in a shape that these pages do not know: ${z.prettifyError(parsed.error)}`);
  }
}

function refusal(status: number, text: string): string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `HTTP ${status}: ${text.slice(0, 200)}`;
  }
  const parsed = refusalSchema.safeParse(body);
  if (!parsed.success) return `HTTP ${status}`;
  const details = (parsed.data.errors ?? []).map((detail) => (typeof detail === 'string' ? detail : detail.message));
  return [parsed.data.message, ...details.filter((detail) => detail !== undefined)].join(': ');
}
