// An HTTP request under /api/v3 → an endpoint's answer, with the headers GitHub puts on everything.
import { createHash, randomUUID } from 'node:crypto';
import { authorize } from './access.ts';
import { authenticate } from './auth.ts';
import { type Answer, Call, type Endpoints } from './call.ts';
import { ApiError, notFound } from './errors.ts';
import type { FailingApi } from './failing-api.ts';
import type { GitHub } from './github.ts';
import { permissions } from './permissions.ts';
import { Router } from './router.ts';
import { type Caller, nameOf } from './tokens.ts';

/** GitHub takes no larger body. */
const largestBodyBytes = 100 * 1024 * 1024;

const hourMs = 60 * 60 * 1000;
const requestsPerHour = 5000;

export class Api {
  readonly #github: GitHub;
  readonly #router: Router<Endpoints[string]>;
  readonly #faults: FailingApi;
  readonly #used = new Map<string, number>();

  constructor(github: GitHub, endpoints: Endpoints, faults: FailingApi) {
    for (const template of Object.keys(endpoints)) {
      if (!permissions[template]) throw new Error(`${template} has no line in permissions.ts`);
    }
    this.#github = github;
    this.#router = new Router(endpoints);
    this.#faults = faults;
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/api\/v3/, '') || '/';
    const rawBody = await request.text();
    let caller: Caller = { kind: 'anonymous' };
    let answer: Answer;
    try {
      if (rawBody.length > largestBodyBytes) throw new ApiError(413, 'Request Entity Too Large');
      caller = authenticate(this.#github, request.headers.get('authorization'));
      answer =
        this.#faults.take(request.method, `${path}${url.search}`) ??
        (await this.#answer(request, path, url, caller, rawBody));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answer = { status: error.status, body: error.body(), headers: { ...error.headers } };
    }
    const response = this.#respond(request, caller, answer);
    this.#log(request, `${path}${url.search}`, caller, response.status, rawBody);
    return response;
  }

  async #answer(request: Request, path: string, url: URL, caller: Caller, rawBody: string): Promise<Answer> {
    const match = this.#router.match(request.method, path);
    const access = match && permissions[match.template];
    if (!match?.target || !access) throw notFound();
    const { params } = match;
    const repository = authorize(this.#github, caller, access, params);
    const { headers } = request;
    return await match.target(new Call({ github: this.#github, caller, repository, params, url, headers, rawBody }));
  }

  #respond(request: Request, caller: Caller, answer: Answer): Response {
    const headers = new Headers({
      'x-github-request-id': randomUUID().replaceAll('-', ':').toUpperCase(),
      'x-github-media-type': 'github.v3; format=json',
      'x-github-api-version-selected': request.headers.get('x-github-api-version') ?? '2022-11-28',
      'x-github-enterprise-version': '3.17.0',
      'cache-control':
        caller.kind === 'anonymous' ? 'public, max-age=60, s-maxage=60' : 'private, max-age=60, s-maxage=60',
      vary: 'Accept, Authorization, Cookie, X-GitHub-OTP',
    });
    const text =
      typeof answer.body === 'string' ? answer.body : answer.body === undefined ? null : JSON.stringify(answer.body);
    if (text !== null) headers.set('content-type', 'application/json; charset=utf-8');
    for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
    const etag = `W/"${createHash('sha256')
      .update(text ?? '')
      .digest('hex')}"`;
    const fresh = request.method === 'GET' && answer.status === 200;
    if (fresh) headers.set('etag', etag);
    const unchanged = fresh && request.headers.get('if-none-match')?.split(/, */).includes(etag);
    this.#countRate(headers, caller, unchanged ? 0 : 1);
    if (unchanged) return new Response(null, { status: 304, headers });
    return new Response(answer.status === 204 ? null : text, { status: answer.status, headers });
  }

  /** Conditional requests that were answered 304 cost nothing. */
  #countRate(headers: Headers, caller: Caller, cost: number): void {
    const reset = Math.ceil(this.#github.clock.nowMs() / hourMs) * (hourMs / 1000);
    const key = `${nameOf(caller)} ${reset}`;
    const used = (this.#used.get(key) ?? 0) + cost;
    this.#used.set(key, used);
    const limits = { limit: requestsPerHour, remaining: Math.max(0, requestsPerHour - used), used, reset };
    for (const [name, value] of Object.entries({ ...limits, resource: 'core' })) {
      if (!headers.has(`x-ratelimit-${name}`)) headers.set(`x-ratelimit-${name}`, String(value));
    }
  }

  #log(request: Request, path: string, caller: Caller, status: number, rawBody: string): void {
    let body: unknown;
    try {
      body = rawBody === '' ? undefined : JSON.parse(rawBody);
    } catch {
      // Not JSON: kept as it came.
      body = rawBody;
    }
    const as = nameOf(caller);
    const at = this.#github.now();
    this.#github.requests.push({
      method: request.method,
      path,
      status,
      as,
      at,
      ...(body === undefined ? {} : { body }),
    });
    if (request.method !== 'GET') this.#github.activity.changed();
  }
}
